"""Cookies that mark a device which signed in to an account before.

They grant no access. They only stop strangers from slowing down this device.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from audits.services.people.rate_limits import key_of

type View = Callable[..., HttpResponseBase]

_KEPT = timedelta(days=180)


def is_known_device(request: HttpRequest, email: str) -> bool:
    """Return whether this device signed in to this account before."""
    found: str | None = request.get_signed_cookie(
        _cookie(email), None, salt=email.lower(), max_age=_KEPT
    )
    return found is not None


def remember_device(response: HttpResponseBase, email: str) -> None:
    """Mark this device as known."""
    response.set_signed_cookie(
        _cookie(email),
        secrets.token_hex(16),
        salt=email.lower(),
        max_age=_KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remembers_device(view: View) -> View:
    """Mark the device on which somebody signs in with this view."""

    @wraps(view)
    def remembering(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        was_signed_in = request.user.is_authenticated
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated and not was_signed_in:
            remember_device(response, request.user.email)
        return response

    return remembering


def _cookie(email: str) -> str:
    """Name the cookie of one account, so that several people can share a device."""
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}known-{key_of('device', email.lower())[:12]}"

"""Keeps what somebody entered while they are with their provider: a sealed cookie.

Nothing is stored for a visitor. A form that was sent after a session ended goes along
in the browser, packed and encrypted, for as long as a sign-in may take.
"""

import base64
import time
import zlib
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from audits.access.opened_pages import is_own
from audits.held_forms import FIELD, carried, keep_until_code, kept
from audits.models import SignOnProvider, User
from audits.services.people.sealed import Unreadable, seal, unseal

_PURPOSE = "form while signing on"
_LASTS = timedelta(minutes=10)
_MOST = 3800  # characters: a browser keeps 4,096 of a cookie, with its name
_MOST_UNPACKED = 200_000


def _cookie() -> str:
    return "__Host-held" if settings.SESSION_COOKIE_SECURE else "attune-held"


def is_too_long(request: HttpRequest) -> bool:
    """Return whether what a sign-in carries is too long to go along."""
    return len(_sealed(carried(request))) > _MOST


def keep_along(
    request: HttpRequest, response: HttpResponse, provider: SignOnProvider, page: str
) -> None:
    """Let the browser keep what a sign-in carries for a page, if it is short enough."""
    if not (body := carried(request)) or is_too_long(request):
        return
    response.set_cookie(
        _cookie(),
        _sealed(f"{int(time.time())}\n{provider.organization_id}\n{page}\n{body}"),
        max_age=_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def bring_back(
    request: HttpRequest,
    response: HttpResponse,
    provider: SignOnProvider,
    person: User,
) -> HttpResponse:
    """Keep what came along for who is now signed in; lead to where it is shown.

    What another person entered, or took to another provider, is dropped unseen.

    Args:
        request: The sign-in.
        response: Its answer, if nothing came along.
        provider: The provider that they came from.
        person: Who came.
    """
    sealed = request.COOKIES.get(_cookie(), "")
    if not sealed:
        return response
    page, body = _unsealed(sealed, provider)
    if not is_own(QueryDict(body), person):
        body = ""
    if request.user.is_authenticated:
        response = kept(request, page, body) or response
    elif body:
        keep_until_code(request, page, body)
    response.delete_cookie(_cookie())
    response.cookies[_cookie()]["secure"] = settings.SESSION_COOKIE_SECURE or ""
    return response


def context_of(request: HttpRequest) -> dict[str, object]:
    """Return what pages on the way to a provider carry on."""
    return {FIELD: carried(request), "too_long": is_too_long(request)}


def _sealed(text: str) -> str:
    if not text:
        return ""
    packed = base64.b85encode(zlib.compress(text.encode(), 9)).decode()
    return seal(packed, _PURPOSE)


def _unsealed(sealed: str, provider: SignOnProvider) -> tuple[str, str]:
    """Return a page and the form for it; both are empty if it is none of ours.

    So they are if it is old, whatever the browser says, or went to another provider.
    """
    try:
        packed = base64.b85decode(unseal(sealed, _PURPOSE)) if sealed else b""
    except (Unreadable, ValueError):
        packed = b""
    if not packed:
        return "", ""
    text = zlib.decompressobj().decompress(packed, _MOST_UNPACKED).decode()
    at, went_to, page, body = (*text.split("\n", 3), "", "", "", "")[:4]
    is_old = not at.isdecimal() or time.time() - int(at) > _LASTS.total_seconds()
    if is_old or went_to != str(provider.organization_id):
        return "", ""
    return page, body

"""What a browser keeps while its person is with the provider: a signed cookie.

Nothing is stored for a visitor. Who comes back with another browser, too late or twice
begins again.
"""

import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from hmac import compare_digest
from typing import Self

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from audits.models import SignOnProvider
from audits.services.people.rate_limits import take_turn

_SALT = "audits.sign_on"
_LASTS = timedelta(minutes=10)


def _cookie() -> str:
    return "__Host-sign-on" if settings.SESSION_COOKIE_SECURE else "attune-sign-on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A sign-in that began: its provider, what it is known by, where it leads.

    `again` says that who is signed in shows once more who they are.
    """

    provider: str
    state: str
    nonce: str
    verifier: str
    page: str
    again: bool
    at: int

    @classmethod
    def new(
        cls,
        provider: SignOnProvider,
        *,
        state: str,
        nonce: str,
        verifier: str,
        page: str,
        again: bool,
    ) -> Self:
        """Begin a sign-in at a provider, now."""
        return cls(
            provider=str(provider.organization_id),
            state=state,
            nonce=nonce,
            verifier=verifier,
            page=page,
            again=again,
            at=int(time.time()),
        )

    def keep(self, response: HttpResponse) -> None:
        """Let the browser keep it."""
        response.set_cookie(
            _cookie(),
            signing.dumps(asdict(self), salt=_SALT),
            max_age=_LASTS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    @classmethod
    def of(
        cls, request: HttpRequest, provider: SignOnProvider, state: str
    ) -> Self | None:
        """Return what a browser kept, if it is of this provider and state, once."""
        try:
            kept = signing.loads(
                request.COOKIES.get(_cookie(), ""), salt=_SALT, max_age=_LASTS
            )
            found = cls(**kept)
        except (signing.BadSignature, TypeError, ValueError):
            return None
        is_of_it = found.provider == str(provider.organization_id)
        same = compare_digest(found.state.encode(), state.encode(errors="replace"))
        if not (is_of_it and same):
            return None
        used = take_turn(what="single sign-on", who=state, most=1, every=_LASTS)
        return found if used is None else None


def forget(response: HttpResponse) -> None:
    """Let the browser forget what it kept."""
    response.delete_cookie(_cookie())
    response.cookies[_cookie()]["secure"] = settings.SESSION_COOKIE_SECURE or ""

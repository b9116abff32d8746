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
_SALT_OF_ARRIVED = "audits.sign_on.arrived"
_LASTS, _SOON = timedelta(minutes=10), timedelta(minutes=1)


def _cookie() -> str:
    return "__Host-sign-on" if settings.SESSION_COOKIE_SECURE else "attune-sign-on"


class BeginAgain(Exception):  # noqa: N818 - what to do, not a fault
    """A browser brought nothing back that it was given, or brought it twice."""


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

    def keep(self, response: HttpResponse, *, sent_from_there: bool = False) -> None:
        """Let the browser keep it.

        Args:
            response: What the browser gets.
            sent_from_there: Whether the provider's page sends a form here: a browser
                adds no cookie to that unless the cookie says so.
        """
        is_told = sent_from_there and settings.SESSION_COOKIE_SECURE
        response.set_cookie(
            _cookie(),
            signing.dumps(asdict(self), salt=_SALT),
            max_age=_LASTS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="None" if is_told else "Lax",
        )

    @classmethod
    def of(cls, request: HttpRequest, provider: SignOnProvider, state: str) -> Self:
        """Return what a browser kept of this provider and state, once.

        Raises:
            BeginAgain: It kept none, or it was used before.
        """
        try:
            kept = signing.loads(
                request.COOKIES.get(_cookie(), ""), salt=_SALT, max_age=_LASTS
            )
            found = cls(**kept)
        except (signing.BadSignature, TypeError, ValueError):
            raise BeginAgain from None
        is_of_it = found.provider == str(provider.organization_id)
        same = compare_digest(found.state.encode(), state.encode(errors="replace"))
        if not (is_of_it and same):
            raise BeginAgain
        used = take_turn(what="single sign-on", who=state, most=1, every=_LASTS)
        if used is not None:
            raise BeginAgain
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Who came back with a form of the provider, on the way to a page of ours.

    A browser sends no session with that form, so nobody can be signed in by it.
    """

    provider: str
    person: int
    page: str
    again: bool
    once: str

    def keep(self, response: HttpResponse) -> None:
        """Let the browser keep it for its next request."""
        response.set_cookie(
            _cookie(),
            signing.dumps(asdict(self), salt=_SALT_OF_ARRIVED),
            max_age=_SOON,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    @classmethod
    def of(cls, request: HttpRequest, provider: SignOnProvider) -> Self:
        """Return who came back, once.

        Raises:
            BeginAgain: Nobody did, or they were signed in by it before.
        """
        try:
            kept = signing.loads(
                request.COOKIES.get(_cookie(), ""),
                salt=_SALT_OF_ARRIVED,
                max_age=_SOON,
            )
            found = cls(**kept)
        except (signing.BadSignature, TypeError, ValueError):
            raise BeginAgain from None
        if found.provider != str(provider.organization_id):
            raise BeginAgain
        used = take_turn(what="arrived", who=found.once, most=1, every=_LASTS)
        if used is not None:
            raise BeginAgain
        return found


def forget(response: HttpResponse) -> None:
    """Let the browser forget what it kept."""
    response.delete_cookie(_cookie())
    response.cookies[_cookie()]["secure"] = settings.SESSION_COOKIE_SECURE or ""

"""Records sign-ins and password changes from the signals of Django and allauth.

A new password ends the other sessions of its person, who is told by email.

Only their signals cover every way to sign in: the page, signing in again in place, the
back office and the demo.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import signals as allauth
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
from django.contrib.auth import signals as django
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils import timezone

from audits.limits import client_address
from audits.models import User
from audits.people.devices import device_in_words
from audits.services.people.factors.told import tell_soon
from audits.services.people.sessions import end_sessions
from audits.services.people.sign_in_log import (
    kind_of,
    log_failure,
    log_proof,
    log_sign_in,
)
from audits.services.people.sign_ins import (
    end_calendars,
    record_failure,
    record_of_person,
)

_VERBS: dict[Signal, str] = {
    django.user_logged_in: "person.signed_in",
    django.user_logged_out: "person.signed_out",
    allauth.password_changed: "person.password_changed",
    allauth.password_set: "person.password_changed",
    allauth.password_reset: "person.password_reset",
}


def connect() -> None:
    """Listen for as long as the process lives."""
    django.user_logged_in.connect(_begin_session, dispatch_uid="person.session_begins")
    for signal in (
        allauth.password_changed,
        allauth.password_set,
        allauth.password_reset,
    ):
        signal.connect(_new_password, dispatch_uid="person.new_password")
    django.user_logged_out.connect(_end_session, dispatch_uid="person.session_ends")
    for signal, verb in _VERBS.items():
        signal.connect(_recorder(verb), weak=False, dispatch_uid=verb)
    authenticator_used.connect(_proved_again, dispatch_uid="person.proved_again")
    django.user_login_failed.connect(_failed, dispatch_uid="person.sign_in_failed")


def _recorder(verb: str) -> Callable[..., None]:
    def record(user: User | None, **_: Any) -> None:
        if user is not None:  # somebody signs out whose session has ended
            record_of_person(person=user, by=user, verb=verb)

    return record


def _end_session(request: HttpRequest, **_: Any) -> None:
    """End a session before anything is recorded: Django would end it afterwards."""
    request.session.flush()


def _begin_session(request: HttpRequest, user: User, **_: Any) -> None:
    """Let a session know since when it is, and from where."""
    log_sign_in(user.pk, get_authentication_records(request, user))
    request.session["began"] = {
        "at": timezone.now().timestamp(),
        "address": client_address(request),
        "device": device_in_words(request.headers.get("User-Agent", "")),
    }


def _proved_again(
    user: User, authenticator: Authenticator, *, reauthenticated: bool, **_: Any
) -> None:
    if reauthenticated:
        proof = {"method": "mfa", "type": authenticator.type}
        log_proof(user.pk, kind_of(proof))


def _new_password(request: HttpRequest, user: User, **_: Any) -> None:
    this = request.session.session_key if request.user == user else None
    end_sessions(user=user, by=user, but=this)
    end_calendars(user=user, by=user)
    tell_soon(user=user, what="password changed")


def _failed(credentials: dict[str, Any], **_: Any) -> None:
    address = str(credentials.get("email") or "").lower()
    person = User.objects.filter(email=address).first()
    log_failure(person.pk if person else None, "password")
    if person:
        record_failure(person=person)

"""Checks a password, a code or a passkey, each within the limits of a sign-in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from audits.confirming.fresh import proved_by_password
from audits.confirming.known_devices import is_known_device
from audits.confirming.passkeys import opened_by
from audits.limits import client_address
from audits.models import User
from audits.services.people.factors.factors import take_code
from audits.services.people.factors.told import tell_soon
from audits.services.people.rate_limits import take_turn
from audits.services.people.sign_in_limits import (
    TooManyAttempts,
    begin_attempt,
    take_back,
)
from audits.services.people.sign_in_log import log_failure
from audits.services.people.sign_ins import record_failure

_DIGITS_OF_APP = 6
SECOND = "second factor"
_WARNED_EVERY = timedelta(hours=6)
WRONG_CODE = "This code is wrong or was used before. Enter the newest one."
WRONG_PASSKEY = "This passkey does not open this account."


def prove_by_password(request: HttpRequest, password: str) -> None:
    """Take a password as proof of who the signed-in person is.

    Raises:
        ValidationError: It is wrong, or too many were wrong recently.
    """
    if not get_adapter().reauthenticate(request.user, password):
        message = "This is not your password. Enter it again."
        raise ValidationError(message)
    proved_by_password(request)


def prove_by_code(request: HttpRequest, user: User, code: str, *, again: bool) -> None:
    """Take a code of the app, or a recovery code, as proof.

    Args:
        request: The request; nobody need be signed in.
        user: The person, whose password was right if nobody is signed in.
        code: What they entered.
        again: Whether they are signed in already.

    Raises:
        ValidationError: It is wrong, or too many were wrong recently.
    """
    _prove(
        request,
        user,
        lambda: take_code(user=user, code=code),
        WRONG_CODE,
        again=again,
        is_guessable=_is_of_app(code),
    )


def prove_by_passkey(
    request: HttpRequest, user: User, credential: Any, *, again: bool
) -> None:
    """Take what a passkey signed as proof, as `prove_by_code` takes a code.

    Raises:
        ValidationError: It is of another account, or for another request.
    """
    _prove(
        request,
        user,
        lambda: opened_by(user, credential),
        WRONG_PASSKEY,
        again=again,
        is_guessable=False,
    )


def _is_of_app(code: str) -> bool:
    """Return whether a code may be one of an app; a recovery code is longer.

    >>> _is_of_app("123 456"), _is_of_app("a1b2c3d4")
    (True, False)
    """
    return sum(map(str.isalnum, code)) <= _DIGITS_OF_APP


def _warn(user: User) -> None:
    """Warn who is guessed at, at most once in some hours."""
    who = str(user.pk)
    if not take_turn(what="warning of codes", who=who, most=1, every=_WARNED_EVERY):
        tell_soon(user=user, what="wrong codes")


def _prove(
    request: HttpRequest,
    user: User,
    check: Callable[[], Authenticator | None],
    refusal: str,
    *,
    again: bool,
    is_guessable: bool,
) -> None:
    try:
        attempt = begin_attempt(
            what="code",
            account=user.email,
            address=client_address(request),
            is_known_device=is_known_device(request, user.email),
            place=request.session.session_key,
            is_guessable=is_guessable,
        )
    except TooManyAttempts as too_many:
        raise ValidationError(str(too_many)) from too_many
    factor = check()
    if factor is None:
        log_failure(user.pk, SECOND)
        if not again:
            record_failure(person=user, step=SECOND)
        if attempt.is_one_of_many and not again:
            _warn(user)
        raise ValidationError(refusal)
    take_back(attempt)
    if again:
        request.session.cycle_key()
    post_authentication(request, factor, reauthenticated=again)

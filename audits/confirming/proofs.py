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
        request, user, lambda: take_code(user=user, code=code), WRONG_CODE, again=again
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
    )


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
) -> None:
    try:
        attempt = begin_attempt(
            what="code",
            account=user.email,
            address=client_address(request),
            is_known_device=is_known_device(request, user.email),
        )
    except TooManyAttempts as too_many:
        raise ValidationError(str(too_many)) from too_many
    factor = check()
    if factor is None:
        if attempt.is_one_of_many and not again:
            _warn(user)
        raise ValidationError(refusal)
    take_back(attempt)
    post_authentication(request, factor, reauthenticated=again)

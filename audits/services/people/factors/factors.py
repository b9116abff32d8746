"""Stores second factors: an authenticator app, passkeys and recovery codes.

A code of an app opens once: the last one used is stored with it, for all processes.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare

from audits.models import User
from audits.services.people.factors.told import tell_soon
from audits.services.people.sessions import end_sessions
from audits.services.people.sign_ins import record_of_person

logger = logging.getLogger(__name__)
Kind = Authenticator.Type
# Who has one of these has a second factor; codes are for who has lost it.
FACTORS = (Kind.TOTP, Kind.WEBAUTHN)
MOST_PASSKEYS = 20
_LAST = "last_counter"
_SAID: Mapping[str, str] = {
    Kind.TOTP: "app",
    Kind.WEBAUTHN: "passkey",
    Kind.RECOVERY_CODES: "codes",
}


class WrongCode(Exception):  # noqa: N818 - the state it is in, not a fault
    """The code does not go with the secret."""


class UnreadableSecret(Exception):  # noqa: N818 - the state it is in, not a fault
    """It was encrypted with a key that this installation no longer has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """What a person can prove their identity with, beside a password."""

    app: Authenticator | None
    passkeys: tuple[Authenticator, ...]
    codes: Authenticator | None

    @classmethod
    def of(cls, user: User) -> Self:
        """Return those of a person, each kind in the order of adding."""
        own = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
        return cls(
            app=next((x for x in own if x.type == Kind.TOTP), None),
            passkeys=tuple(x for x in own if x.type == Kind.WEBAUTHN),
            codes=next((x for x in own if x.type == Kind.RECOVERY_CODES), None),
        )

    @property
    def is_there(self) -> bool:
        """Whether the person has a second factor."""
        return self.app is not None or bool(self.passkeys)

    @property
    def codes_left(self) -> int:
        """How many recovery codes can still be used."""
        return len(self.codes.wrap().get_unused_codes()) if self.codes else 0


@transaction.atomic
def add_app(*, user: User, secret: str, code: str) -> Authenticator:
    """Add an authenticator app, or put it in place of the one before.

    Raises:
        WrongCode: The code shows that the app has another secret, or another time.
    """
    counter = _counter_of(secret, code, after=-1)
    if counter is None:
        raise WrongCode
    _locked(user)
    Authenticator.objects.filter(user_id=user.pk, type=Kind.TOTP).delete()
    added: Authenticator = TOTP.activate(user, secret).instance
    added.data[_LAST] = counter
    added.save(update_fields=["data"])
    _changed(user, "added", Kind.TOTP)
    _give_codes(user)
    return added


@transaction.atomic
def add_passkey(
    *, user: User, name: str, credential: Mapping[str, Any]
) -> Authenticator:
    """Add a passkey that was checked."""
    _locked(user)
    data = {"name": name, "credential": credential}
    added: Authenticator = Authenticator.objects.create(
        user=user, type=Kind.WEBAUTHN, data=data
    )
    _changed(user, "added", Kind.WEBAUTHN)
    _give_codes(user)
    return added


@transaction.atomic
def remove_factor(*, user: User, by: User, factor: Authenticator) -> None:
    """Remove an app or a passkey; with the last of them go the recovery codes."""
    _locked(user)
    kind = factor.type
    if not Authenticator.objects.filter(pk=factor.pk, user_id=user.pk).delete()[0]:
        return
    _changed(user, "removed", kind, by=by)
    own = Authenticator.objects.filter(user_id=user.pk)
    if not own.filter(type__in=FACTORS).exists():
        own.delete()


@transaction.atomic
def remove_all_factors(*, user: User, by: User) -> None:
    """Remove what a person can no longer use, and end their sessions."""
    own = Factors.of(user)
    for factor in (own.app, *own.passkeys):
        if factor:
            remove_factor(user=user, by=by, factor=factor)
    end_sessions(user=user, by=by)


@transaction.atomic
def make_codes(*, user: User) -> None:
    """Make new recovery codes; the ones before open nothing from now on."""
    _locked(user)
    own = Authenticator.objects.filter(user_id=user.pk)
    if not own.filter(type__in=FACTORS).exists():
        return
    own.filter(type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    _changed(user, "made", Kind.RECOVERY_CODES)


@transaction.atomic
def take_code(*, user: User, code: str) -> Authenticator | None:
    """Use up a code of the app or a recovery code; None if it is neither."""
    typed = "".join(char for char in code if char.isalnum())
    own = Authenticator.objects.select_for_update(no_key=True).filter(
        user_id=user.pk, type__in=(Kind.TOTP, Kind.RECOVERY_CODES)
    )
    for factor in own.order_by("pk"):
        try:
            is_right = _takes(factor, typed)
        except UnreadableSecret:
            logger.exception("A second factor of %s cannot be read", user.pk)
            continue
        if is_right:
            factor.user = user
            _used(user, factor)
            return factor
    return None


def _takes(factor: Authenticator, typed: str) -> bool:
    if factor.type == Kind.RECOVERY_CODES:
        return bool(factor.wrap().validate_code(typed))
    after = factor.data.get(_LAST, -1)
    counter = _counter_of(decrypt(factor.data["secret"]), typed, after=after)
    if counter is None:
        return False
    factor.data[_LAST] = counter
    factor.save(update_fields=["data"])
    return True


def _counter_of(secret: str, typed: str, *, after: int) -> int | None:
    """Return which code of the app was typed; none that is older than the last."""
    for counter in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, counter))
        if counter > after and constant_time_compare(typed, expected):
            return int(counter)
    return None


def _used(user: User, factor: Authenticator) -> None:
    if factor.type == Kind.RECOVERY_CODES:
        left = Factors.of(user).codes_left
        verb = "person.recovery_code_used"
        record_of_person(person=user, by=user, verb=verb, left=left)
        tell_soon(user=user, what="code used")


def _give_codes(user: User) -> None:
    """Give recovery codes to who has none yet."""
    own = Authenticator.objects.filter(user_id=user.pk, type=Kind.RECOVERY_CODES)
    if not own.exists():
        RecoveryCodes.activate(user)


def _locked(user: User) -> None:
    """Let one change of a person's factors end before the next begins."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _changed(user: User, verb: str, kind: str, by: User | None = None) -> None:
    said = _SAID[kind]
    record_of_person(
        person=user, by=by or user, verb=f"person.factor_{verb}", kind=said
    )
    tell_soon(user=user, what=f"{said} {verb}")

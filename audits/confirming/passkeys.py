"""What a browser is asked to sign with a passkey, and the check of what it signed.

Who is signed in, or has entered the right password, has a session that holds what was
asked. For a visitor nothing is stored: the page carries it, signed, for five minutes,
and it opens an account once.
"""

import json
import struct
from datetime import timedelta
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core import signing
from django.core.exceptions import ValidationError

from audits.models import User
from audits.services.people.factors.factors import Kind
from audits.services.people.rate_limits import take_turn

_LASTS = timedelta(minutes=5)
_SALT = "audits.passkeys"
# What reading a credential raises that no browser made.
_MALFORMED = (
    *(AttributeError, IndexError, KeyError, TypeError, ValueError, ValidationError),
    struct.error,
)


def asked_of(user: User) -> str:
    """Return what a person's passkeys are asked to sign, as JSON."""
    return json.dumps(auth.begin_authentication(user))


def asked_to_add(user: User) -> str:
    """Return what a new passkey is asked to be, as JSON: one that knows its person."""
    return json.dumps(auth.begin_registration(user, passwordless=True))


def added_by(credential: Any) -> None:
    """Check a new passkey.

    Raises:
        ValidationError: It is for another request, or does not ask who uses it.
    """
    try:
        auth.parse_registration_response(credential)
        binding = auth.complete_registration(credential)
    except _MALFORMED as error:
        message = "Your browser made no passkey. Try again."
        raise ValidationError(message) from error
    if not binding.is_user_verified():
        message = "This key does not ask who uses it. Choose one with a PIN."
        raise ValidationError(message)


def opened_by(user: User, credential: Any) -> Authenticator | None:
    """Return the passkey of a person that signed what they were asked, or None."""
    try:
        auth.parse_authentication_response(credential)
        found: Authenticator = auth.complete_authentication(user, credential)
    except _MALFORMED:
        return None
    return found


def asked_of_a_visitor() -> dict[str, Any]:
    """Return what any passkey of this site is asked to sign, and a signed copy."""
    server = auth.get_server()
    options, state = server.authenticate_begin(
        credentials=[], user_verification="required"
    )
    return {"options": dict(options), "state": signing.dumps(state, salt=_SALT)}


def visitor_with(credential: Any, state: str) -> Authenticator | None:
    """Return the passkey with which a visitor signed what they were asked, or None."""
    try:
        asked = signing.loads(state, salt=_SALT, max_age=_LASTS)
        auth.parse_authentication_response(credential)
        user = auth.extract_user_from_response(credential)
        known = auth.get_credentials(user)
        binding = auth.get_server().authenticate_complete(asked, known, credential)
    except (signing.BadSignature, *_MALFORMED):
        return None
    if take_turn(what="passkey", who=state, most=1, every=_LASTS * 2):
        return None
    found: Authenticator | None = auth.get_authenticator_by_credential_id(
        user, binding.credential_id
    )
    if found is not None:
        found.user = user
    return found


def read(text: str) -> Any:
    """Return a credential that a browser sent as JSON; None if it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def name_for(user: User) -> str:
    """Return a name to propose for the next passkey of a person."""
    return str(get_adapter().generate_authenticator_name(user, Kind.WEBAUTHN))

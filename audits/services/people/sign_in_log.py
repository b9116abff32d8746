"""Writes each sign-in, each later proof and each failure into the log, with its kind.

The record of events has sign-ins, too, for administrators; the log is the operator's.
It names a person by their number. Who is unknown has no name, since people type a
password into the wrong field.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

logger = logging.getLogger(__name__)
_KINDS: Mapping[str, str] = {
    "totp": "authenticator app",
    "recovery_codes": "recovery code",
    "webauthn": "passkey",
    "provider": "single sign-on",
}


def kind_of(proof: Mapping[str, Any]) -> str:
    """Return what somebody showed, in words.

    >>> kind_of({"method": "mfa", "type": "totp"}), kind_of({"method": "password"})
    ('authenticator app', 'password')
    """
    kind = str(proof.get("type") or proof["method"])
    return _KINDS.get(kind, kind)


def log_sign_in(person: int, proofs: Iterable[Mapping[str, Any]]) -> None:
    """Log that a person signed in, and with what; the demo asks for nothing."""
    kinds = ", ".join(dict.fromkeys(map(kind_of, proofs))) or "nothing"
    logger.info("person %s signed in with %s", person, kinds)


def log_proof(person: int | None, kind: str) -> None:
    """Log that a person who is signed in proved again who they are."""
    logger.info("person %s proved who they are with %s", person, kind)


def log_failure(person: int | None, kind: str) -> None:
    """Log that a proof was wrong, or came from nobody that is known."""
    who = "an unknown account" if person is None else f"person {person}"
    logger.info("%s of %s was wrong", kind, who)


def log_refusal(kind: str) -> None:
    """Log that an attempt was refused unseen, since too many failed before."""
    logger.warning("%s was not looked at: too many attempts", kind)

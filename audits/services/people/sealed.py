"""Encrypts what must not be read in a database or a backup, with SECRET_KEY.

Earlier keys (SECRET_KEY_FALLBACKS) still open what they sealed.
"""

import base64
import hashlib
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class Unreadable(Exception):  # noqa: N818 - the state it is in, not a fault
    """It was sealed with another SECRET_KEY."""


def seal(text: str, purpose: str) -> str:
    """Return a text that only this purpose and this SECRET_KEY open."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """Return what was sealed.

    Raises:
        Unreadable: It was sealed with another SECRET_KEY, or for another purpose.
    """
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - see _cipher

    try:
        return _cipher(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _cipher(purpose: str) -> "MultiFernet":
    # A process keeps some MiB of it: it loads where something is first sealed.
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415

    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_of(key, purpose)) for key in keys])


def _key_of(secret: str, purpose: str) -> bytes:
    made = hashlib.sha256(f"{purpose}\n{secret}".encode()).digest()
    return base64.urlsafe_b64encode(made)

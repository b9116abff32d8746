"""The secret of an authenticator app as a drawing, and as text for who types it."""

import secrets
import textwrap
from base64 import b32encode
from dataclasses import dataclass
from typing import Any, Self

from allauth.mfa.adapter import get_adapter

from audits.models import User

_BYTES = 20
_QUIET = 4  # modules of white around it, which scanners need


def new_secret() -> str:
    """Return a secret for an app, of 160 bits."""
    return b32encode(secrets.token_bytes(_BYTES)).decode()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A QR code as one path of squares, `size` modules wide with the white around it.

    `text` is the secret in groups of four letters.
    """

    size: int
    path: str
    text: str

    @classmethod
    def of(cls, user: User, secret: str) -> Self:
        """Draw the secret of a person's app."""
        # It loads a library of pictures, which no other page needs.
        from qrcode import QRCode  # noqa: PLC0415

        code: QRCode[Any] = QRCode(border=_QUIET)
        code.add_data(get_adapter().build_totp_url(user, secret))
        code.make()
        rows = code.get_matrix()
        squares = [
            f"M{x} {y}h1v1h-1z"
            for y, row in enumerate(rows)
            for x, is_dark in enumerate(row)
            if is_dark
        ]
        return cls(len(rows), "".join(squares), " ".join(textwrap.wrap(secret, 4)))

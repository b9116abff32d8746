"""The token that says a form is ours, as Django makes it, in a tenth of the time.

Django draws each of its letters alone, asking the system for randomness each time. Here
they are drawn at once. The token is the same: a mask, and the secret of the cookie
under it. `tests/access/test_csrf_tokens.py` fails if Django changes that.
"""

import secrets

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH

_LETTERS = CSRF_ALLOWED_CHARS.encode()
_NUMBER = len(_LETTERS)
# Each letter has as many bytes; the last few bytes would favour the first letters.
_FAIR = 256 - 256 % _NUMBER
_UNFAIR = bytes(range(_FAIR, 256))
_LETTER_OF = bytes(_LETTERS[byte % _NUMBER] for byte in range(256))
_PLACE_OF = bytes(max(_LETTERS.find(byte), 0) for byte in range(256))


def csrf_token_of(request: HttpRequest) -> str:
    """Return the token for the forms of a page, and have its cookie sent.

    It is another one each time, so that the length of a compressed page tells nothing.
    """
    secret: str | None = request.META.get("CSRF_COOKIE")
    if secret is None:
        secret = request.META["CSRF_COOKIE"] = _drawn()
    # Sent again, so that it is valid for longer.
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    mask = _drawn()
    pairs = zip(
        secret.encode().translate(_PLACE_OF),
        mask.encode().translate(_PLACE_OF),
        strict=True,
    )
    hidden = bytes([(of_secret + of_mask) % _NUMBER for of_secret, of_mask in pairs])
    return mask + hidden.translate(_LETTER_OF).decode()


def _drawn() -> str:
    """Return as many random letters as a secret has."""
    found = b""
    while len(found) < CSRF_SECRET_LENGTH:
        found += secrets.token_bytes(2 * CSRF_SECRET_LENGTH).translate(None, _UNFAIR)
    return found[:CSRF_SECRET_LENGTH].translate(_LETTER_OF).decode()

"""Colours that text and lines may have on white paper."""

import re

from django.core.exceptions import ValidationError

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
CONTRAST = 4.5  # WCAG 2.2, 1.4.3


def contrast_on_white(colour: str) -> float:
    """Return the contrast of a colour, as #rrggbb, on white: from 1 to 21.

    Source: WCAG 2.2, relative luminance.

    >>> contrast_on_white("#000000"), contrast_on_white("#ffffff")
    (21.0, 1.0)
    """
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (_linear(share) for share in shares)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return round(1.05 / (luminance + 0.05), 2)


def validate_on_white(colour: str) -> None:
    """Refuse text that is not a colour, or a colour that is unreadable on white.

    Raises:
        ValidationError: It is not; says what is allowed.
    """
    if not _COLOUR.fullmatch(colour):
        message = "Enter a colour like #0f5e5a"
        raise ValidationError(message)
    contrast = contrast_on_white(colour)
    if contrast < CONTRAST:
        message = f"Choose a darker colour: on white it has a contrast of {contrast}, \
but text needs at least {CONTRAST}"
        raise ValidationError(message)


def _linear(share: float) -> float:
    if share <= 0.04045:  # noqa: PLR2004 - of the same definition
        return share / 12.92
    linear: float = ((share + 0.055) / 1.055) ** 2.4
    return linear

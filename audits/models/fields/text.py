"""Text that both databases can store."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_KEPT_CONTROLS = "\n\t"
# They join or part letters of some scripts, and make one emoji of several.
_JOINERS = "\u200c\u200d"
# Letters without case, as in Persian and Hindi; emoji, and their tones of skin.
_JOINED = ("Lo", "So", "Sk")
# They are seen: signs over or around the numbers that follow, as in Arabic.
_SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
# In ASCII nothing else is unseen, and nothing joins or changes its form.
_UNSEEN_ASCII = re.compile(r"[\x01-\x08\x0b-\x1f\x7f]")
# The flag of a region, such as Scotland: a black flag and tags that name it.
_TAGS = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f)|[\U000e0000-\U000e007f]"
)


def clean_text(text: str) -> str:
    """Return text in one Unicode form, and only what somebody who reads it sees.

    It keeps no control characters and none that turn the direction of reading or show
    nothing: with those, a text would read as another than the stored one, and two
    texts would look the same.

    Raises:
        ValidationError: It has a NUL or half a surrogate pair, which one of the
            databases or the paper cannot handle.
    """
    if _UNSTORABLE.search(text):
        message = "Some characters cannot be stored. Remove them, then save again."
        raise ValidationError(message, code="unstorable")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return _UNSEEN_ASCII.sub("", text)
    # What was removed may have parted a letter from its accent.
    return unicodedata.normalize("NFC", "".join(_seen(_TAGS.sub(r"\1", text))))


def _seen(text: str) -> Iterator[str]:
    """Yield the characters that are seen; a joiner only once, and where it joins."""
    joins = False
    for char in text:
        category = unicodedata.category(char)
        if char in _JOINERS:
            if joins:
                yield char
            joins = False
        elif category == "Cf":
            if char in _SIGNS or _TAGS.match(char):
                yield char
        elif category != "Cc" or char in _KEPT_CONTROLS:
            # An accent belongs to the letter before it.
            if category[0] != "M":
                joins = category in _JOINED
            yield char


def fitting_text(text: str, most: int) -> str:
    """Return text cleaned, and without white space around it.

    Raises:
        ValidationError: It cannot be stored, or is longer than `most` characters.
    """
    text = clean_text(text).strip()
    if len(text) > most:
        message = f"Use {most:,} characters or fewer; you used {len(text):,}"
        raise ValidationError(message, code="too_long")
    return text


class TypedText(forms.CharField):
    """A text in a form, counted as it is stored, not as a browser sends its lines."""

    def to_python(self, value: Any) -> str:
        """Clean typed text, and remove the white space around what is left of it."""
        text = clean_text(super().to_python(value) or "")
        return text.strip() if self.strip else text


class CleanCharField(models.CharField[str, str]):
    """A short text."""

    def to_python(self, value: Any) -> Any:
        """Clean what a form or a service gives."""
        text = super().to_python(value)
        return clean_text(text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:
        """Clean what is saved without a form."""
        return super().get_prep_value(self.to_python(value))


class CleanTextField(models.TextField[str, str]):
    """A long text."""

    def to_python(self, value: Any) -> Any:
        """Clean what a form or a service gives."""
        text = super().to_python(value)
        return clean_text(text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:
        """Clean what is saved without a form."""
        return super().get_prep_value(self.to_python(value))

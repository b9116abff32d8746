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
        over = f"{len(text) - most:,} too many"
        message = f"Use {most:,} characters or fewer; you used {len(text):,}, {over}"
        raise ValidationError(message, code="too_long")
    return text


class UncutField(forms.CharField):
    """A text with room for so many characters, which a browser does not cut.

    Pasting into a field with `maxlength` would lose its end without a word. The script
    room.js counts instead, and the error says by how many characters it is too long.
    """

    def __init__(self, *, error_messages: Any = None, **options: Any) -> None:
        self.said = error_messages or {}
        super().__init__(error_messages=error_messages, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Give the room of the field to the script that counts."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        if attrs.pop("maxlength", None):
            attrs["data-room"] = str(self.max_length)
        return attrs

    def run_validators(self, value: Any) -> None:
        """Say of a text that is too long how many characters are too many."""
        try:
            super().run_validators(value)
        except ValidationError as error:
            for each in error.error_list:
                if each.code == "max_length" and self.max_length:
                    over = len(value) - self.max_length
                    each.message = f"{self._at_most(each)}; it is {too_long_by(over)}"
                    each.params = None
            raise

    def _at_most(self, error: ValidationError) -> str:
        """Return the limit in words: those of the field, or its label."""
        if "max_length" in self.said:
            return str(error.message % error.params if error.params else error.message)
        label = str(self.label or "It").removesuffix(" (optional)")
        return f"{label}: use {self.max_length:,} characters or fewer"


def too_long_by(over: int) -> str:
    """Return by how many characters a text is too long, in words."""
    return f"{over:,} character{'' if over == 1 else 's'} too long"


class TypedText(UncutField):
    """A text in a form, counted as it is stored, not as a browser sends its lines."""

    def __init__(self, *, help_text: str = "", **options: Any) -> None:
        most = options.get("max_length")
        if most and "characters" not in help_text:
            help_text = f"{help_text} Up to {most:,} characters.".lstrip()
        super().__init__(help_text=help_text, **options)

    def to_python(self, value: Any) -> str:
        """Clean typed text, and remove the white space around what is left of it."""
        text = clean_text(super().to_python(value) or "")
        return text.strip() if self.strip else text


class CleanCharField(models.CharField[str, str]):
    """A short text."""

    def formfield(self, **options: Any) -> Any:
        """Return a field of a form that no browser cuts."""
        return super().formfield(**{"form_class": UncutField, **options})

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

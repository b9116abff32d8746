"""Text that both databases can store."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

_KEPT_CONTROLS = "\n\t"


def clean_text(text: str) -> str:
    """Return text in one Unicode form and without control characters.

    Raises:
        ValidationError: It has a NUL or half a surrogate pair, which one of the
            databases or the paper cannot handle.
    """
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        message = "Some characters cannot be stored. Remove them, then save again."
        raise ValidationError(message, code="unstorable")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        char
        for char in unicodedata.normalize("NFC", text)
        if char in _KEPT_CONTROLS or unicodedata.category(char) != "Cc"
    )
    return "".join(kept)


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
        """Clean typed text."""
        return clean_text(super().to_python(value) or "")


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

"""Fields for numbers that people type as they are used to."""

from decimal import Decimal
from typing import Any

from django import forms

from audits.scoring.numbers.written_numbers import (
    ENGLISH,
    Notation,
    readings,
    rewritten,
    written,
)


class _Written(forms.Field):
    """What the fields have in common: no text that may mean two numbers is guessed."""

    notation = ENGLISH
    two = "“{text}” may mean {either}: enter one of them"

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int | Decimal) and value >= 0:
            return written(Decimal(value), self.notation)
        return super().prepare_value(value)

    def read(self, typed: Any) -> Any:
        """Return the number that was typed, or what Django's own field may read."""
        text = typed.strip() if isinstance(typed, str) else typed
        if not isinstance(text, str) or not text or _is_plain(text):
            return text
        found = readings(text, self.notation)
        if len(found) > 1:
            numbers = " or ".join(f"{each.normalize():,f}" for each in found)
            either = rewritten(numbers, self.notation)
            message = self.two.format(text=text, either=either, whole=found[0])
            raise forms.ValidationError(message, code="two")
        if not found:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found[0]


def _is_plain(text: str) -> bool:
    """Whether a text has no mark, or a sign or an exponent, which Django reads."""
    return text.isdecimal() or text[0] in "-+" or "e" in text.lower()


class WrittenDecimal(_Written, forms.DecimalField):
    """A number, as people write it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(self.read(value))


class WrittenWhole(_Written, forms.IntegerField):
    """A whole number, as people write it."""

    def to_python(self, value: Any) -> Any:
        found = self.read(value)
        if isinstance(found, Decimal):
            if found % 1:
                message = self.error_messages["invalid"]
                raise forms.ValidationError(message, code="invalid")
            found = int(found)
        return super().to_python(found)


def write_numbers(form: forms.Form, notation: Notation) -> None:
    """Read and fill in the numbers of a form as its writer writes them."""
    form.notation = notation  # type: ignore[attr-defined]
    for field in form.fields.values():
        if isinstance(field, _Written):
            field.notation = notation

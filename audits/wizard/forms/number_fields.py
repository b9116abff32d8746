"""A field for a number that people write as they are used to."""

from decimal import Decimal
from typing import Any

from django import forms

from audits.models.fields.text import UncutField
from audits.scoring.numbers.number_entry import Entry, read, shown, with_unit
from audits.scoring.numbers.numbers import Field
from audits.scoring.numbers.written_numbers import Notation, rewritten, written

MEANT = "meant-"
LONGEST = 40  # characters


class NumberField(UncutField):
    """A number as people write it, kept as exact text."""

    def __init__(
        self, field: Field, initial: str | None, notation: Notation, chosen: str
    ) -> None:
        self.number, self.notation, self.chosen = field, notation, chosen
        beside = (
            f"id_{field.id}_helptext",
            f"problem-{field.id}",
            f"beneath-{field.id}",
        )
        super().__init__(
            label=field.label,
            help_text=field.hint,
            initial=initial and written(shown(field, initial), notation),
            required=False,
            max_length=LONGEST,
            error_messages={
                "max_length": f"{field.label} must have {LONGEST} characters or fewer"
            },
            widget=forms.TextInput(
                {
                    "inputmode": "decimal",
                    "class": "form-control form-control-num",
                    "aria-describedby": " ".join(beside),
                }
            ),
        )

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        entry = self.entry(text)
        if entry.number is None:
            raise forms.ValidationError(entry.problem, code="number")
        percent = self.number.percent
        return plain(entry.number / 100 if percent else entry.number)

    def entry(self, text: str) -> Entry:
        """Return what a typed text means."""
        return read(self.number, text, self.notation, self.chosen)

    def understood(self, number: Decimal) -> str:
        """Return how a number is understood, written as the one who typed it does."""
        return self.as_typed(self.in_words(number))

    def as_typed(self, text: str) -> str:
        """Return a text with its numbers as the one who typed them writes them."""
        return rewritten(text, self.notation)

    def in_words(self, number: Decimal) -> str:
        """Return a number in the words of the page."""
        return with_unit(self.number, number)


def plain(number: Decimal) -> str:
    """Return the digits of a number, with no zeros at the end of its decimals."""
    return format(number.normalize(), "f")

"""Fields that an organization adds to its use cases, and what one says in them.

A use case has the values as JSON by the key of the field: a text, a number, a day as
2027-01-31, or a choice. An empty one is not there.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from audits.models.fields.text import fitting_text
from audits.scoring.days import in_words

KINDS: Mapping[str, str] = {
    "text": "Text",
    "number": "Number",
    "date": "Date",
    "choice": "Choice",
}
MOST_FIELDS, MOST_ARCHIVED, MOST_CHOICES = 20, 40, 30
MOST_OF_NAME, MOST_OF_TEXT = 40, 200
# So many digits are exact as a number of JSON.
_NUMBER = re.compile(r"[-−]?\d{1,12}(\.\d{1,3})?", re.ASCII)

type Value = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """One field; an archived one is neither asked nor shown, and keeps its values."""

    key: str
    name: str
    kind: str
    choices: tuple[str, ...] = ()
    is_archived: bool = False

    def read(self, text: str) -> Value | None:
        """Return the value of a typed text; None if it is empty.

        Raises:
            ValidationError: It is none of this kind.

        >>> OwnField(key="f1", name="Seats", kind="number").read(" 12.50 ")
        12.5
        """
        typed = " ".join(fitting_text(text, MOST_OF_TEXT).split())
        if not typed or self.kind == "text":
            return typed or None
        if self.kind == "number":
            return _number(typed, self.name)
        if self.kind == "date":
            return _day(typed, self.name)
        same = [each for each in self.choices if each.casefold() == typed.casefold()]
        if not same:
            message = f"{self.name}: “{typed}” is not one of {', '.join(self.choices)}"
            raise ValidationError(message)
        return same[0]

    def cell(self, value: Any) -> str | Decimal | date | None:
        """Return a stored value as a file has it."""
        if value is None or value == "":
            return None
        if self.kind == "number":
            return Decimal(str(value))
        return date.fromisoformat(value) if self.kind == "date" else str(value)

    def in_words(self, value: Any) -> str:
        """Return a stored value as a page says it.

        >>> OwnField(key="f1", name="Go-live", kind="date").in_words("2027-02-01")
        '1 February 2027'
        """
        cell = self.cell(value)
        return in_words(cell) if isinstance(cell, date) else str(value)

    def as_stored(self) -> dict[str, Any]:
        """Return it as an organization stores it."""
        return {
            "key": self.key,
            "name": self.name,
            "kind": self.kind,
            "choices": list(self.choices),
            "is_archived": self.is_archived,
        }


def _number(typed: str, name: str) -> int | float:
    if not _NUMBER.fullmatch(typed):
        message = f"{name}: write “{typed}” in digits, such as 1200 or 12.5"
        raise ValidationError(message)
    number = Decimal(typed.replace("−", "-"))
    return int(number) if number == int(number) else float(number)


def _day(typed: str, name: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        message = f"{name}: write “{typed}” as a day such as 2027-01-31"
        raise ValidationError(message) from None


def fields_of(stored: Iterable[Mapping[str, Any]]) -> tuple[OwnField, ...]:
    """Return the fields that an organization has stored, in its order."""
    return tuple(
        OwnField(**{**each, "choices": tuple(each["choices"])}) for each in stored
    )


def merged(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with some replaced; None takes one away, and the rest stays."""
    both = {**before, **given}
    return {key: value for key, value in both.items() if value is not None}

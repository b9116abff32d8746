"""Takes values out of a JSON object by their place and kind, or says what is wrong."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, NoReturn

from audits.evaluations.runs import RESULTS
from audits.uploads.reading.refusals import Words

MOST = 10**15  # of anything that is counted
_LONGEST = 200  # characters of a name


def visible(text: str) -> str:
    """Return a text of a file as a message may show it: short, and nothing hidden."""
    return "".join(x if x.isprintable() else "�" for x in text[:_LONGEST])


class Fields:
    """An object in a file, whose values are taken out by name.

    `file` names the file to people, such as "promptfoo file"; `place` is where the
    object is in it; `words` say how it is refused. Every method but those that begin
    with “maybe” refuses a file without the value; all refuse a value of another kind.
    """

    def __init__(
        self, file: str, values: object, place: str = "", words: Words = RESULTS
    ) -> None:
        self.file = file
        self._place, self._words = place, words
        if not isinstance(values, dict):
            self._refuse_place(place, "is not an object")
        self._values: dict[str, Any] = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def place(self, name: str) -> str:
        """Return where a value is in the file."""
        return f"{self._place}.{name}" if self._place else name

    def refuse(self, name: str, what: str, then: str | None = None) -> NoReturn:
        """Refuse the file for one of its values.

        Args:
            name: Its name.
            what: What is wrong with it, after the name.
            then: What to do, unless it is to export it again.
        """
        self._refuse_place(self.place(name), what, then)

    def require(self, name: str, value: object, then: str) -> None:
        """Refuse the file unless one of its values is the one that is known."""
        there = self._there(name)
        if there != value:
            self.refuse(name, f"is “{visible(str(there))}”, and not “{value}”", then)

    def object(self, name: str) -> "Fields":
        """Return an object."""
        return Fields(self.file, self._there(name), self.place(name), self._words)

    def maybe_object(self, name: str) -> "Fields":
        """Return an object, which is empty if it is not there."""
        if name in self:
            return self.object(name)
        return Fields(self.file, {}, words=self._words)

    def objects(self, name: str, *, least: int, most: int) -> list["Fields"]:
        """Return a list of objects, of which there are so many."""
        values = self._there(name)
        if not isinstance(values, list):
            self.refuse(name, "is not a list")
        if not least <= len(values) <= most:
            self.refuse(name, f"has {len(values):,} entries, not {least} to {most:,}")
        return [
            Fields(self.file, value, f"{self.place(name)}[{number}]", self._words)
            for number, value in enumerate(values)
        ]

    def text(self, name: str) -> str:
        """Return a text that is not empty, on one line, and not longer than a name."""
        text = self.maybe_text(name)
        if not text:
            self.refuse(name, "is missing")
        return text

    def maybe_text(self, name: str) -> str | None:
        """Return such a text, or None."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.refuse(name, "is not a text")
        return visible(" ".join(value[: 2 * _LONGEST].split())) or None

    def truth(self, name: str) -> bool:
        """Return true or false."""
        value = self._there(name)
        if not isinstance(value, bool):
            self.refuse(name, "is neither true nor false")
        return value

    def count(self, name: str) -> int:
        """Return a whole number, of 0 or more."""
        self._there(name)
        return self.maybe_count(name) or 0

    def maybe_count(self, name: str) -> int | None:
        """Return such a number, or None."""
        number = self.maybe_amount(name)
        if number is None:
            return None
        if number != int(number):
            self.refuse(name, "is not a whole number")
        return int(number)

    def maybe_amount(self, name: str) -> float | None:
        """Return a number of 0 or more, or None."""
        number = self.maybe_number(name)
        if number is not None and number < 0:
            self.refuse(name, "is less than 0")
        return number

    def maybe_cost(self, name: str) -> Decimal | None:
        """Return an amount with the digits of the file, or None."""
        number = self.maybe_amount(name)
        return None if number is None else Decimal(repr(number))

    def number(self, name: str) -> float:
        """Return a number."""
        self._there(name)
        number = self.maybe_number(name)
        return 0.0 if number is None else number

    def maybe_number(self, name: str) -> float | None:
        """Return a number, or None."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(name, "is not a number")
        if isinstance(value, float) and not isfinite(value):
            self.refuse(name, "is not a finite number")
        if abs(value) > MOST:
            self.refuse(name, f"is more than {MOST:,}")
        return float(value)

    def maybe_day(self, name: str) -> date | None:
        """Return the day of a time in UTC, as ISO text or seconds since 1970, or None.

        A text that is no such time is None, too: nothing is computed from it.
        """
        value = self._values.get(name)
        try:
            if isinstance(value, str):
                at = datetime.fromisoformat(value)
                return (at if at.tzinfo is None else at.astimezone(UTC)).date()
            if isinstance(value, int | float) and not isinstance(value, bool):
                return datetime.fromtimestamp(value, UTC).date()
        except (ValueError, OverflowError, OSError):
            pass
        return None

    def raw(self, name: str) -> Any:
        """Return a value of any kind, or None."""
        return self._values.get(name)

    def _there(self, name: str) -> Any:
        value = self._values.get(name)
        if value is None:
            self.refuse(name, "is missing")
        return value

    def _refuse_place(self, place: str, what: str, then: str | None = None) -> NoReturn:
        where = f"“{visible(place)}” in the" if place else "The"
        message = f"{where} {self.file} {what}: {then or self._words.again}."
        raise self._words.refusal(message)

"""Days as spreadsheets write them, in the order that the whole file shows."""

import re
from dataclasses import dataclass
from datetime import date

_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_MONTHS = 12


class NoOrderError(ValueError):
    """A day may be two days: no day of the file shows which number is the month."""


@dataclass(slots=True)
class DayOrder:
    """Whether the days of one file have the day or the month first.

    `day_first` and `month_first` are the first cells that show it; None if none does.
    """

    day_first: str | None = None
    month_first: str | None = None

    def learn(self, text: str) -> None:
        """Note what a cell shows; a day up to 12 shows nothing."""
        found = _YEAR_LAST.fullmatch(text)
        if not found:
            return
        first, second = int(found[1]), int(found[3])
        if first > _MONTHS >= second:
            self.day_first = self.day_first or text
        if second > _MONTHS >= first:
            self.month_first = self.month_first or text

    @property
    def contradiction(self) -> tuple[str, str] | None:
        """Two cells of different order, if there are any."""
        if self.day_first is None or self.month_first is None:
            return None
        return self.day_first, self.month_first

    def day(self, text: str) -> date | None:
        """Return the day of a cell; None if it is none.

        Raises:
            NoOrderError: It may be two days.

        >>> order = DayOrder()
        >>> order.learn("10/29/2026")
        >>> order.day("10/09/2026"), order.day("2026-10-09"), order.day("soon")
        (datetime.date(2026, 10, 9), datetime.date(2026, 10, 9), None)
        """
        if found := _YEAR_FIRST.fullmatch(text):
            return _day(int(found[1]), int(found[3]), int(found[4]))
        found = _YEAR_LAST.fullmatch(text)
        if not found:
            return _iso(text)
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if first == second:
            return _day(year, first, second)
        if self.day_first:
            return _day(year, second, first)
        if self.month_first:
            return _day(year, first, second)
        if max(first, second) > _MONTHS:
            return None
        raise NoOrderError(text)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Numbers as spreadsheets write them, read by what the whole file shows.

“7,715” is one number to some people and another to others. A file that also has
“19.79” or “7,715,979” shows which of the two it means; without such a cell, nothing
here chooses one.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

_THOUSANDS = re.compile(
    r"[1-9]\d{0,2}(?P<group>[ '.,])\d{3}(?:(?P=group)\d{3})*(?:(?P<mark>[.,])\d+)?",
    re.ASCII,
)
_DECIMALS = re.compile(r"\d*(?P<mark>[.,])\d+", re.ASCII)
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_APOSTROPHES = re.compile("[\u2019\u02bc]")
_BOTH = {".", ","}


class TwoReadingsError(ValueError):
    """A cell may mean two numbers, and no other cell of the file shows which."""


@dataclass(slots=True)
class Marks:
    """What points and commas are in one file.

    Each has the first cell that shows it, by the mark: `decimals` the marks before
    decimals, `thousands` those between thousands.
    """

    decimals: dict[str, str] = field(default_factory=dict)
    thousands: dict[str, str] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Note what a cell shows; one that may mean two numbers shows nothing."""
        plain = _plain(text)
        if _EITHER.fullmatch(plain):
            return
        if (found := _THOUSANDS.fullmatch(plain)) and _is_one(found):
            self.thousands.setdefault(found["group"], text)
            if found["mark"]:
                self.decimals.setdefault(found["mark"], text)
        elif found := _DECIMALS.fullmatch(plain):
            self.decimals.setdefault(found["mark"], text)

    @property
    def contradiction(self) -> tuple[str, str] | None:
        """Two cells that cannot be written in one way, if there are any."""
        for mark in _BOTH & {*self.decimals} & {*self.thousands}:
            return self.thousands[mark], self.decimals[mark]
        for marks in (self.decimals, self.thousands):
            if {*marks} >= _BOTH:
                return marks["."], marks[","]
        return None

    def number(self, text: str) -> Decimal | None:
        """Return the number of a cell without sign and unit; None if it is none.

        Raises:
            TwoReadingsError: It may mean two numbers.

        >>> marks = Marks()
        >>> for cell in ("7,715", "19.79"):
        ...     marks.learn(cell)
        >>> marks.number("7,715"), marks.number("1.234"), marks.number("many")
        (Decimal('7715'), Decimal('1.234'), None)
        """
        plain = _plain(text)
        if _EITHER.fullmatch(plain):
            return self._either(plain)
        if plain.isascii() and plain.isdigit():
            return Decimal(plain)
        found = _THOUSANDS.fullmatch(plain)
        if found and _is_one(found):
            return _number(plain, found["mark"])
        found = _DECIMALS.fullmatch(plain)
        return _number(plain, found["mark"]) if found else None

    def _either(self, plain: str) -> Decimal:
        """Return the number of a cell with one mark before three digits."""
        mark = "." if "." in plain else ","
        (other,) = _BOTH - {mark}
        if mark in self.decimals or {*self.thousands} - {mark}:
            return _number(plain, mark)
        if mark in self.thousands or other in self.decimals:
            return _number(plain, None)
        raise TwoReadingsError(plain)


def _plain(text: str) -> str:
    return _APOSTROPHES.sub("'", text.strip())


def _is_one(found: re.Match[str]) -> bool:
    """Whether what separates thousands is not also before the decimals."""
    return found["group"] != found["mark"]


def _number(plain: str, mark: str | None) -> Decimal:
    whole, _, part = plain.partition(mark) if mark else (plain, "", "")
    digits = re.sub(r"\D", "", whole) or "0"
    return Decimal(f"{digits}.{part}" if part else digits)

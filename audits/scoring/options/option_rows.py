"""The rows of the options on page 1, and which give way where it is too full."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from audits.scoring.options.options import Choice

# Among what gives way in the template of page 1.
_OTHERS, _CHEAPER = "1", "6"
_AS_ABOVE = "As above"
_OUT, _COMPARED = "Ruled out", "Also compared"
# A reason with more characters takes fewer lines below its row than in its column.
_IN_COLUMN = 120


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option on a line of its own, and the reason as the line says it."""

    option: Choice
    why: str

    @property
    def amount(self) -> str:
        """What 12 months of it are expected to cost."""
        return self.option.cost.partition(" (")[0]

    @property
    def span(self) -> str:
        """The range of that; may be empty."""
        _, brackets, inside = self.option.cost.partition(" (")
        return f"({inside}" if brackets else ""

    @property
    def named(self) -> tuple[str, ...]:
        """Each option of it by its name, and by its amount if that is known."""
        each = self.option.folds or (self.option,)
        return tuple(
            option.name
            if option.amount is None
            else f"{option.name} ({OptionLine(option, '').amount})"
            for option in each
        )


@dataclass(frozen=True, slots=True)
class OptionRow:
    """Options with one reason.

    `gives_way` counts the rows that do on a full page 1, in order; 0 for one that does
    not. One that `is_cheaper` than what is recommended does so after much else: readers
    ask for it first.
    """

    why: str
    options: tuple[Choice, ...]
    gives_way: int = 0
    is_cheaper: bool = False

    @property
    def kind(self) -> str:
        """The number of its kind among what gives way on page 1; empty if it stays."""
        if not self.gives_way:
            return ""
        return _CHEAPER if self.is_cheaper else _OTHERS

    @property
    def number(self) -> str:
        """Its number among what gives way on page 1; empty if it stays."""
        return f"{self.kind}.{self.gives_way}" if self.kind else ""

    @property
    def lines(self) -> tuple[OptionLine, ...]:
        """A line for each option; those after the first have the reason above them."""
        return tuple(
            OptionLine(option, _AS_ABOVE if place else self.why)
            for place, option in enumerate(self.options)
        )

    @property
    def is_shared(self) -> bool:
        """Whether options that are ruled out share one line, and so need no range."""
        return len(self.options) > 1 and self.options[0].is_out

    @property
    def is_long(self) -> bool:
        """Whether the reason is set below its only line, over all columns."""
        is_one = len(self.options) == 1 or self.is_shared
        return is_one and len(self.why) > _IN_COLUMN

    @property
    def is_chosen(self) -> bool:
        """Whether it is what is recommended."""
        return self.options[0].is_chosen


@dataclass(frozen=True, slots=True)
class NamedRows:
    """The rows that only keep their names once they give way, and what they are."""

    said: str
    rows: tuple[OptionRow, ...]

    @property
    def numbers(self) -> str:
        """The numbers of the rows, with spaces between them."""
        return " ".join(row.number for row in self.rows)


def named_alone(rows: Sequence[OptionRow]) -> tuple[NamedRows, ...]:
    """Return the rows that may give way: those that are ruled out, then the others.

    Args:
        rows: The rows of page 1.
    """
    giving = [row for row in rows if row.kind]
    out = tuple(row for row in giving if row.options[0].is_out)
    others = tuple(row for row in giving if not row.options[0].is_out)
    found = NamedRows(_OUT, out), NamedRows(_COMPARED, others)
    return tuple(each for each in found if each.rows)


def option_rows(options: Sequence[Choice]) -> tuple[OptionRow, ...]:
    """Return the options in rows, one for each reason.

    What is recommended, the next best, an offer and doing nothing never give way. The
    next best is the first of the others that can be chosen. Of the rest, what is ruled
    out gives way first, and the last before the others; what costs less than the
    recommended one only after much else of the page.

    Args:
        options: The options, in order.
    """
    others = [each for each in options if not (each.is_chosen or each.stays)]
    best = next((each for each in others if not each.is_out), None)
    rows = [tuple(same) for _, same in groupby(options, key=lambda each: each.why)]
    giving = [
        place
        for place, row in enumerate(rows)
        if all(each is not best and each in others for each in row)
    ]
    giving.sort(key=lambda place: (not rows[place][0].is_out, -place))
    return tuple(
        OptionRow(
            why=row[0].why,
            options=row,
            gives_way=giving.index(place) + 1 if place in giving else 0,
            is_cheaper=any(_costs_less(each, options[0]) for each in row),
        )
        for place, row in enumerate(rows)
    )


def _costs_less(option: Choice, advised: Choice) -> bool:
    if option.amount is None or advised.amount is None:
        return False
    return advised.is_chosen and option.amount < advised.amount

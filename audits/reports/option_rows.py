"""The rows of the options on page 1, and which give way where it is too full."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from audits.scoring.options.options import Choice


@dataclass(frozen=True, slots=True)
class OptionRow:
    """Options with one reason; `gives_way` says that the row does on a full page 1."""

    why: str
    options: tuple[Choice, ...]
    gives_way: bool

    @property
    def is_chosen(self) -> bool:
        """Whether it is what is recommended."""
        return self.options[0].is_chosen


def option_rows(options: Sequence[Choice]) -> tuple[OptionRow, ...]:
    """Return the options in rows, one for each reason.

    What is recommended, the next best, an offer and doing nothing never give way. The
    next best is the first of the others that can be chosen.

    Args:
        options: The options, in order.
    """
    others = [each for each in options if not (each.is_chosen or each.stays)]
    best = next((each for each in others if not each.is_out), None)
    giving = [each for each in others if each is not best]
    rows = (tuple(same) for _, same in groupby(options, key=lambda each: each.why))
    return tuple(
        OptionRow(
            why=row[0].why,
            options=row,
            gives_way=all(any(each is x for x in giving) for each in row),
        )
        for row in rows
    )

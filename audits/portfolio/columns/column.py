"""What a column of the portfolio is, in the table and in files."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Literal

from django.db import models

from audits.models import PortfolioRow
from audits.portfolio.cells import Cell

type Unit = Literal[
    "",
    "US dollars a month",
    "US dollars over 12 months",
    "US dollars",
    "months",
    "days",
]
MONTH: Unit = "US dollars a month"
YEAR: Unit = "US dollars over 12 months"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the portfolio, in the table and in files.

    Attributes:
        key: Its name in JSON and in addresses.
        name: Its heading in a file, clear without the other columns.
        of: The content of a row's cell.
        unit: The unit of its numbers.
        head: Its heading in the table; empty if it is only in files.
        head_unit: Said below that heading, unless it says so itself.
        sort: The model's fields to order by; empty if nobody can.
        is_reversed: Whether its values fall as those fields rise, such as the days
            since a date.
        cell: The part in templates/portfolio/cells that renders it in the table; text
            that is a plain count is rendered as a number.
        beneath: The key of the column in whose cell it is the second line; that
            cell's template renders it.
        is_in_files: Whether files have it.
        in_files: The keys of the columns that say the same in files, if not its own.
        is_extra: Whether the table has it only if it is chosen.
    """

    key: str
    name: str
    of: Callable[[PortfolioRow], Cell]
    unit: Unit = ""
    _: KW_ONLY
    head: str = ""
    head_unit: str = ""
    sort: tuple[str, ...] = ()
    is_reversed: bool = False
    cell: str = "text"
    beneath: str = ""
    is_in_files: bool = True
    in_files: tuple[str, ...] = ()
    is_extra: bool = False

    @property
    def heading(self) -> str:
        """The heading in a file, with the unit."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @property
    def is_number(self) -> bool:
        """Whether it is an amount or a plain count, so that the largest come first."""
        return bool(self.unit) or self._is_count or self.cell == "number"

    @property
    def part(self) -> str:
        """The template of its cell in the table."""
        cell = "count" if self._is_count else self.cell
        return f"portfolio/cells/{cell}.html"

    @property
    def _is_count(self) -> bool:
        """Whether the table shows a whole number of the row as it is."""
        if self.cell != "text" or self.sort[:1] != (self.key,):
            return False
        return isinstance(PortfolioRow._meta.get_field(self.key), models.IntegerField)

"""What a cell of the portfolio has, and how a spreadsheet shows it."""

from datetime import date
from decimal import Decimal

from audits.uploads.tables.cells import safe_cell

type Cell = str | int | Decimal | date | bool | None


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet reads as a formula; numbers stay numbers.

    >>> safe("=1+1"), safe("Rather - good"), safe(Decimal(-5))
    ("'=1+1", 'Rather - good', Decimal('-5'))
    """
    return safe_cell(cell) if isinstance(cell, str) else cell


def in_sheet(cell: Cell) -> Cell:
    """Return a cell as a spreadsheet shows it, yes and no in words.

    >>> in_sheet(True), in_sheet(False), in_sheet("=1+1")
    ('yes', 'no', "'=1+1")
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return safe(cell)

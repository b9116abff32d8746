"""A table that goes on on the next slide keeps rows together that belong together."""

import pytest

from audits.office.blocks import Grid
from audits.office.told import Cell, Row, Run, Table

SIZE, ROOM = 12.0, 600.0


def row(words: str, span: int = 1) -> Row:
    others = [Cell((), 1, is_number=True)] * (3 - span)
    return Row((Cell((Run(words),), span, is_number=False), *others))


ROWS = (row("A"), row("Words of A", 3), row("B"), row("Words of B", 3), row("Total", 2))
GRID = Grid("", Table(row("Head"), ROWS))


@pytest.mark.once
@pytest.mark.parametrize(
    ("room", "first"), [(5, 5), (4, 2), (3, 2), (2, 2), (1, 1), (0, 5)]
)
def test_table_is_parted_before_a_row_that_begins(room: int, first: int) -> None:
    heights = GRID.heights(GRID.size(SIZE), ROOM)
    above = GRID.height(SIZE, ROOM) - sum(heights)

    grids = GRID.parted(SIZE, ROOM, above + sum(heights[: 1 + room]) + 0.1)

    parts = [grid.table.rows for grid in grids if isinstance(grid, Grid)]
    assert len(parts[0]) == first
    assert tuple(each for rows in parts for each in rows) == ROWS

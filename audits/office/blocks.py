"""What is put on slides: blocks of text and tables, with the room that each takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audits.office.measures import (
    LINE,
    height_of,
    longest_line,
    longest_word,
)
from audits.office.told import Cell, Item, Listed, Part, Row, Run, Table, Words

BULLET = 12  # points that a bullet takes at the left
PARAGRAPH = 0.35  # of a line, between two paragraphs
LABEL = 0.85  # of the size of the text below a label
CELL = (4.0, 2.5)  # the margins of a cell: at its sides, above and below
LEAST_TYPE = 12.0  # points: what is smaller cannot be read on a wall
_MOST = 0.5  # of the width of a table, for one column of words on one line
_LONGEST = 0.25  # of it, for a word where another column would have no room
_APART = 6.0  # points between two columns of numbers, beside their margins
_SLACK = 2.0  # points that words may be wider than they were measured
_LEAST = 36.0  # points of the narrowest column of words


def readable(smaller: float, size: float) -> float:
    """Return a smaller size of type beside another one that can still be read.

    >>> readable(15, 16), readable(11, 12), readable(7, 8)
    (15, 12, 8)
    """
    return min(size, max(smaller, LEAST_TYPE))


def label_size(size: float) -> float:
    """Return the size of a label above text of a size."""
    return readable(size * LABEL, size)


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs below a label; each may have a bullet."""

    label: str
    paragraphs: tuple[tuple[Words, bool], ...]
    is_muted: bool = False
    place: str = ""

    def height(self, size: float, room: float) -> float:
        """Return how high it is, in points."""
        heights = [
            height_of(words, size, room - BULLET * is_listed)
            for words, is_listed in self.paragraphs
        ]
        if self.label:
            heights.insert(0, _label_height(self.label, size, room))
        gaps = max(len(self.paragraphs) - 1, 0) * size * LINE * PARAGRAPH
        return sum(heights) + gaps

    def parted(self, size: float, room: float, below: float) -> tuple["Block", ...]:
        """Return it as it is: only tables go on in another place."""
        del size, room, below
        return (self,)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table below its label and its caption."""

    label: str
    table: Table
    place: str = ""

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return sum(cell.span for cell in self.table.head.cells)

    @property
    def has_headings(self) -> bool:
        """Whether there are headings above those of its columns."""
        return any(cell.above for cell in self.table.head.cells)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its rows as drawn, from that of its headings."""
        head = (*([_headings(self.table.head)] if self.has_headings else []),)
        return (*head, self.table.head, *self.table.rows)

    @property
    def heads(self) -> int:
        """How many of its rows are heads."""
        return 1 + self.has_headings

    def size(self, size: float) -> float:
        """Return the size of its type: a little smaller than that of text."""
        return readable(size - 1, size)

    def widths(self, size: float, room: float) -> list[float]:
        """Return the width of each column, in points.

        Numbers stay on one line; what is left is for words, by how many there are.
        """
        sides = 2 * CELL[0]
        cells: list[list[tuple[Cell, Words]]] = [[] for _ in range(self.columns)]
        for row in self.rows:
            for place, cell in placed(row, self.columns):
                if cell.span == 1:
                    cells[place].append((cell, cell.words))
        lines = [max((longest_line(w, size) for _, w in x), default=0) for x in cells]
        words = [max((longest_word(w, size) for _, w in x), default=0) for x in cells]
        numbers = [bool(x) and all(cell.is_number for cell, _ in x) for x in cells]
        least = [
            (line + _APART if number else max(word + _SLACK, _LEAST)) + sides
            for line, word, number in zip(lines, words, numbers, strict=True)
        ]
        self._widen_below_headings(least, size)
        if sum(least) > room:  # a word without an end is broken, and no number
            least = [
                each if number else min(each, room * _LONGEST)
                for each, number in zip(least, numbers, strict=True)
            ]
        wanted = [min(line + _SLACK + sides, room * _MOST) for line in lines]
        amounts = [
            sum(longest_line(w, size) for _, w in x) if not number else 0
            for x, number in zip(cells, numbers, strict=True)
        ]
        return _shared(room, least, wanted, amounts)

    def _widen_below_headings(self, least: list[float], size: float) -> None:
        """Give columns below a heading the room that it takes on one line."""
        if not self.has_headings:
            return
        for at, cell in placed(_headings(self.table.head), self.columns):
            below = slice(at, at + cell.span)
            needed = longest_line(cell.words, size) + _SLACK + 2 * CELL[0]
            more = max(needed - sum(least[below]), 0) / cell.span
            least[below] = [each + more for each in least[below]]

    def heights(self, size: float, room: float) -> list[float]:
        """Return the height of each row as drawn."""
        widths = self.widths(size, room)
        return [_row_height(row, widths, size) for row in self.rows]

    def above(self, size: float, room: float) -> float:
        """Return how high its label and its caption are together."""
        label = _label_height(self.label, size, room) if self.label else 0
        caption = self.table.caption
        return label + (height_of(caption, self.size(size), room) if caption else 0)

    def height(self, size: float, room: float) -> float:
        """Return how high it is, in points."""
        return self.above(size, room) + sum(self.heights(self.size(size), room))

    def parted(self, size: float, room: float, below: float) -> tuple["Block", ...]:
        """Return it in two, the first at most `below` high; whole if no row fits."""
        heights = self.heights(self.size(size), room)
        used, number = self.above(size, room) + sum(heights[: self.heads]), 0
        for height in heights[self.heads :]:
            if used + height > below:
                break
            used, number = used + height, number + 1
        rows = self.table.rows
        if not number or number == len(rows):
            return (self,)
        number = _before_one_that_begins(rows, number)
        first = replace(self.table, rows=rows[:number])
        rest = Table(self.table.head, rows[number:])
        return replace(self, table=first), Grid(self.label, rest)


def _before_one_that_begins(rows: Sequence[Row], number: int) -> int:
    """Return how many rows go before a break, no more than a number, and at least one.

    One whose first cell is wider than a column goes on from the row above: it has more
    words about that, or a total.
    """
    begins = (n for n in range(number, 0, -1) if rows[n].cells[0].span == 1)
    return next(begins, number)


type Block = Text | Grid


def blocks_of(parts: Sequence[Part]) -> Iterator[Block]:
    """Yield the blocks of parts: sentences together, each table apart."""
    for part in parts:
        label, said = part.label, list[tuple[Words, bool]]()
        place = part.place
        for item in part.items:
            if isinstance(item, Table):
                if said:
                    yield Text(label, tuple(said), place=place)
                    label, said, place = "", [], ""
                yield Grid(label, item, place)
                label = place = ""
            else:
                said += _paragraphs(item)
        if said or label:
            yield Text(label, tuple(said), not part.label, place)


def _paragraphs(item: Item) -> Iterator[tuple[Words, bool]]:
    if isinstance(item, Listed):
        yield from ((words, True) for words in item.items)
    elif not isinstance(item, Table):
        yield item, False


def _label_height(label: str, size: float, room: float) -> float:
    return height_of((Run(label, "bold"),), label_size(size), room)


def _headings(head: Row) -> Row:
    """Return the row of headings, each over the columns up to the next."""
    starts = [n for n, cell in enumerate(head.cells) if cell.above or not n]
    ends = [*starts, len(head.cells)]
    return Row(
        tuple(
            Cell((Run(head.cells[start].above, "bold"),), end - start, is_number=True)
            for start, end in pairwise(ends)
        )
    )


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    place = 0
    for cell in row.cells:
        yield place, cell
        place += cell.span


def placed(row: Row, columns: int) -> Iterator[tuple[int, Cell]]:
    """Yield each cell of a row with its column, and no cell beyond the last."""
    yield from ((at, cell) for at, cell in _placed(row) if at < columns)


def _row_height(row: Row, widths: Sequence[float], size: float) -> float:
    found = [
        height_of(cell.words, size, sum(widths[at : at + cell.span]) - 2 * CELL[0])
        for at, cell in placed(row, len(widths))
    ]
    return max(found, default=size * LINE) + 2 * CELL[1]


def _shared(
    room: float,
    least: Sequence[float],
    wanted: Sequence[float],
    amounts: Sequence[float],
) -> list[float]:
    """Share a width: what columns need at least, and the rest by their amounts."""
    if sum(least) >= room:
        return [each / sum(least) * room for each in least]
    widths, rest = list(least), room - sum(least)
    open_columns = [n for n, amount in enumerate(amounts) if amount]
    # First up to what a column wants, so that short ones take no more than that.
    for n in sorted(open_columns, key=lambda n: wanted[n] - least[n]):
        share = rest * amounts[n] / (sum(amounts[m] for m in open_columns) or 1)
        more = max(min(share, wanted[n] - least[n]), 0)
        widths[n] += more
        rest -= more
        open_columns = [m for m in open_columns if m != n]
    last = max(range(len(widths)), key=lambda n: amounts[n])
    widths[last] += rest
    return widths

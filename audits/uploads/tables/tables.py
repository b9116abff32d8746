"""A table of text, as read from a file."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.uploads.reading.refusals import UnreadableUploadError

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 32_767  # in a cell, as in a spreadsheet


class RefusedTableError(UnreadableUploadError):
    """The file is not a valid table; says what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headings, and rows of as many cells; `lines` are the rows' places in the file.

    A cell is text without white space around it; an empty one is "". `encoding` is
    that of the text if it was guessed, in words.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    encoding: str = ""

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each row with its line."""
        return iter(zip(self.lines, self.rows, strict=True))


def made_table(rows: Iterator[tuple[int, list[str]]], encoding: str = "") -> Table:
    """Make a table from a file's rows: the first row with text has the headings.

    Args:
        rows: Lines of the file and their cells; rows without text are skipped.
        encoding: The encoding of the text, if it was guessed.

    Raises:
        RefusedTableError: There are no headings, no rows, or too many of either; a
            heading is missing; a row has more cells than there are headings.
    """
    filled = ((line, _trimmed(cells)) for line, cells in rows)
    filled = ((line, cells) for line, cells in filled if cells)
    line, headings = next(filled, (0, []))
    if not headings:
        message = "The file is empty. Fill in the template, and select it again."
        raise RefusedTableError(message)
    _check_headings(line, headings)
    headings = _numbered(headings)
    kept: list[tuple[str, ...]] = []
    lines: list[int] = []
    for line, cells in filled:
        _check_row(line, cells, headings)
        if len(kept) == MOST_ROWS:
            message = (
                f"The file has more than {MOST_ROWS:,} rows. Split it and import the "
                f"parts one after another."
            )
            raise RefusedTableError(message)
        kept.append((*cells, *[""] * (len(headings) - len(cells))))
        lines.append(line)
    if not kept:
        message = "The file has no rows below the headings. Add one for each use case."
        raise RefusedTableError(message)
    return Table(
        headings=tuple(headings),
        rows=tuple(kept),
        lines=tuple(lines),
        encoding=encoding,
    )


def _numbered(headings: list[str]) -> list[str]:
    """Return headings that differ: of two that are the same, the second has “(2)”."""
    taken = {heading.casefold() for heading in headings}
    seen: set[str] = set()
    found = []
    for heading in headings:
        named, number = heading, 1
        while named.casefold() in (seen if number == 1 else taken | seen):
            number += 1
            named = f"{heading} ({number})"
        seen.add(named.casefold())
        found.append(named)
    return found


def _trimmed(cells: list[str]) -> list[str]:
    """Return cells without white space around them, and no empty ones at the end."""
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _check_headings(line: int, headings: list[str]) -> None:
    if len(headings) > MOST_COLUMNS:
        message = (
            f"The file has {len(headings):,} columns; the limit is {MOST_COLUMNS}. "
            f"Keep the columns that describe a use case."
        )
        raise RefusedTableError(message)
    for column, heading in enumerate(headings, start=1):
        if not heading:
            message = (
                f"Column {column} has no heading in line {line}. Name it, or remove it."
            )
            raise RefusedTableError(message)
        if len(heading) > MOST_CHARACTERS:
            message = (
                f"The heading of column {column} has {len(heading):,} characters; the "
                f"limit is {MOST_CHARACTERS:,}. Shorten it."
            )
            raise RefusedTableError(message)


def _check_row(line: int, cells: list[str], headings: list[str]) -> None:
    if len(cells) > len(headings):
        message = (
            f"Line {line} has {len(cells)} cells, but there are {len(headings)} "
            f"headings. Put any text that contains a comma in quotes."
        )
        raise RefusedTableError(message)
    for heading, cell in zip(headings, cells, strict=False):
        if len(cell) > MOST_CHARACTERS:
            message = (
                f"“{heading[:60]}” in line {line} has {len(cell):,} characters; the "
                f"limit is {MOST_CHARACTERS:,}. Shorten it."
            )
            raise RefusedTableError(message)

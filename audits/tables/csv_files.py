"""CSV to a table."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audits.tables.tables import RefusedTableError, Table, made_table

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

_SEPARATORS = ",;\t"
_MARKS = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8-sig",
}


def read_csv(raw: bytes) -> Table:
    """Read a CSV file; a comma, a semicolon or a tab stands between the cells.

    Raises:
        RefusedTableError: It is no text in UTF-8, no CSV, or no table as is taken.
    """
    text = _text(raw)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_separator(text), strict=True
    )
    return made_table(_rows(reader))


def _text(raw: bytes) -> str:
    encoding = next((_MARKS[m] for m in _MARKS if raw.startswith(m)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = (
            f"Line {line} is not text in UTF-8. Save the file as “CSV UTF-8”, and "
            "select it again."
        )
        raise RefusedTableError(message) from error
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        message = f"Line {line} has a character of no text. Save the file as CSV again."
        raise RefusedTableError(message)
    return text


def _separator(text: str) -> str:
    """Return what most often stands in the first line; a comma if nothing does."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _rows(reader: "CsvReader") -> Iterator[tuple[int, list[str]]]:
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        message = (
            f"Line {line} is not CSV: a quotation mark is not closed, or stands in the "
            "midst of a cell. Save the file as CSV again."
        )
        raise RefusedTableError(message) from error

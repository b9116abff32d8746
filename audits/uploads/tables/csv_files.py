"""Reads CSV files into tables."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from audits.uploads.tables.tables import (
    MOST_CHARACTERS,
    RefusedTableError,
    Table,
    made_table,
)

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

_SEPARATORS = ",;\t"
# Fifteen cells at their limit. A row of 5 MB has lost a quotation mark.
_MOST_IN_A_ROW = 500_000
_MARKS = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8-sig",
}
# Encodings that people may choose for a file, in words.
ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252, Western Europe and America",
    "cp1250": "Windows-1250, Central Europe",
    "cp1251": "Windows-1251, Cyrillic",
    "mac-roman": "Mac Roman",
    "cp932": "Shift JIS, Japanese",
    "gb18030": "GB 18030, Chinese",
}


def read_csv(raw: bytes, encoding: str = "") -> Table:
    """Read a CSV file; a comma, a semicolon or a tab separates the cells.

    Without an encoding, one of `ENCODINGS`, it is found out. Text that is not in UTF-8
    is read as Windows-1252, in which spreadsheets of Western Europe and America save,
    if all of it can be that.

    Raises:
        RefusedTableError: It is neither, not CSV, or not a valid table.
    """
    if encoding:
        return made_table(_rows_of(_text(raw, encoding)))
    text, guessed = _guessed(raw)
    return made_table(_rows_of(text), guessed)


def csv_rows(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the cells of each row of a CSV file, whatever they mean.

    Raises:
        RefusedTableError: It is not text in UTF-8, or not CSV.
    """
    yield from _rows_of(_text(raw))


def _rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=_separator(text), strict=True)
    yield from _rows(reader, lines)


class _Lines:
    """The lines of a text, with a limit for each row."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._in_the_row = 0

    def __iter__(self) -> Iterator[str]:
        """Yield each line with its end."""
        for line in self._lines:
            self._in_the_row += len(line)
            if self._in_the_row > _MOST_IN_A_ROW:
                raise _LongRowError
            yield line

    def begin_row(self) -> None:
        """Start counting here."""
        self._in_the_row = 0


class _LongRowError(Exception):
    """A row has too many characters."""


def _text(raw: bytes, chosen: str = "utf-8") -> str:
    encoding = next((_MARKS[m] for m in _MARKS if raw.startswith(m)), chosen)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        name = ENCODINGS[chosen].partition(",")[0]
        message = (
            f"Line {line} is not text in {name}. Save the file as “CSV UTF-8”, and "
            "select it again."
        )
        raise RefusedTableError(message) from error
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        message = (
            f"Line {line} has a character that is not text. Save the file as CSV again."
        )
        raise RefusedTableError(message)
    return text


def _guessed(raw: bytes) -> tuple[str, str]:
    """Return the text of a file, and its encoding in words if it was guessed."""
    try:
        return _text(raw), ""
    except RefusedTableError:
        if raw.startswith(tuple(_MARKS)) or b"\x00" in raw:
            raise
    try:
        return raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = (
            f"Line {line} is text neither in UTF-8 nor in Windows-1252. Choose the "
            "encoding of the file below, or save it as “CSV UTF-8”."
        )
        raise RefusedTableError(message) from error


def _separator(text: str) -> str:
    """Return the most frequent separator of the first line, or a comma."""
    lines = io.StringIO(text)
    first = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _rows(reader: "CsvReader", lines: _Lines) -> Iterator[tuple[int, list[str]]]:
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
            lines.begin_row()
    except (_LongRowError, csv.Error) as error:
        # The reader also reports a cell that is too long as its error.
        if isinstance(error, _LongRowError) or "field limit" in str(error):
            message = (
                f"Line {line} has more than {_MOST_IN_A_ROW:,} characters, or a cell "
                f"of more than {MOST_CHARACTERS:,}. Look for a quotation mark that is "
                "not closed, and save the file as CSV again."
            )
        else:
            message = (
                f"Line {line} is not CSV: a quotation mark is not closed, or is in the "
                f"middle of a cell. Save the file as CSV again."
            )
        raise RefusedTableError(message) from error

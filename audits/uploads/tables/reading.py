"""Reads a file into a table, by its kind."""

from dataclasses import asdict
from typing import IO, Any

from audits.uploads.reading.limits import Content, Limits, Reader
from audits.uploads.tables.csv_files import read_csv
from audits.uploads.tables.tables import MOST_BYTES, RefusedTableError, Table
from audits.uploads.tables.xlsx_files import read_xlsx

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF"


def read_table(raw: bytes, encoding: str = "") -> Table:
    """Read a CSV or an XLSX file; the encoding of a CSV file is found out without one.

    Raises:
        RefusedTableError: It is neither, or not a valid table.
    """
    if len(raw) > MOST_BYTES:
        message = f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it."
        raise RefusedTableError(message)
    if raw.startswith(_OLD_OFFICE):
        message = (
            "The file is an old Excel file, or has a password. Save it as XLSX without "
            "one, and select it again."
        )
        raise RefusedTableError(message)
    if raw.startswith(_PDF):
        message = "The file is a PDF. Select the CSV or XLSX file it was made from."
        raise RefusedTableError(message)
    return read_xlsx(raw) if raw.startswith(_ZIP) else read_csv(raw, encoding)


def table_of(file: Content, encoding: str = "") -> Table:
    """Read a CSV or an XLSX file in a separate process, as `read_table` does.

    Raises:
        RefusedTableError: It is neither, not a valid table, or too complex.
        BusyError: Other files are being read.
    """
    from audits.uploads.reading import process  # noqa: PLC0415 - only to start another

    return process.read(_READER, file, encoding=encoding)


def read(file: IO[bytes], encoding: str) -> dict[str, Any]:
    """Return the table of a file as JSON values; the other process calls it."""
    table = read_table(file.read(MOST_BYTES + 1), encoding)
    return asdict(table)


def _made(values: dict[str, Any]) -> Table:
    headings, rows = values["headings"], values["rows"]
    if {type(cell) for row in (headings, *rows) for cell in row} != {str}:
        message = "a cell is not text"
        raise TypeError(message)
    return Table(
        headings=tuple(headings),
        rows=tuple(map(tuple, rows)),
        lines=tuple(map(int, values["lines"])),
        encoding=str(values["encoding"]),
    )


_READER = Reader(
    function="audits.uploads.tables.reading:read",
    made=_made,
    refusal=RefusedTableError,
    too_much=(
        "The file is too complex to read. Copy the rows you need into a new file, then "
        "select that file."
    ),
    limits=Limits(cpu=15, wall=25, result=8 * MOST_BYTES),
)

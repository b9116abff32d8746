"""XLSX to a table, and the only file that reads spreadsheets."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audits.tables.tables import MOST_COLUMNS, RefusedTableError, Table, made_table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_UNPACKED = 30_000_000
_MOST_LINES = 30_000
_BROKEN = "The file cannot be read as XLSX. Save it as XLSX again, and select it again."


def read_xlsx(raw: bytes) -> Table:
    """Read the first sheet of an XLSX file.

    Raises:
        RefusedTableError: It is no such file, too large when unpacked, or has merged
            cells or formulas, which mean something else elsewhere.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - takes a while to import

    _check_size(raw)
    try:
        book = load_workbook(io.BytesIO(raw))
        sheet = book.worksheets[0]
    # Whatever a made-up file makes it stumble over.
    except Exception as error:
        raise RefusedTableError(_BROKEN) from error
    _check_shape(sheet)
    return made_table(_rows(sheet))


def _check_size(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
    except zipfile.BadZipFile as error:
        raise RefusedTableError(_BROKEN) from error
    if unpacked > _MOST_UNPACKED:
        message = "The file is too large when unpacked. Keep the one sheet that counts."
        raise RefusedTableError(message)


def _check_shape(sheet: "Worksheet") -> None:
    if sheet.merged_cells.ranges:
        first = min(str(area) for area in sheet.merged_cells.ranges)
        message = (
            f"The cells {first} are merged, so nobody knows which row they belong to. "
            "Undo it, and select the file again."
        )
        raise RefusedTableError(message)
    if sheet.max_column > MOST_COLUMNS:
        message = (
            f"The sheet has {sheet.max_column:,} columns, and {MOST_COLUMNS} are the "
            "most. Keep those that say something of a use case."
        )
        raise RefusedTableError(message)
    if sheet.max_row > _MOST_LINES:
        message = (
            f"The sheet goes on to line {sheet.max_row:,}. Divide it, and import the "
            "parts one after the other."
        )
        raise RefusedTableError(message)


def _rows(sheet: "Worksheet") -> Iterator[tuple[int, list[str]]]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        for cell in cells:
            if cell.data_type == "f":
                message = (
                    f"Cell {cell.coordinate} is a formula. Paste the values in place "
                    "of the formulas, and select the file again."
                )
                raise RefusedTableError(message)
        yield line, [_text(cell.value) for cell in cells]


def _text(value: Any) -> str:
    """Return a cell as one would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{Decimal(repr(value)):f}".removesuffix(".0")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)

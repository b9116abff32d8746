"""Reads XLSX files into tables; the only file that reads spreadsheets."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from audits.uploads.tables.sheets import Sheet, Styles, shared_strings
from audits.uploads.tables.tables import (
    MOST_BYTES,
    RefusedTableError,
    Table,
    made_table,
)

_MOST_UNPACKED = 30_000_000
_MOST_TEXT = MOST_BYTES  # characters: a text is once in the file, and in many cells
_TOO_MUCH_TEXT = (
    f"The file has more than {_MOST_TEXT:,} characters. Split it and import the parts "
    f"one after another."
)
_BROKEN = "The file cannot be read as XLSX. Save it as XLSX again, and select it again."


def read_xlsx(raw: bytes) -> Table:
    """Read the first sheet of an XLSX file.

    Raises:
        RefusedTableError: It is not such a file, too large when unpacked, or has merged
            cells or formulas, which other programs read differently.
    """
    _check_size(raw)
    try:
        rows = list(_rows(raw))
    except (RefusedTableError, MemoryError):
        raise
    # Any error that a hostile file causes.
    except Exception as error:
        raise RefusedTableError(_BROKEN) from error
    return made_table(iter(rows))


def _check_size(raw: bytes) -> None:
    import zipfile  # noqa: PLC0415 - takes a while

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
    except zipfile.BadZipFile as error:
        raise RefusedTableError(_BROKEN) from error
    if unpacked > _MOST_UNPACKED:
        message = "The file is too large when unpacked. Keep only the sheet you need."
        raise RefusedTableError(message)


def _rows(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the filled rows of the first sheet, which is read as a stream.

    openpyxl finds the sheet and knows the styles; its readers of sheets and shared
    strings keep everything they pass, so we do not use them.
    """
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - takes a while
    from openpyxl.styles.stylesheet import apply_stylesheet  # noqa: PLC0415 - the same
    from openpyxl.xml.constants import SHARED_STRINGS  # noqa: PLC0415 - the same

    book = ExcelReader(io.BytesIO(raw), read_only=True, keep_links=False)
    book.read_manifest()
    book.read_workbook()
    apply_stylesheet(book.archive, book.wb)
    sheet = next(
        relation.target
        for _, relation in book.parser.find_sheets()
        if "chartsheet" not in relation.Type and relation.target in book.valid_files
    )
    part = book.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
    texts: list[str] = []
    if part is not None:
        with book.archive.open(part.PartName[1:]) as stream:
            texts = shared_strings(stream)
    styles = Styles(
        epoch=book.wb.epoch,
        dates=book.wb._date_formats,  # type: ignore[attr-defined]
        durations=book.wb._timedelta_formats,  # type: ignore[attr-defined]
    )
    with book.archive.open(sheet) as stream:
        total = 0
        for line, values in Sheet(texts, styles).rows(stream):
            cells = [_text(value) for value in values]
            total += sum(map(len, cells))
            if total > _MOST_TEXT:
                raise RefusedTableError(_TOO_MUCH_TEXT)
            yield line, cells


def _text(value: Any) -> str:
    """Return a cell as a person would type it."""
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

"""Spreadsheets, good and broken, as bytes."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ("Reference", "Name", "Team", "Owner", "Stage", "What it does")
GOOD_ROW = ("A-1", "Claims triage", "Claims", "", "Live", "Sorts claims")


def xlsx(
    *rows: Sequence[Any], change: Callable[[Worksheet], object] | None = None
) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv(*rows: Sequence[str], separator: str = ",") -> bytes:
    return "".join(separator.join(row) + "\r\n" for row in rows).encode()


def without_part(raw: bytes, name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            if name not in member.filename:
                new.writestr(member, old.read(member))
    return made.getvalue()


def padded(raw: bytes) -> bytes:
    """Add a part of 40 MB that packs well."""
    made = io.BytesIO(raw)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/large.bin", bytes(40_000_000))
    return made.getvalue()


def _many(count: int) -> bytes:
    return csv(HEADINGS, *([GOOD_ROW] * count))


BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "The file is empty"),
    "white space": (b"\r\n , ,\r\n", "The file is empty"),
    "headings alone": (csv(HEADINGS), "no rows below the headings"),
    "empty sheet": (xlsx(), "The file is empty"),
    "0 rows": (xlsx(HEADINGS), "no rows below the headings"),
    "neither encoding": (
        csv(HEADINGS, GOOD_ROW) + b"A-2,Caf\xe9\x81",
        "Line 3 is text neither in UTF-8 nor in Windows-1252",
    ),
    "half of utf-16": (b"\xff\xfeR", "not text in UTF-8"),
    "binary": (b"Name\x00\x01,Team\n", "Line 1 has a character that is not text"),
    "open quotation mark": (b'Name,Team\n"a,b\nc,d\n', "Line 2 is not CSV"),
    "mark in a cell": (b'Name,Team\nx,y\n"a"b,c\n', "Line 3 is not CSV"),
    "too many cells": (csv(("Name", "Team"), ("a", "b", "c")), "Line 2 has 3 cells"),
    "missing heading": (csv(("Name", "", "Team"), ("a", "b", "c")), "Column 2 has no"),
    "1,000 columns": (csv([f"c{n}" for n in range(1000)], ["x"]), "1,000 columns"),
    "1,000 columns in a sheet": (
        xlsx([f"c{n}" for n in range(1000)], ["x"]),
        "1,000 columns",
    ),
    "too many rows": (_many(20_001), "more than 20,000 rows"),
    "long cell": (csv(("Name",), ("x" * 32_768,)), "“Name” in line 2 has 32,768"),
    "too large": (b"x" * 5_000_001, "larger than 5 MB"),
    "merged cells": (
        xlsx(HEADINGS, GOOD_ROW, change=lambda sheet: sheet.merge_cells("A2:B2")),
        "The cells A2:B2 are merged",
    ),
    "formula": (xlsx(HEADINGS, ("=1+1", *GOOD_ROW[1:])), "Cell A2 is a formula"),
    "far cell": (
        xlsx(HEADINGS, change=lambda sheet: sheet.cell(1_000_000, 2, "x")),
        "goes on to line 1,000,000",
    ),
    "no sheet in it": (
        without_part(xlsx(HEADINGS, GOOD_ROW), "sheet1.xml"),
        "cannot be read as XLSX",
    ),
    "no book in it": (
        without_part(xlsx(HEADINGS, GOOD_ROW), "workbook.xml"),
        "cannot be read as XLSX",
    ),
    "cut off": (xlsx(HEADINGS, GOOD_ROW)[:900], "cannot be read as XLSX"),
    "large when unpacked": (
        padded(xlsx(HEADINGS, GOOD_ROW)),
        "too large when unpacked",
    ),
    "old office": (b"\xd0\xcf\x11\xe0" + bytes(100), "old Excel file"),
    "pdf": (b"%PDF-1.7 x", "The file is a PDF"),
}
DAY, MOMENT = date(2026, 11, 25), datetime(2026, 11, 25, 9, 30)

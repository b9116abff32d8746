"""Reads CSV files with a row for each day and model.

The columns are day, model, requests, input, cached input, output and cost, in any
order. All but the day may be missing; cost is in the currency of the column “currency”,
or of its sign, or in US dollars. An empty cell is not known. A row of totals at the
end is compared with the others, and does not count. A day without a row is missing:
nobody knows whether it was quiet. A row may be for a whole month, written like 2026-10:
its amounts are counted on the first day, and no day of it is missing. A cost below zero
is a credit. Columns that do not count are named.
"""

import csv
import io
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import IO, NoReturn

from audits.uploads.tables.faults import Faults
from audits.usage.formats.csv_cells import (
    Row,
    Sheet,
    adds_up,
    compare_total,
    without_cost,
)
from audits.usage.formats.csv_credits import (
    Read,
    booked,
    credit_sentences,
    month_sentences,
    without_gaps,
)
from audits.usage.formats.csv_headings import columns_of
from audits.usage.rows import Collected, RefusedUsageError, UsageFile, missing_days

FILE = "CSV file"
_LONGEST_LINE = 20_000  # characters
_SEPARATORS = ",;\t"
_SAYS_SEPARATOR = "sep="  # the first line that Excel writes and reads


def read_days(file: IO[bytes]) -> UsageFile:
    """Return the usage of each day and model.

    How numbers and days are written is told by the whole file, and all faults of its
    rows are named together.

    Raises:
        RefusedUsageError: A column or cells are missing or wrong, a day and model are
            there twice, or a number or day may be two.
    """
    found = Collected(FILE)
    with closing(_rows(file)) as rows:
        _, headings = next(rows, (1, []))
        columns = columns_of(headings)
        sheet = Sheet(columns.places, columns.currency)
        for line, cells in rows:
            found.count()
            sheet.add(line, cells, len(headings))
            found.require_room(len(sheet.rows) - 1)
    return _added_up(sheet, found, columns.left_out)


def _added_up(sheet: Sheet, found: Collected, unused: tuple[str, ...]) -> UsageFile:
    faults = Faults(FILE)
    total = sheet.rows.pop() if sheet.rows and adds_up(sheet.rows[-1]) else None
    if not sheet.rows:
        _refuse("has no rows below the headings: add one for each day and model")
    sheet.learn([*sheet.rows, *([total] if total else [])], faults)
    currencies = set[str]()
    rows = [_read(sheet, row, currencies, faults) for row in sheet.rows]
    every = [dict(each.amounts) for each in rows]
    for each in booked(rows, faults):
        if each.day is not None:
            found.add(each.day, each.model, dict(each.amounts))
            for day in each.other_days:
                found.add(day, each.model, dict(each.without_use))
    left_out = [
        *unused,
        *without_cost(sheet.rows, [each.day for each in rows], every),
        *credit_sentences(rows),
        *month_sentences(rows),
    ]
    if total and not faults:
        left_out.append(compare_total(sheet, total, every, faults))
    if faults:
        raise RefusedUsageError(faults.sentence())
    if len(currencies) > 1:
        _refuse(f"has costs in {len(currencies)} currencies: convert them to one")
    days = found.days
    return UsageFile(
        format="CSV",
        first=min(days),
        last=max(days),
        rows=found.rows(),
        currency=next(iter(currencies), None),
        left_out=tuple(left_out),
        missing=missing_days(days),
    )


def _read(sheet: Sheet, row: Row, currencies: set[str], faults: Faults) -> Read:
    day, amounts = sheet.day(row, faults), sheet.amounts(row, faults)
    if amounts["cost"] is not None:
        currencies.add(sheet.currency(row, faults))
    read = Read(row, day, row.cells.get("model"), without_gaps(row, amounts))
    if day is not None:
        sheet.require_once(row, (day, *read.other_days), faults)
    return read


def _rows(file: IO[bytes]) -> Generator[tuple[int, list[str]]]:
    """Yield the line and the cells of each row that is not empty."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    lines = _Lines(text)
    try:
        first = next(iter(lines), "")
        separator = max(_SEPARATORS, key=first.count)
        if first.casefold().startswith(_SAYS_SEPARATOR):
            said = first[len(_SAYS_SEPARATOR) :].strip("\r\n")
            separator, first = said or "\t", ""
            if separator not in _SEPARATORS:
                _refuse("names another separator than , ; or a tab: save it with one")
        for before in (iter([first]), lines):
            reader = csv.reader(before, delimiter=separator, strict=True)
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield lines.number, cells
    except UnicodeDecodeError:
        _refuse("is not text in UTF-8: save it as UTF-8")
    except csv.Error:
        _refuse(f"is not CSV in line {lines.number:,}: save it as CSV again")
    finally:
        text.detach()


class _Lines:
    """The lines of a text, none longer than a row may be."""

    def __init__(self, text: IO[str]) -> None:
        self._text, self.number = text, 0

    def __iter__(self) -> Iterator[str]:
        """Yield each line with its end."""
        while line := self._text.readline(_LONGEST_LINE):
            self.number += 1
            if len(line) == _LONGEST_LINE:
                _refuse(f"has a line that is too long ({self.number:,}): shorten it")
            if "\x00" in line:
                _refuse(f"has a character that is not text in line {self.number:,}")
            yield line


def _refuse(what: str) -> NoReturn:
    message = f"The {FILE} {what}, and select that file."
    raise RefusedUsageError(message)

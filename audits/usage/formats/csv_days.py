"""Reads CSV files with a row for each day and model.

The columns are day, model, requests, input, cached input, output and cost, in any
order. All but the day may be missing; cost is in the currency of the column “currency”,
or in US dollars. An empty cell is not known.
"""

import csv
import io
import re
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import IO, NoReturn

from audits.evaluations.formats.fields import MOST, visible
from audits.usage.rows import Amount, Collected, RefusedUsageError, UsageFile

FILE = "CSV file"
_COLUMNS: dict[str, Amount | str] = {
    "day": "day",
    "date": "day",
    "model": "model",
    "requests": "requests",
    "input": "input_tokens",
    "input tokens": "input_tokens",
    "cached input": "cached_tokens",
    "cached input tokens": "cached_tokens",
    "output": "output_tokens",
    "output tokens": "output_tokens",
    "cost": "cost",
    "currency": "currency",
}
_COUNTS: tuple[Amount, ...] = (
    *("requests", "input_tokens", "cached_tokens", "output_tokens"),
)
_WANTED = "day, model, requests, input, cached input, output, cost"
_LITELLM = "spend ($)"
_LONGEST_LINE = 20_000  # characters
_SEPARATORS = ",;\t"
_CODE = re.compile(r"[A-Z]{3}")


def read_days(file: IO[bytes]) -> UsageFile:
    """Return the usage of each day and model.

    Raises:
        RefusedUsageError: A column or a cell is missing or wrong, or a day and model
            are there twice.
    """
    with closing(_rows(file)) as rows:
        return _added_up(rows)


def _added_up(rows: Iterator[tuple[int, list[str]]]) -> UsageFile:
    _, headings = next(rows, (1, []))
    columns = _columns(headings)
    found, seen, currencies = Collected(FILE), set[tuple[date, str | None]](), set()
    for line, cells in rows:
        found.count()
        row = _Row(line, cells, columns)
        row.require_cells(len(cells), len(headings))
        day, model = row.day(), row.text("model")
        if (day, model) in seen:
            row.refuse(
                f"{day:%-d %B %Y} is there again for the same model, so it may be "
                "counted twice: add the rows up"
            )
        seen.add((day, model))
        amounts = {name: row.count(name) for name in _COUNTS}
        cost = row.cost()
        if cost is not None:
            currencies.add(row.currency())
        row.require_part(amounts["cached_tokens"], amounts["input_tokens"])
        found.add(day, model, {**amounts, "cost": cost})
    if len(currencies) > 1:
        _refuse(f"has costs in {len(currencies)} currencies: convert them to one")
    if not seen:
        _refuse("has no rows below the headings: add one for each day and model")
    days = found.days
    return UsageFile(
        format="CSV",
        first=min(days),
        last=max(days),
        rows=found.rows(),
        currency=next(iter(currencies), None),
    )


def _rows(file: IO[bytes]) -> Generator[tuple[int, list[str]]]:
    """Yield the line and the cells of each row that is not empty."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    lines = _Lines(text)
    try:
        first = next(iter(lines), "")
        separator = max(_SEPARATORS, key=first.count)
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


def _columns(headings: list[str]) -> dict[str, int]:
    """Return the place of each column that counts, by its name here."""
    names = [" ".join(heading.casefold().split()) for heading in headings]
    if _LITELLM in names and "model" in names:
        _refuse(
            "is LiteLLM's export with models, which adds each key's total to every "
            "model: export the daily activity as JSON"
        )
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        column = _COLUMNS.get(name)
        if column in places:
            _refuse(f"has the column “{visible(name)}” twice: remove one")
        if column:
            places[column] = place
    if "day" not in places:
        _refuse(f"has no column “day”: give it the headings {_WANTED}")
    if not set(places) & {*_COUNTS, "cost"}:
        _refuse(f"has no amounts: give it the headings {_WANTED}")
    return places


class _Row:
    """A row, whose cells are taken out by the name of their column."""

    def __init__(self, line: int, cells: list[str], columns: dict[str, int]) -> None:
        self._line = line
        self._cells = {
            name: cells[place].strip() if place < len(cells) else None
            for name, place in columns.items()
        }

    def text(self, name: str) -> str | None:
        """Return a cell; None if it is empty or there is no such column."""
        return visible(" ".join((self._cells.get(name) or "").split())) or None

    def day(self) -> date:
        """Return the day."""
        text = self.text("day") or ""
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(f"“day” is “{text}”: write it like 2026-11-28")

    def count(self, name: Amount) -> int | None:
        """Return a whole number, or None."""
        text = self.text(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit()) or int(text[:20]) > MOST:
            self.refuse(f"“{text}” is not a whole number: write it like 40000")
        return int(text)

    def cost(self) -> Decimal | None:
        """Return the cost, or None."""
        text = self.text("cost")
        if text is None:
            return None
        try:
            cost = Decimal(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) else None
        except InvalidOperation:
            cost = None
        if cost is None or cost > MOST:
            self.refuse(f"the cost is “{text}”: write it like 12.50")
        return cost

    def currency(self) -> str:
        """Return the currency of the cost, by its code."""
        text = self.text("currency") or "USD"
        if not _CODE.fullmatch(text):
            self.refuse(f"the currency is “{text}”: write its code, like EUR")
        return text

    def require_cells(self, number: int, headings: int) -> None:
        """Refuse a row that ends early, as one of a file that was cut off does."""
        if number < headings:
            self.refuse(
                f"there are {number} cells for {headings} headings: export the usage "
                "again, or fill in the row"
            )

    def require_part(self, part: int | None, whole: int | None) -> None:
        """Refuse cached input above all input."""
        if part is not None and whole is not None and part > whole:
            self.refuse("the cached input is more than the input: correct one of them")

    def refuse(self, what: str) -> NoReturn:
        """Refuse the file for this row."""
        message = f"In line {self._line:,} of the {FILE}, {what}."
        raise RefusedUsageError(message)


def _refuse(what: str) -> NoReturn:
    message = f"The {FILE} {what}, and select that file."
    raise RefusedUsageError(message)

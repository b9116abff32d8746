"""Reads the XML of a spreadsheet as a stream, and stops at a limit."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import IO, Any
from xml.parsers import expat

from audits.uploads.tables.tables import MOST_COLUMNS, RefusedTableError

_MOST_LINES = 30_000
# Rows and cells in all, empty ones too: a format down all of a column makes a million.
_MOST_PARTS = 1_500_000
_MOST_TEXTS = 500_000  # that cells share, in all sheets
_MOST_SHEET_COLUMNS = 16_384  # of any spreadsheet program
_MOST_LEVELS = 50
_BLOCK = 64 * 1024

type Attributes = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """The meaning of numbers: the formats of dates, and the day they count from."""

    epoch: datetime
    dates: Collection[int]
    durations: Collection[int]


class _Stream:
    """Reads the elements of one part; a subclass has a method for each that counts."""

    def __init__(self) -> None:
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        self._levels = 0
        self._collected: list[str] | None = None
        self.starts: dict[str, Callable[[Attributes], object]] = {}
        self.ends: dict[str, Callable[[], object]] = {}

    def parse(self, stream: IO[bytes]) -> Iterator[None]:
        """Read the part; results are available after each block."""
        while block := stream.read(_BLOCK):
            self._parser.Parse(block)
            yield
        self._parser.Parse(b"", True)
        yield

    def collect(self, _: Attributes) -> None:
        """Take up the text of this element."""
        self._collected = []

    def collected(self) -> str:
        """Return the text of the element that ends."""
        text, self._collected = "".join(self._collected or ()), None
        return text

    def _start(self, name: str, attributes: Attributes) -> None:
        self._levels += 1
        if self._levels > _MOST_LEVELS:
            message = "too deep"
            raise ValueError(message)
        if start := self.starts.get(name.rpartition(" ")[2]):
            start(attributes)

    def _end(self, name: str) -> None:
        self._levels -= 1
        if end := self.ends.get(name.rpartition(" ")[2]):
            end()

    def _characters(self, text: str) -> None:
        if self._collected is not None:
            self._collected.append(text)


def _refuse_doctype(*_: object) -> None:
    message = "a document type, which no spreadsheet program writes"
    raise ValueError(message)


def shared_strings(stream: IO[bytes]) -> list[str]:
    """Return the texts that the cells of a book share."""
    strings = _Strings()
    for _ in strings.parse(stream):
        pass
    return strings.found


class _Strings(_Stream):
    """Texts in runs, without their phonetic hints."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._runs: list[str] = []
        self._is_spoken = False
        self.starts = {"t": self.collect, "rPh": self._speak}
        self.ends = {"t": self._end_run, "rPh": self._hush, "si": self._end_string}

    def _speak(self, _: Attributes) -> None:
        self._is_spoken = True

    def _hush(self) -> None:
        self._is_spoken = False

    def _end_run(self) -> None:
        run = self.collected()
        if not self._is_spoken:
            self._runs.append(run)

    def _end_string(self) -> None:
        if len(self.found) == _MOST_TEXTS:
            message = (
                f"The file has more than {_MOST_TEXTS:,} texts. Copy the rows you need "
                f"into a new file, then select that file."
            )
            raise RefusedTableError(message)
        self.found.append("".join(self._runs).replace("x005F_", ""))
        self._runs.clear()


class Sheet(_Stream):
    """The cells of a sheet: only the filled ones are kept, and all are counted."""

    def __init__(self, texts: list[str], styles: Styles) -> None:
        super().__init__()
        self._texts = texts
        self._styles = styles
        self._parts = self._line = self._column = 0
        self._cell: Attributes | None = None  # None outside of cells
        self._value: str | None = None
        self._values: dict[int, Any] = {}
        self._found: list[tuple[int, list[Any]]] = []
        self.starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "f": self._refuse_formula,
            "v": self._start_text,
            "t": self._start_text,
            "mergeCell": _refuse_merged,
        }
        self.ends = {
            "v": self._end_value,
            "t": self._end_run,
            "c": self._end_cell,
            "row": self._end_row,
        }

    def rows(self, stream: IO[bytes]) -> Iterator[tuple[int, list[Any]]]:
        """Yield the line and the values of each row that has any.

        Raises:
            RefusedTableError: It is too large, or has a formula or merged cells.
            Exception: It is not a sheet.
        """
        for _ in self.parse(stream):
            yield from self._found
            self._found.clear()

    def _count(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise RefusedTableError(_TOO_MANY)

    def _start_row(self, attributes: Attributes) -> None:
        self._count()
        self._line = int(attributes.get("r", self._line + 1))
        self._column = 0

    def _start_cell(self, attributes: Attributes) -> None:
        self._count()
        self._cell = attributes
        place = attributes.get("r")
        self._column = (
            _column(place.rstrip("0123456789")) if place else self._column + 1
        )
        if self._column > _MOST_SHEET_COLUMNS:
            _refuse_columns(f"more than {_MOST_SHEET_COLUMNS:,}")

    def _start_text(self, attributes: Attributes) -> None:
        if self._cell is not None:
            self.collect(attributes)

    def _end_value(self) -> None:
        self._value = self.collected()

    def _end_run(self) -> None:
        self._value = (self._value or "") + self.collected()

    def _end_cell(self) -> None:
        cell, self._cell = self._cell or {}, None
        value, self._value = self._value, None
        if not value:
            return
        if self._line > _MOST_LINES:
            message = (
                f"The sheet goes on to line {self._line:,}. Split it and import the "
                "parts one after another."
            )
            raise RefusedTableError(message)
        self._values[self._column] = (
            self._meant(cell, value) if self._column <= MOST_COLUMNS else None
        )

    def _end_row(self) -> None:
        if not self._values:
            return
        last = max(self._values)
        if last > MOST_COLUMNS:
            _refuse_columns(f"{last:,}")
        values = [self._values.get(column) for column in range(1, last + 1)]
        self._found.append((self._line, values))
        self._values = {}

    def _meant(self, cell: Attributes, value: str) -> Any:
        """Return the value of a cell's text, by its type and its style."""
        match cell.get("t", "n"):
            case "s":
                return self._texts[int(value)]
            case "b":
                return bool(int(value))
            case "n":
                return self._number(value, int(cell.get("s", 0)))
            case "d":
                from openpyxl.utils.datetime import from_ISO8601  # noqa: PLC0415

                return from_ISO8601(value)  # type: ignore[no-untyped-call]
            case _:
                return value

    def _number(self, value: str, style: int) -> Any:
        number = float(value) if set(value) & set(".eE") else int(value)
        if style not in self._styles.dates:
            return number
        from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - takes a while

        is_duration = style in self._styles.durations
        try:
            return from_excel(number, self._styles.epoch, timedelta=is_duration)
        except (OverflowError, ValueError):
            return "#VALUE!"  # as a spreadsheet program shows it

    def _refuse_formula(self, _: Attributes) -> None:
        if self._cell is None:  # of a format or a check, not of a cell
            return
        place = self._cell.get("r", f"{self._column} in line {self._line}")
        message = (
            f"Cell {place[:30]} is a formula. Replace formulas with their values, then "
            f"select the file again."
        )
        raise RefusedTableError(message)


@cache
def _column(letters: str) -> int:
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 - takes a while

    return column_index_from_string(letters)


def _refuse_merged(attributes: Attributes) -> None:
    message = (
        f"The cells {attributes['ref'][:30]} are merged, so their row is unclear. "
        f"Unmerge them, then select the file again."
    )
    raise RefusedTableError(message)


def _refuse_columns(count: str) -> None:
    message = (
        f"The sheet has {count} columns; the limit is {MOST_COLUMNS}. Keep the columns "
        f"that describe a use case."
    )
    raise RefusedTableError(message)


_TOO_MANY = (
    f"The sheet has more than {_MOST_PARTS:,} cells, empty ones included. Copy the "
    f"rows you need into a new file, then select that file."
)

"""The cells of a usage CSV: days, counts and costs as spreadsheets write them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from audits.evaluations.formats.fields import MOST, visible
from audits.uploads.tables.amounts import Marks, TwoReadingsError
from audits.uploads.tables.faults import Faults
from audits.uploads.tables.totals import is_total
from audits.uploads.tables.written_days import DayOrder, NoOrderError
from audits.usage.rows import YEARS, Amount

COUNTS: tuple[Amount, ...] = (
    *("requests", "input_tokens", "cached_tokens", "output_tokens"),
)
_NAMES: Mapping[Amount, str] = {
    "requests": "requests",
    "input_tokens": "input",
    "cached_tokens": "cached input",
    "output_tokens": "output",
    "cost": "cost",
}
_SIGN = r"US\$|[$€£]|[A-Z]{3}"
_COST = re.compile(
    rf"(?P<before>{_SIGN})?\s*(?P<number>[\d.,].*?)\s*(?P<after>{_SIGN})?"
)
CURRENCIES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP"}
_DOLLARS = ("USD", "AUD", "CAD", "HKD", "NZD", "SGD")
_CODE = re.compile(r"[A-Z]{3}")
_DAY = "write it like 2026-11-28"
_WHOLE_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_MINUS = re.compile(r"^\s*[-−–]\s*")
_MINUS_IN_COST = re.compile(rf"^\s*({_SIGN})?\s*[-−–]\s*")
_SOME = re.compile(r"[1-9]")
_NOT_NEGATIVE = "write 0 or more, or leave the cell empty"
_MOST_NAMED = 4  # that a sentence names
_NO_MARKS = (
    "write numbers without marks between thousands, like 40000, and costs with two "
    "decimals"
)
type Amounts = dict[Amount, int | Decimal | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line, its cells by the name of their column, and how many it has."""

    line: int
    cells: Mapping[str, str | None]
    count: int


def adds_up(row: Row) -> bool:
    """Whether a row adds up the others: it says so where the day or model is."""
    return is_total(row.cells.get("day") or row.cells.get("model"))


def is_month(row: Row) -> bool:
    """Whether a row is for a whole month: its day is one like 2026-10."""
    return bool(_WHOLE_MONTH.fullmatch(row.cells.get("day") or ""))


@dataclass(slots=True)
class Sheet:
    """The rows of a file, and how its numbers and days are written.

    Attributes:
        columns: The place of each column that counts, by its name.
        currency_named: The code of the currency in the heading of the cost.
    """

    columns: Mapping[str, int]
    currency_named: str | None = None
    rows: list[Row] = field(default_factory=list)
    _headings: int = 0
    _marks: Marks = field(default_factory=Marks)
    _order: DayOrder = field(default_factory=DayOrder)
    _seen: set[tuple[date, str | None, bool]] = field(default_factory=set)

    def add(self, line: int, cells: Sequence[str], headings: int) -> None:
        """Keep a row, with the cells that count."""
        self._headings = headings
        found = {
            name: _shown(cells[place]) if place < len(cells) else None
            for name, place in self.columns.items()
        }
        count = len(cells)
        while count > headings and not cells[count - 1].strip():
            count -= 1  # empty cells at the end say nothing
        self.rows.append(Row(line, found, count))

    def learn(self, rows: Sequence[Row], faults: Faults) -> None:
        """Note how the file writes numbers and days, and where it contradicts itself.

        A row that ends early, as one of a file that was cut off does, is a fault. So is
        one with too many cells: a comma inside a number makes two of one.
        """
        for row in rows:
            self._order.learn(row.cells.get("day") or "")
            for name in COUNTS:
                self._marks.learn(row.cells.get(name) or "")
            if found := _cost_in(row.cells.get("cost") or "")[0]:
                self._marks.learn(found["number"])
            if row.count < self._headings:
                what = f"there are {row.count} cells for {self._headings} headings"
                then = "export the usage again, or fill in the row"
                faults.add(row.line, what, then)
            if row.count > self._headings:
                what = f"there are {row.count} cells for {self._headings} headings"
                then = "put each number with a comma in quotes, like “1,260.50”"
                faults.add(row.line, what, then)
        for cells, pair in (
            ("numbers", self._marks.contradiction),
            ("days", self._order.contradiction),
        ):
            if pair:
                what = (
                    f"writes {cells} in two ways, such as “{pair[0]}” and “{pair[1]}”"
                )
                faults.add(0, what, f"write all {cells} alike")

    def day(self, row: Row, faults: Faults) -> date | None:
        """Return the day; None if it is a fault."""
        text = row.cells.get("day") or ""
        if is_month(row):
            text = f"{text}-1"
        try:
            found = self._order.day(text)
        except NoOrderError:
            what = (
                f"“{text}” may be two days, because no day in the file is after the "
                "12th and tells which number is the month"
            )
            faults.add(row.line, what, "write the days like 2026-11-28")
            return None
        if found is None:
            faults.add(row.line, f"“day” is “{text}”", _DAY)
        elif found.year not in YEARS:
            then = f"correct its days, which may be from {YEARS[0]} to {YEARS[-1]}"
            faults.add(row.line, f"“day” is “{text}”", then)
            return None
        return found

    def amounts(self, row: Row, faults: Faults) -> Amounts:
        """Return the amounts; None where a cell is empty or a fault."""
        found: Amounts = {name: self._count(row, name, faults) for name in COUNTS}
        part, whole = found["cached_tokens"], found["input_tokens"]
        if part is not None and whole is not None and part > whole:
            what = "the cached input is more than the input"
            faults.add(row.line, what, "correct one of them")
        return {**found, "cost": self._cost(row, faults)}

    def currency(self, row: Row, faults: Faults) -> str:
        """Return the currency of the cost, by its code."""
        typed = row.cells.get("currency") or self.currency_named
        if typed is not None and not _CODE.fullmatch(typed):
            what = f"the currency is “{typed}”"
            faults.add(row.line, what, "write its code, like EUR")
            return typed
        sign = _sign(row)
        code = CURRENCIES.get(sign, sign)
        if sign and typed and typed != code and not (sign == "$" and typed in _DOLLARS):
            what = f"the cost is in “{sign}” and the currency is “{typed}”"
            faults.add(row.line, what, "correct one of them")
        return typed or code or "USD"

    def require_once(self, row: Row, days: Sequence[date], faults: Faults) -> None:
        """Note a day and model that was there before; a credit is beside its usage."""
        keys = [(day, row.cells.get("model"), is_credit(row)) for day in days]
        again = [day for day, *rest in keys if (day, *rest) in self._seen]
        self._seen.update(keys)
        if not again:
            return
        day = again[0]
        if "model" in self.columns:
            what = (
                f"{day:%-d %B %Y} is there again for the same model, so it may be "
                "counted twice"
            )
            then = "delete the copy, or add them up if both are real"
            faults.add(row.line, what, then)
            return
        what = f"{day:%-d %B %Y} is there again, and no column names the model"
        then = "add the column “model”, or add up the rows of a day"
        faults.add(row.line, what, then)

    def _count(self, row: Row, name: Amount, faults: Faults) -> int | None:
        """Return a whole number, or None."""
        text = row.cells.get(name)
        if text is None:
            return None
        try:
            number = self._marks.number(text)
        except TwoReadingsError:
            faults.add(row.line, _two(text), _NO_MARKS, name)
            return None
        if number is None and self._is_negative(text):
            what = f"“{text}” is negative"
            faults.add(row.line, what, _NOT_NEGATIVE, f"negative {name}")
            return None
        if number is None or number > MOST or number != int(number):
            what = f"“{text}” is not a whole number"
            faults.add(row.line, what, "write it like 40000", name)
            return None
        return int(number)

    def _cost(self, row: Row, faults: Faults) -> Decimal | None:
        """Return the cost, or None."""
        text = row.cells.get("cost")
        if text is None:
            return None
        found, is_negative = _cost_in(text)
        try:
            number = self._marks.number(found["number"]) if found else None
        except TwoReadingsError:
            faults.add(row.line, _two(text), _NO_MARKS, "cost")
            return None
        if number is None or number > MOST or (found and all(found.group(1, 3))):
            faults.add(row.line, f"the cost is “{text}”", "write it like 12.50")
            return None
        return -number if is_negative and number else number

    def _is_negative(self, text: str) -> bool:
        """Whether a cell would be a number without its minus."""
        if not _MINUS.match(text):
            return False
        try:
            return self._marks.number(_MINUS.sub("", text, count=1)) is not None
        except TwoReadingsError:
            return True


def _cost_in(text: str) -> tuple[re.Match[str] | None, bool]:
    """Return the parts of a cost, and whether it is below zero: “-€5” or “€-5”."""
    plain = _MINUS_IN_COST.sub(r"\1", text, count=1)
    return _COST.fullmatch(plain), plain != text


def is_credit(row: Row) -> bool:
    """Whether a row gives money back, as a credit note does; “-0.00” does not."""
    found, is_negative = _cost_in(row.cells.get("cost") or "")
    return is_negative and found is not None and bool(_SOME.search(found["number"]))


def without_cost(
    rows: Sequence[Row], days: Sequence[date | None], every: Sequence[Amounts]
) -> Iterator[str]:
    """Say which rows have no cost, if others have one.

    Args:
        rows: The rows of the file.
        days: The day of each.
        every: The amounts of each.
    """
    found = [
        (row.line, day)
        for row, day, amounts in zip(rows, days, every, strict=True)
        if amounts["cost"] is None and day is not None
    ]
    if not found or len(found) == len(rows):
        return
    named = [f"{line:,}" for line, _ in found[:_MOST_NAMED]]
    if more := len(found) - len(named):
        named.append(f"{more:,} more")
    which = f"Line {named[0]} has" if len(found) == 1 else f"Lines {listed(named)} have"
    months = sorted({day.replace(day=1) for _, day in found})
    told = [f"{month:%B %Y}" for month in months[:_MOST_NAMED]]
    if more := len(months) - len(told):
        told.append(f"{more:,} more months")
    yield f"{which} no cost, so the bill of {listed(told)} is not used."


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def compare_total(
    sheet: Sheet, total: Row, every: Sequence[Amounts], faults: Faults
) -> str:
    """Compare a row of totals with the rows above it, and say that it is left out.

    The total of costs may differ by what rounding each of them does.
    """
    told = sheet.amounts(total, faults)
    for name, said in told.items():
        known = [x for amounts in every if (x := amounts[name]) is not None]
        if said is None or len(known) < len(every):
            continue
        added = sum(map(Decimal, known), Decimal())
        if abs(added - said) > _rounding([said, *known]):
            what = (
                f"the total of “{_NAMES[name]}” is {said:,}, and the rows add up to "
                f"{added:,}"
            )
            then = "correct the rows, or remove the row of totals"
            faults.add(total.line, what, then, name)
    label = total.cells.get("day") or total.cells.get("model")
    return f"The last row, “{label}”, is left out: it adds up the others."


def _rounding(amounts: Sequence[int | Decimal]) -> Decimal:
    """Return by how much rounded costs may differ from their rounded total.

    Counts are never rounded. A cost may be rounded to its last digit, but not one
    without decimals beside others that have some.
    """
    ends = [int(x.as_tuple().exponent) for x in amounts if isinstance(x, Decimal)]
    is_whole = not any(ends)
    each = (Decimal(1).scaleb(end) / 2 for end in ends if end or is_whole)
    return sum(each, Decimal())


def _sign(row: Row) -> str:
    """Return what is beside the number of a cost, such as “$” or “EUR”."""
    found, _ = _cost_in(row.cells.get("cost") or "")
    return (found["before"] or found["after"] or "") if found else ""


def _two(text: str) -> str:
    digits = re.sub("[^0-9.,]", "", text)
    thousands, decimals = re.sub("[.,]", "", digits), digits.replace(",", ".")
    return f"“{text}” may be {thousands} or {decimals}"


def _shown(cell: str) -> str | None:
    return visible(" ".join(cell.split())) or None

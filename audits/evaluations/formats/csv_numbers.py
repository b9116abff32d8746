"""The time and the cost of each case in a CSV file, by the unit in the heading.

A column without a unit, or with a cell that is no plain number, is not read: then the
run says so. Rows without a time are left out of the times; one without a cost leaves
the cost of all unknown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audits.evaluations.formats.fields import visible
from audits.evaluations.runs import slowest
from audits.uploads.tables.amounts import Marks, TwoReadingsError

TIME, COST = "latency", "cost"
_NAMES = {
    TIME: ("latency", "duration", "time"),
    COST: ("cost", "costs", "price"),
}
_UNITS: Mapping[str, Mapping[str, Decimal]] = {
    TIME: {
        **dict.fromkeys(("ms", "msec", "millis", "milliseconds"), Decimal(1)),
        **dict.fromkeys(("s", "sec", "secs", "seconds"), Decimal(1000)),
    },
    COST: dict.fromkeys(("usd", "$", "dollars"), Decimal(1)),
}
_PARTS = re.compile(r"[^\W_]+|\$")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a column measures: its place, its heading and what a unit of it is."""

    what: str
    place: int
    heading: str
    factor: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The numbers of one run; `not_read` are headings, each with why."""

    cost: Decimal | None = None
    p50_ms: int | None = None
    p95_ms: int | None = None
    not_read: str | None = None


def measured_in(headings: Sequence[str]) -> list[Measured]:
    """Return the columns with a time or a cost, the first of each with a unit.

    >>> [(x.what, x.factor) for x in measured_in(["case", "latency_ms", "cost (USD)"])]
    [('latency', Decimal('1')), ('cost', Decimal('1'))]
    >>> measured_in(["cost"])[0].factor, measured_in(["costume", "time zone"])
    (None, [])
    """
    found: dict[str, Measured] = {}
    for place, heading in enumerate(headings):
        name, *rest = _PARTS.findall(heading.casefold()) or [""]
        unit = " ".join(rest)
        for what, names in _NAMES.items():
            factor = _UNITS[what].get(unit)
            is_named = name in names and (factor is not None or name == what)
            if is_named and (what not in found or found[what].factor is None):
                said = visible(heading.strip())
                found[what] = Measured(what, place, said, factor)
    return [*found.values()]


def numbers_in(columns: Sequence[Measured], rows: Sequence[Sequence[str]]) -> Numbers:
    """Return the numbers of the rows of one run.

    Args:
        columns: As `measured_in` returns them.
        rows: The cells of each row.

    >>> columns = measured_in(["latency_s", "cost_usd"])
    >>> numbers_in(columns, [["0.5", "0.01"], ["2", "0.03"]])
    Numbers(cost=Decimal('0.04'), p50_ms=500, p95_ms=2000, not_read=None)
    >>> numbers_in(measured_in(["latency"]), [["12"]]).not_read
    '“latency”: its heading has no unit that is known, such as in “latency_ms”'
    """
    known: dict[str, list[Decimal | None]] = {}
    why = []
    for column in columns:
        cells = [row[column.place] if column.place < len(row) else "" for row in rows]
        read = _read(column, [cell.strip() for cell in cells])
        if isinstance(read, str):
            why.append(f"“{column.heading}”: {read}")
        else:
            known[column.what] = read
    times = [float(time) for time in known.get(TIME, ()) if time is not None]
    costs = known.get(COST, [])
    paid = [cost for cost in costs if cost is not None]
    return Numbers(
        cost=sum(paid, Decimal()) if paid and len(paid) == len(costs) else None,
        p50_ms=slowest(times, 0.5),
        p95_ms=slowest(times, 0.95),
        not_read="; ".join(why) or None,
    )


def _read(column: Measured, cells: Sequence[str]) -> list[Decimal | None] | str:
    """Return the numbers of a column, or why it is not read."""
    if column.factor is None:
        example = {TIME: "latency_ms", COST: "cost_usd"}[column.what]
        return f"its heading has no unit that is known, such as in “{example}”"
    marks = Marks()
    for cell in cells:
        marks.learn(cell)
    found: list[Decimal | None] = []
    for cell in cells:
        try:
            number = marks.number(cell) if cell else None
        except TwoReadingsError:
            return f"“{visible(cell)}” may be two numbers"
        if cell and number is None:
            return f"“{visible(cell)}” is no plain number"
        found.append(None if number is None else number * column.factor)
    return found

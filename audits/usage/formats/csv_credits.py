"""Credits in a usage CSV: rows with a cost below zero, as a credit note has it.

A credit lowers what its model costs in its month, and is no usage: it is added to the
last day of that month on which the model was used.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from audits.uploads.tables.faults import Faults
from audits.usage.formats.csv_cells import (
    COUNTS,
    Amounts,
    Row,
    is_credit,
    is_month,
)

type Model = str | None
type Month = tuple[date, Model]


@dataclass(frozen=True, slots=True)
class Read:
    """A row that was read: its day, None if that is a fault, model and amounts."""

    row: Row
    day: date | None
    model: Model
    amounts: Amounts

    @property
    def other_days(self) -> tuple[date, ...]:
        """The days of a row for a whole month after its first, which has the amounts.

        Empty for other rows, and for credits, which are no usage of a day.
        """
        if self.day is None or not is_month(self.row) or is_credit(self.row):
            return ()
        _, last = monthrange(self.day.year, self.day.month)
        return tuple(self.day.replace(day=each) for each in range(2, last + 1))

    @property
    def without_use(self) -> Amounts:
        """What those days have: zero of all that the row says."""
        return {x: None if y is None else 0 for x, y in self.amounts.items()}

    @property
    def month(self) -> date:
        """The first day of its month."""
        return (self.day or date.min).replace(day=1)


def without_gaps(row: Row, amounts: Amounts) -> Amounts:
    """Return amounts in which the empty counts of a credit are zero."""
    if not is_credit(row):
        return amounts
    return {**amounts, **{x: 0 for x in COUNTS if amounts[x] is None}}


def booked(rows: Sequence[Read], faults: Faults) -> Iterator[Read]:
    """Yield the rows of usage as they are, and each credit on a day of usage.

    A credit that is more than its model costs in its month is a fault.
    """
    last: dict[Month, date] = {}
    left: dict[Month, Decimal] = {}
    usage = [each for each in rows if not is_credit(each.row)]
    models = {each.model for each in usage}
    for each in usage:
        yield each
        if each.day:
            of = each.month, each.model
            last[of] = max(each.day, last.get(of, each.day))
            left[of] = left.get(of, Decimal()) + (each.amounts["cost"] or 0)
    for credit, cost in _credits(rows):
        model = credit.model or (next(iter(models)) if len(models) == 1 else None)
        of = credit.month, model
        left[of] = left.get(of, Decimal()) + cost
        if model is None and None not in models:
            what = "the credit names no model, and the file has several"
            faults.add(credit.row.line, what, "name the model that it is for")
        elif left[of] < 0 or of not in last:
            what = f"the credit is more than its model costs in {credit.month:%B %Y}"
            then = "date it in the month of the bill that it lowers, or leave it out"
            faults.add(credit.row.line, what, then)
        yield replace(credit, day=last.get(of, credit.day), model=model)


def _credits(rows: Sequence[Read]) -> Iterator[tuple[Read, Decimal]]:
    for each in rows:
        cost = each.amounts["cost"]
        if each.day and cost is not None and is_credit(each.row):
            yield each, Decimal(cost)


def month_sentences(rows: Sequence[Read]) -> Iterator[str]:
    """Say which rows are for a whole month."""
    months = sorted({each.day for each in rows if each.day and each.other_days})
    for month in months:
        yield (
            f"What is given for the whole of {month:%B %Y} is counted on its first day."
        )


def credit_sentences(rows: Sequence[Read]) -> Iterator[str]:
    """Say that credits lower the cost of their months."""
    for credit, cost in _credits(rows):
        yield (
            f"Line {credit.row.line:,} is a credit of {-cost:,}, which lowers the cost "
            f"of {credit.month:%B %Y}."
        )

"""What is left of 12 months on a later day, such as that of a meeting.

The 12 months of an amount run from the day of its verdict. Part of them is over when a
board decides (docs/decisions/0055).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from audits.scoring.costs.cost_calendar import (
    MONTHS,
    CostCalendar,
    changes_in,
    months_from,
)
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import as_printed
from audits.scoring.money_row import MoneyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """12 months of a plan in US dollars: 12 such months, paid once, and changes.

    `left` is what is still to be paid on a day; None without such a day.
    """

    name: str
    month: Decimal
    once: Decimal
    year: Decimal
    left: Decimal | None

    @property
    def months(self) -> Decimal:
        """12 times the month."""
        return MONTHS * self.month

    @property
    def changes(self) -> Decimal | None:
        """What announced changes add, negative if they cost less."""
        return changes_in(self.month, self.once, self.year)


def paid(row: MoneyRow, on: date | None, *, begins: bool) -> Paid:
    """Return the 12 months of a plan, and what is left of them on a day.

    Args:
        row: The plan.
        on: The day; without it, nothing is said to be left.
        begins: Whether the plan begins on that day, or runs until then.
    """
    left = None
    if on:
        left = row.year.expected - passed(row.calendar, on, begins=begins)
    return Paid(
        name=SHORT_NAMES[row.technique],
        month=row.month.expected,
        once=row.calendar.once,
        year=row.year.expected,
        left=left,
    )


def passed(calendar: CostCalendar, on: date, *, begins: bool) -> Decimal:
    """Return what is not paid any more from a day on, rounded as pages print it.

    What runs in a month is spent evenly over it, as for a payback. A plan that begins
    on the day pays up front then.

    Args:
        calendar: The 12 months, rounded as pages print them.
        on: The day, which itself is not over.
        begins: Whether the plan begins on that day, or runs until then.

    Source: docs/method.md, formulas 10 and 13.
    """
    starts = months_from(calendar.months[0].start)
    up_front = calendar.at_start if begins else Decimal(0)
    if on >= starts[-1]:
        return calendar.total - up_front
    if on <= starts[0]:
        return Decimal(0)
    running = sum(
        (
            month.running * max((min(on, end) - start).days, 0) / (end - start).days
            for month, (start, end) in zip(
                calendar.months, pairwise(starts), strict=True
            )
        ),
        Decimal(0),
    )
    once = sum((x.amount for x in calendar.one_offs if x.day < on), Decimal(0))
    return as_printed(running + once - up_front)

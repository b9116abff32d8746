"""Which 12 months a board is asked to pay for: from the day on which it decides."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from audits.scoring.calendars.from_day import FromDay
from audits.scoring.costs.cost_calendar import months_from
from audits.scoring.days import in_words
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.months_from_day import awaited, paid


def asked_from(money: Money, day: date | None) -> date:
    """Return the first day of the 12 months that a sum pays for.

    It is the day of the decision, or without one that of the verdict: no board
    approves days that are over (docs/decisions/0197).
    """
    starts = money.chosen.starts
    return max(day, starts) if day else starts


def term_of(money: Money, first: date, *, has_table: bool) -> str:
    """Return the 12 months of a sum in words, unless a table beside it has them."""
    if has_table and first == money.chosen.starts:
        return ""
    return f" for the 12 months from {in_words(first)}"


def is_within(row: MoneyRow, day: date) -> bool:
    """Return whether a day is in the 12 months of a row, and not their first."""
    return row.starts < day < months_from(row.starts)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """12 months of a plan in US dollars: a `year`, and what is paid `once` in it."""

    once: Decimal
    year: Band


def counted_from(row: MoneyRow, day: date | None) -> Counted:
    """Return what 12 months of a plan cost from the day of a decision.

    They are those of the verdict where that day is not known, or not in them.

    Args:
        row: The plan that may end, or what replaces it.
        day: The day of the decision; None if nobody said.
    """
    if day is None or not is_within(row, day):
        return Counted(once=row.once, year=row.year)
    found = paid(row, day, begins="today" not in row.roles)
    once = found.once - found.spent
    if found.closed:
        once -= row.calendar.at_start
    return Counted(once=once, year=found.from_day or row.year)


def money_on(money: Money | None, day: date | None) -> Money | None:
    """Return the money behind a verdict whose rows cost 12 months from a later day.

    Args:
        money: The money; None without a price.
        day: The day of the decision; None if nobody said.
    """
    if money is None:
        return None

    def moved(row: MoneyRow) -> MoneyRow:
        return replace(row, year=counted_from(row, day).year)

    found = replace(money, rows=tuple(map(moved, money.rows)))
    if found.fallback:
        found = replace(found, fallback=moved(found.fallback))
    if found.today and found.at_risk_if == "we_go_on":
        found = replace(found, at_risk=found.today.year.expected)
    return found


def first_day(money: Money, day: date | None) -> date:
    """Return from when the rows of `money_on` count for the same day."""
    row = money.chosen
    return day if day and is_within(row, day) else row.starts


def plan_from(money: Money | None, day: date | None) -> FromDay | None:
    """Return 12 months of the plan that goes on if nobody acts, from a later day.

    None where the day is not after that of the verdict, where it is not known, or
    where the plan has stopped or cannot begin any more by then.

    Args:
        money: The money behind the verdict; None without a price.
        day: The day of the decision; None if nobody said.
    """
    today = money.today if money and money.state != "stopped" else None
    if today is None or day is None or not is_within(today, day):
        return None
    found, wait = paid(today, day, begins=False), today.calendar.wait
    if found.from_day is None or found.closed:
        return None
    serves = awaited(today.calendar, wait, day)[0] if wait and wait.is_ready else None
    return FromDay(day=day, year=found.from_day.expected, serves=serves)

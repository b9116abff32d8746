"""What a decision still saves on its day, and how much of that is engineers’ time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from audits.scoring.costs.cost_calendar import months_from
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.sums.month_parts import upkeep_of
from audits.scoring.sums.months_from_day import months_between, paid


@dataclass(frozen=True, slots=True, kw_only=True)
class NetParts:
    """What an advice costs less than the plan that it ends; negative if it is more.

    It counts the 12 months `since` a day, where that is after the first one of the
    verdict and the plan runs until then; else None. `year` has those of the verdict.
    `last` is the same from the day on which the model of that plan ends. `people` is
    the part of it for engineers’ time, in US dollars; None if that is not known.
    """

    saved: Decimal
    people: Decimal | None
    since: date | None = None
    year: "NetParts | None" = None
    last: "NetParts | None" = None

    @property
    def bills(self) -> Decimal | None:
        """The rest of it, which is billed."""
        return None if self.people is None else self.saved - self.people


def net_parts(
    assessment: Assessment, money: Money | None, on: date | None
) -> NetParts | None:
    """Return what an advice saves over 12 months; None where no plan ends.

    A plan that is only planned begins with the decision, so all its months count.

    Args:
        assessment: The assessment, with its numbers.
        money: The money behind it; None without a price.
        on: The day of the decision; None if nobody said.
    """
    if money is None or money.state == "stopped":
        return None
    ends, instead = money.today, money.recommended
    if ends is None or instead is None or ends == instead:
        return None
    saved, since = ends.year.expected - instead.year.expected, None
    if on and money.state == "running" and instead.starts < on < _last(instead):
        then, other = (
            paid(ends, on, begins=False).from_day,
            paid(instead, on, begins=True),
        )
        if then and other.from_day:
            saved, since = then.expected - other.from_day.expected, on
    people = _people(assessment, (ends, instead), since)
    year = net_parts(assessment, money, None) if since else None
    end = ends.end.day if since and ends.end and money.kind == "move" else None
    last = net_parts(assessment, money, end) if end and since and since < end else None
    last = last if last and last.since else None
    return NetParts(saved=saved, people=people, since=since, year=year, last=last)


def _people(
    assessment: Assessment, rows: tuple[MoneyRow, MoneyRow], since: date | None
) -> Decimal | None:
    ends, instead = (
        people_in(assessment, row, since, begins=begins)
        for row, begins in zip(rows, (False, True), strict=True)
    )
    return None if ends is None or instead is None else ends - instead


def in_box(parts: NetParts | None) -> str:
    """Say in a sentence what is saved, and of what it is made up; may be empty.

    >>> parts = NetParts(saved=Decimal(90), people=Decimal(100), since=None)
    >>> in_box(parts)
    'Engineers’ time is $100 less, bills $10 more.'
    >>> in_box(NetParts(saved=Decimal(90), people=None, since=date(2026, 12, 9)))
    'From 9 December 2026, it saves $90 over 12 months.'
    >>> in_box(NetParts(saved=Decimal(0), people=Decimal(5), since=date(2026, 12, 9)))
    'From 9 December 2026, it changes no cost over 12 months: engineers’ \
time is $5 less, bills $5 more.'
    >>> in_box(NetParts(saved=Decimal(-5), people=Decimal(-5)))
    'Engineers’ time is $5 more, bills are the same.'
    """
    if parts is None:
        return ""
    made = parts_said([parts])
    if parts.since is None:
        return made
    day, term = in_words(parts.since), " over 12 months"
    if (last := parts.last) and last.since:
        is_alike = min(last.saved, parts.saved) > 0
        then = f": ${written(last.saved)}" if is_alike else f", it {_saves(last.saved)}"
        term += f" (from {in_words(last.since)}{then})"
    why = f": {made[:1].lower()}{made[1:]}" if made else "."
    return f"From {day}, it {_saves(parts.saved)}{term}{why}"


def _saves(amount: Decimal) -> str:
    if not amount:
        return "changes no cost"
    left = written(abs(amount))
    return f"saves ${left}" if amount > 0 else f"costs ${left} more"


def parts_said(several: Iterable[NetParts]) -> str:
    """Say of what decisions save together is time and what bills; empty if unknown.

    >>> parts_said([NetParts(saved=Decimal(90), people=Decimal(90))])
    'All of it is engineers’ time.'
    """
    people, bills = Decimal(0), Decimal(0)
    for each in several:
        if each.people is None or each.bills is None:
            return ""
        people, bills = people + each.people, bills + each.bills
    if not people:
        return ""
    if not bills and people > 0:
        return "All of it is engineers’ time."
    if not bills:
        return f"Engineers’ time is {_changed(people)}, bills are the same."
    return f"Engineers’ time is {_changed(people)}, bills {_changed(bills)}."


def _changed(saved: Decimal) -> str:
    return f"${written(abs(saved))} {'less' if saved > 0 else 'more'}"


def _last(row: MoneyRow) -> date:
    return months_from(row.starts)[-1]


def people_in(
    assessment: Assessment, row: MoneyRow, since: date | None, *, begins: bool
) -> Decimal | None:
    """Return engineers’ time in the 12 months of a row, or in those from a day.

    None where it is not known of all that runs in them, or where they begin with an old
    model that only moves, or wait for a new one from that day on.
    """
    calendar = row.calendar
    is_moved = any(event.kind == "move" for event in calendar.events)
    if is_moved or (since and calendar.wait):
        return None
    found = last = Decimal(0)
    for (first, technique), (end, _) in pairwise((*_phases(row), (_last(row), None))):
        months = months_between(max(first, since or first), end, calendar)
        if technique is None or months == 0:
            continue
        rate = upkeep_of(assessment, technique)
        if rate is None:
            return None
        found, last = found + rate * months, rate
    if since:
        # The months after the first 12 cost what the last of their days does.
        found += last * months_between(row.starts, since, calendar)
    for work in calendar.one_offs:
        is_left = begins or since is None or work.day >= since
        found += work.amount if is_left and work.is_work else 0
    return as_printed(found)


def _phases(row: MoneyRow) -> Iterator[tuple[date, PricedTechnique | None]]:
    """Yield from when on what runs: until its model is ready, then it, then another."""
    wait, end, first = row.calendar.wait, row.end, row.starts
    if wait:
        yield first, wait.technique
        if not wait.is_ready:
            return
        first = wait.until
    yield first, row.technique
    if end and not end.is_same_price:
        follows = "prompt" if row.becomes_prompt else row.technique
        yield max(end.day, first), end.goes_on_as or follows

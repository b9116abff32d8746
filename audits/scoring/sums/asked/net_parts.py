"""What a decision still saves on its day, and how much of that is engineers’ time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.scoring.costs.cost_calendar import MONTHS
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.names.paid_training import paid_so_far
from audits.scoring.money.over_time.changes import paid_for_training
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.scoring.sums.asked.period import counted_from
from audits.scoring.sums.month_parts import upkeep_of
from audits.scoring.sums.months_from_day import awaited, months_between, paid


@dataclass(frozen=True, slots=True, kw_only=True)
class NetParts:
    """What an advice costs less than the plan that it ends; negative if it is more.

    It counts the 12 months `since` a day, where these save another sum than those of
    the verdict; else None.
    `last` is the same from the day on which the model of that plan ends. `people` is
    the part of it for engineers’ time, in US dollars; None if that is not known.
    """

    saved: Decimal
    people: Decimal | None
    since: date | None = None
    last: "NetParts | None" = None

    @property
    def bills(self) -> Decimal | None:
        """The rest of it, which is billed."""
        return None if self.people is None else self.saved - self.people


def net_parts(
    assessment: Assessment, money: Money | None, on: date | None
) -> NetParts | None:
    """Return what an advice saves over 12 months; None where no plan ends.

    A plan that runs has been paid until that day. One that is only planned would begin
    on it, as the advice does.

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
    saved = counted_from(ends, on).year.expected
    saved -= counted_from(instead, on).year.expected
    is_other = saved != ends.year.expected - instead.year.expected
    since = on if is_other else None
    people = _people(assessment, (ends, instead), since, money.state)
    end = ends.end.day if since and ends.end and money.kind == "move" else None
    last = net_parts(assessment, money, end) if end and since and since < end else None
    last = last if last and last.since else None
    return NetParts(saved=saved, people=people, since=since, last=last)


def _people(
    assessment: Assessment,
    rows: tuple[MoneyRow, MoneyRow],
    since: date | None,
    state: PlanState,
) -> Decimal | None:
    if since and paid(rows[0], since, begins=False).closed:
        return None
    ends, instead = (
        people_in(assessment, row, since, begins=begins)
        for row, begins in zip(rows, (state != "running", True), strict=True)
    )
    return None if ends is None or instead is None else ends - instead


def in_box(parts: NetParts | None) -> str:
    """Say of what a saving is made up, and what is saved if it waits; may be empty.

    >>> in_box(NetParts(saved=Decimal(90), people=Decimal(100)))
    'Engineers’ time is $100 less, bills $10 more.'
    >>> in_box(NetParts(saved=Decimal(-5), people=Decimal(-5)))
    'Engineers’ time is $5 more, bills are the same.'
    >>> late = NetParts(saved=Decimal(2), people=None, since=date(2027, 1, 14))
    >>> in_box(NetParts(saved=Decimal(90), people=None, last=late))
    'If it waits until 14 January 2027, it saves $2 over the 12 months from then.'
    """
    if parts is None:
        return ""
    made, last = parts_said([parts]), parts.last
    if last is None or last.since is None:
        return made
    day, saves = in_words(last.since), _saves(last.saved)
    waits = f"If it waits until {day}, it {saves} over the 12 months from then."
    return f"{made} {waits}".strip()


def paid_since(money: Money) -> str:
    """Say that nothing saves what a planned training took meanwhile; may be empty.

    Args:
        money: The money behind a verdict, which knows what was paid on its day.
    """
    left = paid_for_training(money.today)
    if not (left and paid_so_far(money)):
        return ""
    unpaid = f"${written(left)} of training was unpaid on {in_words(money.on)}"
    return f"{unpaid}; what is paid since is not saved."


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


def people_in(
    assessment: Assessment, row: MoneyRow, since: date | None, *, begins: bool
) -> Decimal | None:
    """Return engineers’ time in the 12 months of a row, or in those from a day.

    None where it is not known of all that runs in them, or where they begin with an old
    model that only moves, or where a new one is trained while they run.
    """
    calendar, wait = row.calendar, row.calendar.wait
    is_moved = any(event.kind == "move" for event in calendar.events)
    if is_moved or (since and wait and not begins):
        return None
    found = last = counted = Decimal(0)
    for technique, months in _phases(row, since):
        if technique is None or months == 0:
            counted += months
            continue
        rate = upkeep_of(assessment, technique)
        if rate is None:
            return None
        found, last, counted = found + rate * months, rate, counted + months
    # The months after the first 12 cost what the last of their days does.
    found += last * (MONTHS - counted)
    for work in calendar.one_offs:
        is_left = begins or since is None or work.day >= since
        found += work.amount if is_left and work.is_work else 0
    return as_printed(found)


def _phases(
    row: MoneyRow, since: date | None
) -> Iterator[tuple[PricedTechnique | None, Decimal]]:
    """Yield what runs and for how many of the 12 months, or of those from a day.

    At first what serves until a new model is ready, then it, then what follows it.
    """
    calendar, end, day = row.calendar, row.end, since or row.starts
    if wait := calendar.wait:
        if not wait.is_ready:
            yield wait.technique, Decimal(MONTHS)
            return
        ready, months = wait.until, months_between(day, wait.until, calendar)
        if since:
            ready, months = awaited(calendar, wait, since)
        yield wait.technique, months
        day = ready
    gives_way = end.day if end and not end.is_same_price else None
    yield row.technique, months_between(day, gives_way, calendar)
    if end and gives_way:
        follows = "prompt" if row.becomes_prompt else row.technique
        after = months_between(max(gives_way, day), None, calendar)
        yield end.goes_on_as or follows, after

"""By when a step of the evidence plan is done, going by the hours of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from audits.scoring.cards.card import Card
from audits.scoring.money.measuring import HOURS_A_DAY

_DAY = timedelta(days=1)
_SATURDAY = 5
_NO_DAY = "The plan names no day to count from."


@dataclass(frozen=True, slots=True, kw_only=True)
class ByWhen:
    """When a step is done, if one person takes the steps in order and nothing else.

    Attributes:
        start: The first working day on which the steps can begin.
        day: The day on which it is done as planned; None if there is no sound one.
        latest: The same if measuring takes as long as it may.
        why: Why there is none; empty if there is one.
    """

    start: date | None = None
    day: date | None = None
    latest: date | None = None
    why: str = ""


def by_when(cards: Sequence[Card], card: Card, on: date | None, today: date) -> ByWhen:
    """Return by when a step is done.

    Only working hours are known. So the days are working days of `HOURS_A_DAY` hours,
    from the one after today, as nobody says which steps are done and nobody begins on
    the day itself. The steps before it come first. Then come the days that it waits for
    others; other steps go on meanwhile. Holidays and other work are not known, and not
    counted.

    Args:
        cards: The steps, in the order to run them.
        card: One of them.
        on: The day of the plan: of the assessment. None if it names none.
        today: It counts where it is after the day of the plan.
    """
    if on is None:
        return ByWhen(why=_NO_DAY)
    hours = sum(each.hours for each in cards[: cards.index(card) + 1])
    factor = card.cost.factor
    start = _next_working_day(max(on, today) + _DAY)
    day, latest = (
        _after(_done(start, hours * each), card.waits)
        for each in (factor.expected, factor.high)
    )
    return ByWhen(start=start, day=day, latest=latest)


def may_change_by(cards: Sequence[Card], on: date) -> date | None:
    """Return by when the first step is done that may change the verdict; else None.

    If measuring takes as long as it may.

    Args:
        cards: The steps, in the order to run them.
        on: The day after which they begin.
    """
    changing = (x for x in cards if not all(each.stays for each in x.outcomes))
    card = next(changing, None)
    return by_when(cards, card, on, on).latest if card else None


def _done(start: date, hours: Decimal) -> date:
    """Return the working day on which so many hours are worked."""
    days = int((hours / HOURS_A_DAY).to_integral_value(ROUND_CEILING))
    return _after(start, max(days, 1) - 1)


def _after(day: date, days: int) -> date:
    """Return the day that is so many working days later."""
    for _ in range(days):
        day = _next_working_day(day + _DAY)
    return day


def _next_working_day(day: date) -> date:
    """Return a day, or the Monday after it if it is on a weekend.

    >>> _next_working_day(date(2026, 11, 28)), _next_working_day(date(2026, 11, 30))
    (datetime.date(2026, 11, 30), datetime.date(2026, 11, 30))
    """
    while day.weekday() >= _SATURDAY:
        day += _DAY
    return day

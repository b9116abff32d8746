"""How often the ranges of papers held, counted over months, and what that shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.evaluations.statistics.shares import wilson
from audits.evaluations.words import of_100
from audits.scoring.tracking.outcomes import ComparedMonth

# The fewest months whose 95 % interval leaves out half of all shares, whatever share of
# them was inside: 6 of 12 give 25 to 75 of 100, and 5 of 11 give 21 to 72.
LEAST_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How often ranges held, and what all months with a known cost come to.

    `inside`, `above` and `below` count months whose paper gave a range. `inside` leaves
    out `weak` ones. `no_range` counts the others whose cost is known, `unknown` those
    whose cost is not.

    Amounts are US dollars. `said`, `seen` and `rest`, the part of both that no usage
    file says, are sums over the months from `first` to `last`: None without any. `more`
    sums what months cost above what was said, `less` what others cost below it, both
    positive. `furthest` is the month that differs most; None if none does.
    `at_list_prices` counts months whose file has no bill, and `prices_checked` is the
    oldest day on which prices behind these were checked; None if it is not known.
    """

    inside: int
    above: int
    below: int
    weak: int
    no_range: int
    unknown: int
    said: Decimal
    seen: Decimal
    rest: Decimal
    more: Decimal
    less: Decimal
    first: date | None
    last: date | None
    furthest: ComparedMonth | None
    at_list_prices: int
    prices_checked: date | None

    @property
    def judged(self) -> int:
        """Months that test their range, and whose cost is known."""
        return self.inside + self.above + self.below

    @property
    def compared(self) -> int:
        """Months whose cost is known."""
        return self.judged + self.weak + self.no_range

    @property
    def difference(self) -> Decimal:
        """How much more all of these months cost than was said."""
        return self.seen - self.said


def held(months: Iterable[ComparedMonth]) -> Held:
    """Count months by where they are beside the range of their paper."""
    found = [*months]
    places = Counter(month.standing for month in found)
    known = [month for month in found if month.seen is not None]
    listed = [month for month in known if month.is_at_list_prices]
    checked = [month.prices_checked for month in listed if month.prices_checked]
    differences = [each for month in known if (each := month.difference)]
    furthest = max(known, key=_distance, default=None)
    return Held(
        inside=places["inside"],
        above=places["above"],
        below=places["below"],
        weak=places["weak"],
        no_range=places["no_range"],
        unknown=places["unknown"],
        said=sum((month.said for month in known), Decimal(0)),
        seen=sum((month.seen or Decimal(0) for month in known), Decimal(0)),
        rest=sum((month.rest for month in known), Decimal(0)),
        more=sum((each for each in differences if each > 0), Decimal(0)),
        less=-sum((each for each in differences if each < 0), Decimal(0)),
        first=min((month.first for month in known), default=None),
        last=max((month.first for month in known), default=None),
        furthest=furthest if furthest and furthest.difference else None,
        at_list_prices=len(listed),
        prices_checked=min(checked, default=None),
    )


def together(found: Iterable[Held]) -> Held:
    """Return what several groups of months come to, as `held` of all of them would."""
    every = [held(()), *found]
    days = {
        name: [day for each in every if (day := getattr(each, name))]
        for name in ("first", "last", "prices_checked")
    }
    months = [each.furthest for each in every if each.furthest]
    return Held(
        **{name: sum(getattr(each, name) for each in every) for name in _SUMS},
        first=min(days["first"], default=None),
        last=max(days["last"], default=None),
        prices_checked=min(days["prices_checked"], default=None),
        furthest=max(months, key=_distance, default=None),
    )


_SUMS = (
    *("inside", "above", "below", "weak", "no_range", "unknown"),
    *("said", "seen", "rest", "more", "less", "at_list_prices"),
)


def _distance(month: ComparedMonth) -> tuple[Decimal, date]:
    """Rank by how far a month is from what was said; of equal ones, by the newest."""
    return abs(month.difference or Decimal(0)), month.first


def range_message(found: Held) -> str:
    """Say how often ranges held, in one short sentence.

    >>> range_message(together(()))
    'No month has been compared yet'
    """
    if not found.judged:
        if found.weak:
            return "No month tests the range yet"
        return "No month has been compared yet"
    if found.judged == 1:
        place = "inside" if found.inside else "above" if found.above else "below"
        return f"The one month compared was {place} the range"
    inside = f"{found.inside}" if found.inside else "none"
    return f"Costs were inside the range in {inside} of {found.judged} months"


def conclusion(found: Held) -> str:
    """Say what can be concluded of other months; that nothing can, of too few.

    The months count as if they were drawn one by one. Those of one use case resemble
    each other, so the truth may be farther away, and the sentence says so.
    """
    if found.judged < LEAST_MONTHS:
        return (
            f"{_months(found.judged)} {'is' if found.judged == 1 else 'are'} too few "
            f"to say how often ranges hold: it takes {LEAST_MONTHS}."
        )
    interval = of_100(wilson(found.inside, found.judged))
    return (
        f"If other months are like these, {interval} are inside their range. This says "
        f"how sure a count of {found.judged} months is. No paper said how likely a "
        "month inside its range is. Months of one use case resemble each other, so the "
        "true share may be farther away."
    )


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"

"""How often the ranges of papers held, counted over months, and what that shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from audits.evaluations.statistics.shares import wilson
from audits.evaluations.words import of_100
from audits.scoring.tracking.outcomes import ComparedMonth
from audits.scoring.tracking.split import Cause

# The fewest months whose 95 % interval leaves out half of all shares, whatever share of
# them was inside: 6 of 12 give 25 to 75 of 100, and 5 of 11 give 21 to 72.
LEAST_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How often ranges held.

    `inside`, `above` and `below` count months whose paper gave a range; `no_range`
    counts the others whose cost is known. `difference` is how much more all of these
    months cost than was said, in US dollars, and `causes` those that add or save most
    of it, with `by_causes`. `unknown` counts months whose cost is not known.
    """

    inside: int
    above: int
    below: int
    no_range: int
    unknown: int
    difference: Decimal
    causes: tuple[Cause, ...]
    by_causes: Decimal

    @property
    def judged(self) -> int:
        """Months whose paper gave a range, and whose cost is known."""
        return self.inside + self.above + self.below

    @property
    def compared(self) -> int:
        """Months whose cost is known."""
        return self.judged + self.no_range


def held(months: Iterable[ComparedMonth]) -> Held:
    """Count months by where they are beside the range of their paper."""
    places: Counter[str] = Counter()
    by_causes: dict[tuple[Cause, ...], Decimal] = {}
    total = Decimal(0)
    for month in months:
        places[month.place] += 1
        if month.difference is None:
            continue
        total += month.difference
        for part in month.parts:
            before = by_causes.get(part.causes, Decimal(0))
            by_causes[part.causes] = before + (part.amount or 0)
    causes = max(by_causes, key=lambda each: abs(by_causes[each]), default=())
    amount = by_causes.get(causes, Decimal(0))
    return Held(
        inside=places["inside"],
        above=places["above"],
        below=places["below"],
        no_range=places["no_range"],
        unknown=places["unknown"],
        difference=total,
        causes=causes if amount else (),
        by_causes=amount,
    )


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
        f"If other months are like these, {interval} are inside their range. Months of "
        "one use case resemble each other, so the true share may be farther away."
    )


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"

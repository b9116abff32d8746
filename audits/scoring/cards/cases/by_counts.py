"""Where the count of passed cases turns the verdict, before a test is run.

The count is one from the fewest cases that can pass to the most. Where two of them lead
elsewhere, the engine decides between them, until both sides of the border are next to
each other.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil

from audits.frameworks.schema import Framework
from audits.scoring.cards.by_results import leading
from audits.scoring.cards.outcomes import CardOutcome, Led, by_verdict, led_to
from audits.scoring.deciding.shortfalls import small_gap
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates

_PARTS = 8  # in which the counts are tried, beside the borders of the target
type _Leads = Callable[[int], Led]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The counts that can come out, and what each of them would make of candidates.

    `fewest` and `most` of the cases can pass, `told` says in words that some number of
    them does, and `borders` are counts beside which a target turns.
    """

    fewest: int
    most: int
    then: Callable[[int], Candidates]
    told: Callable[[int, int], str]
    borders: tuple[int, ...] = ()


def of_counts(
    framework: Framework, assessment: Assessment, inputs: Inputs, counts: Counts
) -> tuple[CardOutcome, ...]:
    """Return what each count would mean, those side by side that lead alike as one.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
        counts: What can come out.
    """
    if assessment.on is None:
        return ()
    decides, known = leading(framework, assessment, inputs), dict[int, Led]()

    def leads(count: int) -> Led:
        if count not in known:
            known[count] = decides(counts.then(count))
        return known[count]

    outcomes: dict[Led, list[str]] = {}
    for low, high in _alike(leads, counts):
        led = led_to(outcomes, *leads(low))
        outcomes.setdefault(led, []).append(counts.told(low, high))
    return by_verdict(framework, assessment, outcomes)


def borders(target: Decimal | None, cases: int) -> tuple[int, int]:
    """Return the fewest cases that reach a target, and that miss it by little only.

    >>> borders(Decimal("0.9"), 200)
    (180, 169)
    """
    mark = float(target or 0)
    return ceil(mark * cases), ceil((mark - small_gap(cases)) * cases)


def _alike(leads: _Leads, counts: Counts) -> Iterator[tuple[int, int]]:
    """Yield the first and last of all counts in a row that lead alike."""
    first = counts.fewest
    for last in _turns(leads, counts):
        yield first, last
        first = last + 1
    yield first, counts.most


def _turns(leads: _Leads, counts: Counts) -> Iterator[int]:
    """Yield each count of which the next one leads elsewhere, in order."""
    width = counts.most - counts.fewest
    tried = {counts.fewest + width * part // _PARTS for part in range(_PARTS + 1)}
    beside = (border + step for border in counts.borders for step in (-2, -1, 0, 1))
    tried |= {x for x in beside if counts.fewest <= x <= counts.most}
    for low, high in pairwise(sorted(tried)):
        yield from _between(leads, low, high)


def _between(leads: _Leads, low: int, high: int) -> Iterator[int]:
    if _key(leads(low)) == _key(leads(high)):
        return
    if high - low == 1:
        yield low
        return
    middle = (low + high) // 2
    yield from _between(leads, low, middle)
    yield from _between(leads, middle, high)


def _key(led: Led) -> object:
    """Return what is alike of two: what opens the same questions leads there."""
    return led[1] or led

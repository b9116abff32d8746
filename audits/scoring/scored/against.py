"""A result beside its target: whether it reaches it, and what chance can do.

Chance is that of the cases that have a score. Where those without one could make it
reach or miss the target, it does neither.
"""

from decimal import Decimal

from audits.evaluations.judging import MarkState, judged
from audits.evaluations.runs import Run
from audits.evaluations.statistics.shares import Interval, wilson
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.unscored import as_scored, open_cases

_MOST_TIMES = 10  # as many cases as were run


def share_interval(row: ScoredCandidate) -> Interval | None:
    """Return what chance can do to the share of scored cases; None without such."""
    if row.passed is None or not row.with_score:
        return None
    return wilson(row.passed, row.with_score)


def is_open(row: ScoredCandidate, target: Decimal | None) -> bool:
    """Return whether cases without a score decide on which side of the target it is.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=200, passed=133, errors=67)
    >>> is_open(row, Decimal("0.85")), is_open(row, Decimal("0.6"))
    (True, False)
    """
    if target is None or row.score is None or not open_cases(row):
        return False
    mark = float(target)
    ends = (as_scored(row, passed=passed) for passed in (True, False))
    return len({_reaches(end, mark) for end in ends}) > 1


def is_chance(row: ScoredCandidate, target: Decimal) -> bool:
    """Whether the target is within what chance can do to the cases with a score."""
    return row.passed is not None and _state(row, float(target)) == "open"


def against_target(row: ScoredCandidate, target: Decimal | None) -> str:
    """Return whether a candidate reaches the target, and whether chance may explain it.

    Empty without a target. A mean score is no count of cases, so nothing more is known.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=120, passed=106)
    >>> against_target(row, Decimal("0.7"))
    'reaches 70 of 100, even at the lower end'
    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=90, mean=Decimal("0.8"))
    >>> against_target(row, Decimal("0.85"))
    'misses 85 of 100 with a mean score, not a count of passed cases'
    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=30, passed=27)
    >>> against_target(row, Decimal("0.9"))
    'reaches 90 of 100, not beyond chance: more cases show it only if a larger share \
passes'
    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=200, passed=133, errors=67)
    >>> against_target(row, Decimal("0.85"))
    'whether it reaches 85 of 100 is open, because 67 cases have no score'
    """
    if target is None or row.score is None:
        return ""
    mark = float(target)
    if is_open(row, target):
        return f"whether it reaches {mark * 100:g} of 100 is open, because {_left(row)}"
    said = f"{'reaches' if _reaches(row, mark) else 'misses'} {mark * 100:g} of 100"
    if row.passed is None:
        return f"{said} with a mean score, not a count of passed cases"
    return f"{said}{_by_chance(row, mark)}"


def _by_chance(row: ScoredCandidate, mark: float) -> str:
    """Say what chance can do to a count of cases beside a target, after a comma."""
    judgement = judged(_run(row), mark)
    ends = (as_scored(row, passed=passed) for passed in (True, False))
    is_settled = "open" not in {_state(end, mark) for end in ends}
    if judgement.state != "open" and is_settled:
        return f", even at the {'lower' if _reaches(row, mark) else 'upper'} end"
    if judgement.state != "open":
        return f", but chance may explain it, because {_left(row)}"
    more = judgement.more
    if more is None:
        share = "a larger" if _reaches(row, mark) else "another"
        return f", not beyond chance: more cases show it only if {share} share passes"
    if more > _MOST_TIMES * row.cases:  # no team runs so many
        return ", but chance may explain it"
    cases = "1 more case" if more == 1 else f"{more:,} more cases"
    # Else they may leave it open again, as one of five such tests does even so.
    if_so = "if as many pass (in 4 of 5 tests)"
    return f", but chance may explain it; about {cases} would show it {if_so}"


def _left(row: ScoredCandidate) -> str:
    """Say how many cases are open."""
    left = open_cases(row)
    cases, have, were = "cases", "have", "were"
    if left == 1:
        cases, have, were = "case", "has", "was"
    not_run = f" or {were} not run" * bool(row.lacks)
    return f"{left:,} {cases} {have} no score{not_run}"


def _reaches(row: ScoredCandidate, mark: float) -> bool:
    if row.passed is None:
        return (row.score or 0.0) >= mark
    return row.passed >= mark * row.cases


def _state(row: ScoredCandidate, mark: float) -> MarkState:
    return judged(_run(row), mark).state


def _run(row: ScoredCandidate) -> Run:
    return Run(tool="", n=row.with_score, passed=row.passed)

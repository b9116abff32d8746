"""Whether two runs have the same outcomes on the cases that both ran.

One column under two names is one test. Runs on which all cases end alike show nothing,
so nothing is said of them.
"""

from collections.abc import Hashable, Mapping, Sequence

from audits.evaluations.runs import Run, judged_cases
from audits.evaluations.statistics.agreement import ALIKE, is_beyond_chance

type Outcomes = Mapping[str, tuple[bool | None, float | None]]


def outcomes_of(run: Run) -> Outcomes:
    """Return what each case with a result did, by its id."""
    return {case.id: (case.passed, case.score) for case in judged_cases(run)}


def differing(one: Outcomes, other: Outcomes, fewest: int) -> tuple[int, int] | None:
    """Return how many cases both ran, and how many of them have another outcome.

    Args:
        one: The outcomes of a run.
        other: Those of another.
        fewest: So many cases both must have run.

    Returns:
        None where the outcomes are not alike, or all cases end alike. They are alike if
        none differs, or so few that chance does not explain it.

    >>> marks = "1101001101" * 10
    >>> run = {f"{n}": (mark == "1", None) for n, mark in enumerate(marks)}
    >>> differing(run, run, 30), differing(run, {**run, "0": (False, None)}, 30)
    ((100, 0), (100, 1))
    >>> differing(run, {**run, **{f"{n}": (False, None) for n in range(9)}}, 30)
    >>> same = dict.fromkeys(run, (True, None))
    >>> differing(same, same, 30)
    """
    both = [(x, other[case]) for case, x in one.items() if case in other]
    if len(both) < fewest or _all_alike([x for x, _ in both]):
        return None
    differ = sum(first != second for first, second in both)
    if not differ:
        return len(both), 0
    # A score that differs a little is another outcome, so only verdicts are counted.
    verdicts = [(x[0], y[0]) for x, y in both if None not in (x[0], y[0])]
    agreeing = sum(first == second for first, second in verdicts)
    if len(verdicts) < len(both) or agreeing < ALIKE * len(both):
        return None
    passed = sum(bool(x) for x, _ in verdicts), sum(bool(y) for _, y in verdicts)
    is_alike = is_beyond_chance(agreeing, len(both), passed)
    return (len(both), max(1, len(both) - agreeing)) if is_alike else None


def _all_alike(outcomes: Sequence[Hashable]) -> bool:
    return len(set(outcomes)) < 2  # noqa: PLR2004 - one outcome for all cases

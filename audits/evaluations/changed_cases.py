"""Which cases have another outcome in a later file with the same cases."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from audits.evaluations.runs import (
    Run,
    is_of_one,
    is_of_one_but_for_label,
    judged_cases,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCases:
    """A candidate whose cases have other outcomes: how many passed before and after."""

    candidate: str
    now_failed: int
    now_passed: int

    @property
    def number(self) -> int:
        """How many cases have another outcome."""
        return self.now_failed + self.now_passed


def changed_cases(
    earlier: Sequence[Run], later: Sequence[Run]
) -> tuple[ChangedCases, ...]:
    """Return the candidates of two files with the same cases and other outcomes.

    A candidate that has a label in one file only is the same if no other may be it.

    >>> from audits.evaluations.runs import Case
    >>> before = Run(tool="CSV", candidate="a", cases=(Case(id="1", passed=True),))
    >>> after = Run(tool="CSV", candidate="a", cases=(Case(id="1", passed=False),))
    >>> changed_cases([before], [after])[0].now_failed
    1
    >>> changed_cases([before], [before])
    ()
    """
    both = [(one, two) for one in earlier for two in later]
    pairs = [pair for pair in both if is_of_one(*pair)]
    known = {id(run) for pair in pairs for run in pair}
    alike = [pair for pair in both if is_of_one_but_for_label(*pair)]
    counted = Counter(id(run) for pair in alike for run in pair)
    pairs += [
        pair
        for pair in alike
        if all(counted[id(run)] == 1 and id(run) not in known for run in pair)
    ]
    found = (_changed(one, two) for one, two in pairs)
    return tuple(each for each in found if each.number)


def _changed(earlier: Run, later: Run) -> ChangedCases:
    before = {case.id: case.passed for case in judged_cases(earlier)}
    both = [
        (before[case.id], case.passed)
        for case in judged_cases(later)
        if case.id in before
    ]
    return ChangedCases(
        candidate=later.candidate or "",
        now_failed=both.count((True, False)),
        now_passed=both.count((False, True)),
    )

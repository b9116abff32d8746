"""That a later file has other outcomes for the same cases, as every reader is told."""

from collections.abc import Sequence

from audits.evaluations.changed_cases import ChangedCases
from audits.scoring.scored.kinds import unquoted


def outcomes_said(
    earlier: str, later: str, cases: int, found: Sequence[ChangedCases]
) -> str:
    """Return how many cases differ between two files, by candidate.

    Args:
        earlier: The name of the earlier file.
        later: That of the later one.
        cases: How many cases both have.
        found: The candidates with other outcomes, at least one.

    >>> one = ChangedCases(candidate="p", now_failed=60, now_passed=1)
    >>> said = outcomes_said("a.csv", "b.csv", 200, [one])
    >>> said.split("; ")[1][:48]
    'of “p”, 61 have another outcome: 60 failed only '
    """
    one, other = unquoted(earlier), unquoted(later)
    told = "; ".join(
        f"of “{unquoted(each.candidate)}”, {each.number:,} "
        f"{'has' if each.number == 1 else 'have'} another outcome: "
        f"{each.now_failed:,} failed only in “{other}”, {each.now_passed:,} only in "
        f"“{one}”"
        for each in found
    )
    same = "same case" if cases == 1 else f"same {cases:,} cases"
    return f"“{other}” has the {same} as “{one}”, by their ids; {told}."

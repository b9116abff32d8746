"""Other use cases with the same test, as every reader is told.

Else a team could register a use case again, leave a bad result behind in the first one,
and nobody who decides would know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.scoring.scored.kinds import unquoted

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedElsewhere:
    """Another use case with the same results file, or with the same cases.

    `cases` is how many cases are the same; None if the file is the same. `verdict` is
    empty where there is none yet.
    """

    reference: str
    name: str
    verdict: str
    cases: int | None


def elsewhere_said(found: Sequence[TestedElsewhere]) -> Iterator[str]:
    """Yield a sentence for each of the first, and how many more there are.

    >>> other = TestedElsewhere(reference="UC-0021", name="C", verdict="", cases=120)
    >>> [*elsewhere_said([other])]
    ['A file with the same 120 cases, by their ids, is also in UC-0021 “C”.']
    """
    yield from map(_said, found[:_MOST_NAMED])
    more = len(found) - _MOST_NAMED
    if more > 0:
        others = "use case has" if more == 1 else "use cases have"
        yield f"{more:,} more {others} the same file or cases."


def _said(found: TestedElsewhere) -> str:
    if found.cases is None:
        what = "The same results file"
    elif found.cases == 1:
        what = "A file with the same case, by its id,"
    else:
        what = f"A file with the same {found.cases:,} cases, by their ids,"
    then = f"; its verdict is “{found.verdict}”" if found.verdict else ""
    return f"{what} is also in {found.reference} “{unquoted(found.name)}”{then}."

"""Other use cases with the same test, as every reader is told.

Else a team could register a use case again, leave a bad result behind in the first one,
and nobody who decides would know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.scoring.results_behind.other_results import in_brackets
from audits.scoring.scored.kinds import unquoted

_MOST_NAMED = 3


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
    """Yield a sentence for the same file, and one for other files with the same cases.

    Each names the first use cases, and says how many there are more.

    >>> other = TestedElsewhere(reference="UC-0021", name="C", verdict="", cases=120)
    >>> [*elsewhere_said([other])]
    ['A file with the same 120 cases, by their ids, is also in UC-0021 “C”.']
    >>> other = TestedElsewhere(reference="UC-0021", name="C", verdict="", cases=1)
    >>> [*elsewhere_said([other])]
    ['A file with the same case, by its id, is also in UC-0021 “C”.']
    >>> same = TestedElsewhere(reference="UC-7", name="D", verdict="Wait", cases=None)
    >>> [said] = elsewhere_said([same] * 5)
    >>> said[:60]
    'The same results file is also in UC-7 “D” (verdict “Wait”), '
    >>> said[-38:]
    '(verdict “Wait”) and 2 more use cases.'
    """
    by_kind: dict[bool, list[TestedElsewhere]] = {}
    for each in sorted(found, key=_is_other_file):
        by_kind.setdefault(_is_other_file(each), []).append(each)
    for rows in by_kind.values():
        yield _said(rows[0]) if len(rows) == 1 else _all_said(rows)


def _is_other_file(found: TestedElsewhere) -> bool:
    return found.cases is not None


def _all_said(rows: Sequence[TestedElsewhere]) -> str:
    """Return in which several use cases the same file, or the same cases, are."""
    what = "The same results file is"
    if _is_other_file(rows[0]):
        what = "Files with the same cases, by their ids, are"
    named = [_named(each) for each in rows[:_MOST_NAMED]]
    if more := len(rows) - len(named):
        named.append(f"{more:,} more use case{'s' * (more > 1)}")
    return f"{what} also in {', '.join(named[:-1])} and {named[-1]}."


def _named(found: TestedElsewhere) -> str:
    """Return a use case, with how many cases are the same, and its verdict."""
    cases = "" if found.cases is None else f"{found.cases:,} cases"
    if found.cases == 1:
        cases = "1 case"
    verdict = f"verdict “{found.verdict}”" if found.verdict else ""
    return f"{found.reference} “{unquoted(found.name)}”{in_brackets(cases, verdict)}"


def _said(found: TestedElsewhere) -> str:
    if found.cases is None:
        what = "The same results file"
    elif found.cases == 1:
        what = "A file with the same case, by its id,"
    else:
        what = f"A file with the same {found.cases:,} cases, by their ids,"
    then = f"; its verdict is “{found.verdict}”" if found.verdict else ""
    return f"{what} is also in {found.reference} “{unquoted(found.name)}”{then}."

"""The same test in a draft that is gone, as every reader is told.

Else a team could delete a draft with a bad result, register the use case again, and
nobody who decides would know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from audits.scoring.days import in_words
from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.scored.kinds import KIND_NAMES, unquoted

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedRun:
    """What a run said of a candidate; `kind` is empty if it was never one."""

    kind: ScoredKind | None
    cases: int
    passed: int | None
    mean: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedTest:
    """A results file of a draft that is gone, which has cases of an audit.

    `shared` is how many of its `cases` are the same, or at least so many; it is None if
    the file is the same. All its `cases` are the same if `is_same_set`.
    """

    name: str
    is_discarded: bool
    imported: date
    dropped: date
    runs: tuple[DroppedRun, ...]
    cases: int
    shared: int | None
    is_same_set: bool = False
    is_at_least: bool = False


def dropped_said(found: Sequence[DroppedTest]) -> Iterator[str]:
    """Yield a sentence for each of the first, and how many more there are.

    >>> runs = (DroppedRun(kind="prompt", cases=200, passed=150, mean=None),)
    >>> days = {"imported": date(2026, 11, 3), "dropped": date(2026, 11, 5)}
    >>> test = DroppedTest(
    ...     name="A", is_discarded=False, runs=runs, cases=200, shared=None, **days
    ... )
    >>> [*dropped_said([test])][0][:61]
    'The same results file was imported on 3 November 2026 in “A”,'
    >>> [*dropped_said([test])][0][62:]
    'a draft that was deleted on 5 November: “Written prompt” passed 150 of 200.'
    """
    yield from map(_said, found[:_MOST_NAMED])
    more = len(found) - _MOST_NAMED
    if more > 0:
        drafts = "results file" if more == 1 else "results files"
        yield f"{more:,} more {drafts} of drafts that are gone had the same cases."


def _said(found: DroppedTest) -> str:
    where, results = f"imported on {_where(found)}", _results(found.runs)
    if found.shared is None:
        return f"The same results file was {where}: {results}."
    if found.is_same_set and found.cases == 1:
        return f"The same case, by its id, was {where}: {results}."
    if found.is_same_set:
        same = f"The same {found.cases:,} cases, by their ids, were {where}"
        return f"{same}: {results}."
    number = f"{'at least ' * found.is_at_least}{found.shared:,} of {found.cases:,}"
    are = "is" if found.cases == 1 else "are"
    return (
        f"Of the cases that were {where}, {number} {are} tested here again, by their "
        f"ids: there {results}."
    )


def _where(found: DroppedTest) -> str:
    """Return on which day and in which draft; a year is not said twice."""
    then, gone = in_words(found.imported), in_words(found.dropped)
    if found.imported.year == found.dropped.year:
        gone = gone.removesuffix(f" {found.dropped.year}")
    name = f"“{unquoted(found.name)}”"
    if found.is_discarded:
        return f"{then} in a draft of {name} that was discarded on {gone}"
    return f"{then} in {name}, a draft that was deleted on {gone}"


def _results(runs: Sequence[DroppedRun]) -> str:
    told = [_result(run) for run in runs[:_MOST_NAMED]]
    more = len(runs) - len(told)
    return "; ".join([*told, *([f"and {more:,} more"] if more else [])])


def _result(run: DroppedRun) -> str:
    """Return what a run said.

    >>> _result(DroppedRun(kind=None, cases=40, passed=9, mean=None))
    'a result that was left out passed 9 of 40'
    >>> _result(DroppedRun(kind="tuned", cases=40, passed=None, mean="0.71"))
    '“Tuned or distilled model” had a mean score of 0.71 on 40 cases'
    """
    who = f"“{KIND_NAMES[run.kind]}”" if run.kind else "a result that was left out"
    if run.passed is not None:
        return f"{who} passed {run.passed:,} of {run.cases:,}"
    mean = f"{float(run.mean or 0):.3g}"
    return f"{who} had a mean score of {mean} on {run.cases:,} cases"

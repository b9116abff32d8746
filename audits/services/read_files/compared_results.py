"""Compares the results of candidates on the same cases, in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from audits.evaluations.comparing import MOST_COMPARISONS, Comparison, compared
from audits.evaluations.runs import Run
from audits.evaluations.words import comparison_sentences, missing_sentences
from audits.models import Audit
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.kinds import unquoted
from audits.scoring.scored.words import name_of
from audits.services.read_files.results_files import names_of_files, runs_behind

_TWO = 2
_MOST_ON_PAPER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComparison:
    """Two candidates on the same cases.

    `cases` is how many both have a result for. One with a candidate that does not count
    is not `counted`. `missing` says which cases of one the other did not run.
    """

    cases: int
    counted: bool
    sentences: tuple[str, ...]
    missing: tuple[str, ...] = ()


def comparisons_of(audit: Audit, found: Candidates) -> list[ShownComparison]:
    """Return what candidates on the same cases show of each other, in sentences.

    Each is compared with the best one before it that was tried on the same cases; those
    that count come first. One that counts and shares no case says so. Only cases of
    results files can be compared. Results of one
    name are told apart by their files.

    Note: up to two queries, and none where there is nothing to compare.
    """
    rows = [row for row in found.rows if row.sha256 and not row.is_removed]
    if len(rows) < _TWO:
        return []
    behind = runs_behind(audit, rows)
    rows = [row for row in sorted(rows, key=_counted_and_best) if row.id in behind]
    names = _names(audit, rows)
    named = [
        (not row.why_not, replace(behind[row.id], candidate=name))
        for row, name in zip(rows, names, strict=True)
    ]
    return [*islice(_compared(named), MOST_COMPARISONS)]


def missing_told(audit: Audit) -> tuple[str, ...]:
    """Return which cases results lack, for pages that have no comparisons."""
    return missing_in(comparisons_of(audit, audit.given_candidates))


def missing_in(found: Sequence[ShownComparison]) -> tuple[str, ...]:
    """Return which cases results that count lack."""
    return tuple(said for each in found if each.counted for said in each.missing)


def compared_in(found: Sequence[ShownComparison]) -> tuple[str, ...]:
    """Return what results that count show of each other, for A6 of a paper."""
    told = [" ".join(each.sentences) for each in found if each.counted]
    more = len(told) - _MOST_ON_PAPER
    others = "1 more comparison" if more == 1 else f"{more:,} more comparisons"
    rest = [f"The review has {others}."] if more > 0 else []
    return (*told[:_MOST_ON_PAPER], *rest)


def _names(audit: Audit, rows: Sequence[ScoredCandidate]) -> list[str]:
    names = [f"“{name_of(row)}”" for row in rows]
    if len({*names}) == len(names):
        return names
    files = names_of_files(audit)
    return [
        f"{name} in “{unquoted(files[row.sha256])}”" if names.count(name) > 1 else name
        for row, name in zip(rows, names, strict=True)
    ]


def _counted_and_best(row: ScoredCandidate) -> tuple[bool, float]:
    return bool(row.why_not), -(row.score or 0)


def _compared(named: Sequence[tuple[bool, Run]]) -> Iterator[ShownComparison]:
    for place, (is_counted, run) in enumerate(named):
        alike = [each for each in named[:place] if _are_alike(each[1], run)]
        pairs = ((counts, compared(best, run)) for counts, best in alike)
        found = next((each for each in pairs if each[1].shared), None)
        if found:
            is_best_counted, comparison = found
            yield ShownComparison(
                cases=comparison.shared,
                counted=is_counted and is_best_counted,
                sentences=(*comparison_sentences(comparison),),
                missing=(*missing_sentences(comparison),),
            )
        elif is_counted and alike and all(_are_apart(x, run) for _, x in alike):
            apart = comparison_sentences(Comparison(first=alike[0][1], second=run))
            yield ShownComparison(cases=0, counted=True, sentences=(*apart,))


def _are_apart(one: Run, other: Run) -> bool:
    """Whether both have cases, and none of them is the same."""
    ids, others = ({case.id for case in run.cases} for run in (one, other))
    return bool(ids and others) and ids.isdisjoint(others)


def _are_alike(one: Run, other: Run) -> bool:
    """Whether two runs may be compared: those of other tools if both have verdicts."""
    if one.tool != other.tool:
        return None not in (one.passed, other.passed)
    return (one.task, one.measure) == (other.task, other.measure)

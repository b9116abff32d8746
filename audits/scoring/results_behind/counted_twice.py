"""The candidates of which several results count, as every reader sees them.

The better result of a kind decides. Else a team could add a better file beside the
honest one, and nobody who decides would know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.results_behind.other_results import in_brackets, scored, would_give
from audits.scoring.results_behind.replaced_results import (
    change_said,
    changes_of,
    lacks,
)
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.kinds import several_results
from audits.scoring.scored.replaced.replacing import result_in
from audits.scoring.scored.words import name_of

_TIMES = {2: "twice"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedTwice:
    """A candidate of which several results count.

    `decides` is the result that answers rest on, and None if none rests on one alone.
    """

    results: tuple[ScoredCandidate, ...]
    decides: ScoredCandidate | None


def counted_twice(assessment: Assessment) -> tuple[CountedTwice, ...]:
    """Return the candidates of which several results count."""
    if assessment.candidates is None:
        return ()
    inputs, _ = given_to(assessment)
    return tuple(
        CountedTwice(results=results, decides=_deciding(inputs, results))
        for results in _several(inputs)
    )


def cautions(
    inputs: Inputs, rows: Sequence[ScoredCandidate], files: Mapping[str, str]
) -> Iterator[str]:
    """Yield what a reviewer who vouches for results should know of them, in short.

    Args:
        inputs: All that was entered.
        rows: The results that an answer rests on.
        files: The names of the results files, by digest.
    """
    for results in _several(inputs):
        if any(row in results for row in rows):
            yield _counts(results, results[0], files)
    for row in rows:
        for _, earlier, later in changes_of(row):
            if result_in(earlier) == result_in(later):
                yield change_said(row, earlier, later)
                continue
            said = (
                f"“{name_of(row)}” had {scored(earlier)}{in_brackets(earlier.file)} "
                f"before {scored(later)}{in_brackets(earlier.then)}."
            )
            yield " ".join((said, *lacks(earlier, later)))


def in_few_words(inputs: Inputs, row: ScoredCandidate) -> str:
    """Return the other results of a candidate, for beside its score; may be empty."""
    parts = [
        f"other result: {scored(other)}"
        for results in _several(inputs)
        for other in results
        if row in results and other != row
    ]
    others = [x for x in row.replaced if result_in(x) != result_in(row)]
    if others:
        parts.append(f"before: {scored(others[-1])}")
    elif row.replaced:
        parts.append("changed")
    return f"{'; '.join(parts)} (A6)" if parts else ""


def _several(inputs: Inputs) -> tuple[tuple[ScoredCandidate, ...], ...]:
    found = inputs.candidates
    counted = (row for row in found.rows if not found.why_not(row, inputs.codes))
    return several_results(counted)


def _deciding(
    inputs: Inputs, results: Sequence[ScoredCandidate]
) -> ScoredCandidate | None:
    """Return the result that alone of these is behind an answer."""
    behind = inputs.answered.behind.values()
    alone = [
        row
        for row in results
        if any(row in rows and sum(x in rows for x in results) == 1 for rows in behind)
    ]
    return max(alone, key=lambda row: row.score or 0.0, default=None)


def counted_twice_words(
    framework: Framework, assessment: Assessment, files: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what every reader has to know about each of them, as `results_told`."""
    return tuple(
        _said(framework, assessment, each, files) for each in counted_twice(assessment)
    )


def _said(
    framework: Framework,
    assessment: Assessment,
    found: CountedTwice,
    files: Mapping[str, str],
) -> str:
    said = _counts(found.results, found.decides or found.results[0], files)
    if found.decides is None:
        return f"{said} No answer rests on one of them alone."
    others = (row for row in found.results if row is not found.decides)
    alone = (_alone(framework, assessment, found, row, files) for row in others)
    return " ".join((said, f"{_result(found.decides, files)} decides.", *alone))


def _counts(
    results: Sequence[ScoredCandidate],
    called: ScoredCandidate,
    files: Mapping[str, str],
) -> str:
    """Say that a candidate counts more than once, with every result."""
    times = _TIMES.get(len(results), f"{len(results)} times")
    told = " and ".join(_result(row, files) for row in results)
    return f"“{name_of(called)}” counts {times}: {told}."


def _alone(
    framework: Framework,
    assessment: Assessment,
    found: CountedTwice,
    row: ScoredCandidate,
    files: Mapping[str, str],
) -> str:
    """Return what would follow if one result alone counted for the candidate."""
    inputs, _ = given_to(assessment)
    left = {each.id for each in found.results} - {row.id}
    rows = tuple(each for each in inputs.candidates.rows if each.id not in left)
    then = would_give(framework, assessment, replace(inputs.candidates, rows=rows))
    return f"With {_result(row, files)} alone, {then}."


def _result(row: ScoredCandidate, files: Mapping[str, str]) -> str:
    source = files.get(row.sha256, "a results file") if row.sha256 else "typed"
    return f"{scored(row)} ({source})"

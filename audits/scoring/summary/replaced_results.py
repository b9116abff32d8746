"""The results of candidates that later ones replaced, as every reader sees them.

Else a team could let a worse result go by uploading a better file, and nobody who
decides would know.
"""

from collections.abc import Iterator
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import ReplacedResult, ScoredCandidate
from audits.scoring.scored.words import name_of
from audits.scoring.summary.other_results import in_brackets, scored, would_give

_MOST_TRIED = 8  # what earlier results gave is worked out for so many of a candidate


def replaced_results(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return a sentence for each result that was replaced, or counted and was removed.

    Those of one candidate come the oldest first.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided with the later ones.
    """
    found = assessment.candidates
    return tuple(
        sentence
        for row in (found.rows if found else ())
        for sentence in _of(framework, assessment, row)
    )


def _of(
    framework: Framework, assessment: Assessment, row: ScoredCandidate
) -> Iterator[str]:
    for place, (earlier, later) in enumerate(replacements(row)):
        day = in_words(earlier.day) if earlier.day else ""
        by = f"by {earlier.by}" if earlier.by else ""
        said = [
            f"Earlier result of “{name_of(row)}”: {scored(earlier)}"
            f"{in_brackets(earlier.file, day)}, replaced by {scored(later)}"
            f"{in_brackets(earlier.then, by)}.",
            *lacks(earlier, later),
        ]
        if not row.why_not and place >= len(row.replaced) - _MOST_TRIED:
            then = _if_it_counted(framework, assessment, row, earlier)
            said.append(f"With the earlier result, {then}.")
        yield " ".join(said)
    if row.is_removed and not row.wrong and not replace(row, is_removed=False).why_not:
        yield f"Removed result of “{name_of(row)}”: {scored(row)}."


def replacements(
    row: ScoredCandidate,
) -> Iterator[tuple[ReplacedResult, ReplacedResult | ScoredCandidate]]:
    """Yield each result that was replaced, and the one that replaced it."""
    return zip(row.replaced, (*row.replaced[1:], row), strict=False)


def lacks(
    earlier: ReplacedResult, later: ReplacedResult | ScoredCandidate
) -> Iterator[str]:
    """Yield what a later result lacks of the one that it replaces; maybe nothing.

    >>> earlier = ReplacedResult(cases=90, passed=60, missing=40, missing_failed=38)
    >>> later = ScoredCandidate(id="c1", kind="prompt", cases=50, passed=48)
    >>> " ".join(lacks(earlier, later))[28:]
    '40 earlier cases are missing: 38 of them had failed.'
    """
    fewer, missing = earlier.cases - later.cases, earlier.missing
    if fewer > 0:
        yield f"{fewer:,} fewer case{'s' * (fewer != 1)} than before."
    if not missing:
        return
    said = "1 earlier case is" if missing == 1 else f"{missing:,} earlier cases are"
    failed = earlier.missing_failed
    if failed is None:
        yield f"{said} missing."
    elif missing == 1:
        yield f"{said} missing: it had {'failed' if failed else 'passed'}."
    else:
        how_many = {0: "none", missing: "all"}.get(failed, f"{failed:,}")
        yield f"{said} missing: {how_many} of them had failed."


def _if_it_counted(
    framework: Framework,
    assessment: Assessment,
    row: ScoredCandidate,
    earlier: ReplacedResult,
) -> str:
    before = replace(row, cases=earlier.cases, passed=earlier.passed, mean=earlier.mean)
    inputs, _ = given_to(assessment)
    rows = (before if each.id == row.id else each for each in inputs.candidates.rows)
    found = replace(inputs.candidates, rows=tuple(rows))
    return would_give(framework, assessment, found)

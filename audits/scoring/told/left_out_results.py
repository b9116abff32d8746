"""What results of a file that were never a candidate would give, as readers are told.

Nobody has said what kind of candidate they are, so two kinds are tried: a prompt, which
most results are, and a stronger model.
"""

from collections.abc import Sequence
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.results_behind.other_results import scored, verdict_with
from audits.scoring.scored.against import against_target
from audits.scoring.scored.candidates import ScoredCandidate, ScoredKind
from audits.scoring.scored.kinds import KIND_NAMES, unquoted

_MOST_NAMED = 5
_KINDS: tuple[ScoredKind, ...] = ("prompt", "stronger")


def left_out_said(
    framework: Framework,
    assessment: Assessment,
    name: str,
    rows: Sequence[ScoredCandidate],
) -> str:
    """Return which results a file also has, those with the best score first.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided without them.
        name: The name of the file.
        rows: The results, each with a digest, of any kind.
    """
    told = [_said(framework, assessment, row) for row in _best(rows)]
    more = len(rows) - len(told)
    named = "; ".join([*told, *([f"and {more:,} more"] if more else [])])
    return f"“{name}” also has results that were left out: {named}."


def left_out_verdicts(
    framework: Framework, assessment: Assessment, rows: Sequence[ScoredCandidate]
) -> tuple[str, ...]:
    """Return which other verdicts the results of a file that are named would give.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided without them.
        rows: The results, as for `left_out_said`.
    """
    verdicts = (
        _named(framework, assessment, replace(row, kind=kind))
        for row in _best(rows)
        if not row.why_not
        for kind in _KINDS
    )
    return tuple(dict.fromkeys(x for x in verdicts if x != assessment.named.name))


def _best(rows: Sequence[ScoredCandidate]) -> list[ScoredCandidate]:
    return sorted(rows, key=lambda row: -(row.score or 0.0))[:_MOST_NAMED]


def _said(framework: Framework, assessment: Assessment, row: ScoredCandidate) -> str:
    score = f"{scored(row)}{' passed' * (row.passed is not None)}"
    target = given_to(assessment)[0].candidates.target
    against = against_target(row, target)
    name = f"“{unquoted(row.model)}”" if row.model else "without a name"
    said = [f"{name}, {score}", against]
    if row.why_not:
        return ", ".join(filter(None, (*said, "too few cases to count")))
    verdicts: dict[str, list[str]] = {}
    for kind in _KINDS:
        verdict = _verdict(framework, assessment, replace(row, kind=kind))
        verdicts.setdefault(verdict, []).append(f"“{KIND_NAMES[kind]}”")
    then = (
        f"as {' or '.join(kinds)}, the verdict would be {verdict}"
        for verdict, kinds in verdicts.items()
    )
    return f"{', '.join(filter(None, said))} ({'; '.join(then)})"


def _verdict(framework: Framework, assessment: Assessment, row: ScoredCandidate) -> str:
    name = _named(framework, assessment, row)
    return "the same" if name == assessment.named.name else f"“{name}”"


def _named(framework: Framework, assessment: Assessment, row: ScoredCandidate) -> str:
    """Return the name of the verdict with one more result."""
    found = given_to(assessment)[0].candidates
    then = replace(found, rows=(*found.rows, row))
    return verdict_with(framework, assessment, then)

"""Which model is behind “even the strongest allowed model falls short”.

Only a person knows which model is the strongest that may be used, so every reader is
told which one the team says is it, where the verdict rests on that.
"""

from collections.abc import Iterator
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.words import name_of
from audits.scoring.summary.results.other_results import scored, verdict_with

CALLED = "which the team calls the strongest model it may use"


def strongest_model(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield the strongest models that a verdict rests on, in a sentence.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    if assessment.candidates is None:
        return
    inputs, _ = given_to(assessment)
    found = inputs.candidates
    named = [
        row
        for row in found.rows
        if row.kind == "stronger"
        and row.is_allowed
        and not found.why_not(row, inputs.codes)
    ]
    if not named:
        return
    others = tuple(row for row in found.rows if row not in named)
    verdict = verdict_with(framework, assessment, replace(found, rows=others))
    if verdict != assessment.named.name:
        told = " and ".join(
            f"“{name_of(row)}”, {CALLED}: {scored(row)}" for row in named
        )
        without = "it" if len(named) == 1 else "them"
        yield (
            f"The verdict rests on {told}. Without {without}, it would be “{verdict}”."
        )

"""The risks that answers show, where the author of page 1 names none."""

from collections.abc import Iterator

from audits.frameworks.evaluation import EvaluationContext, holds
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.deciding.circumstances import AS_GIVEN
from audits.scoring.deciding.trial import context
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Failing, Inputs
from audits.scoring.scored.todays import todays_result
from audits.scoring.scored.words import short_name

_WRONG = "{wrong}"


def derived_risks(
    framework: Framework, assessment: Assessment, most: int
) -> tuple[str, ...]:
    """Return what the answers show of risks, the strongest first, in sentences.

    Args:
        framework: The framework, whose rows say it.
        assessment: The assessment.
        most: How many to return.
    """
    at = context(framework, assessment.codes, AS_GIVEN)
    return tuple(_held(framework, assessment, at))[:most]


def _held(
    framework: Framework, assessment: Assessment, at: EvaluationContext
) -> Iterator[str]:
    inputs = given_to(assessment)[0] if assessment.on else None
    counted = inputs.failing if inputs else None
    wrong = _counted(counted) or _as_said(framework, at)
    if inputs and counted and counted.failed:
        wrong += _beside(inputs, counted)
    for row in framework.risks:
        # “I don't know yet” is no answer that says anything.
        code = assessment.codes.get(row.answered, UNKNOWN)
        if (row.counted and not _counted(counted)) or (
            row.answered and code == UNKNOWN
        ):
            continue
        if holds(row.when, None, at) is True:
            yield row.says.replace(_WRONG, wrong)


def _counted(found: Failing | None) -> str:
    """Say how many answers a result found wrong; empty if it counted none."""
    if found is None or not found.failed:
        return ""
    said = f"“{found.name}”"
    are = "is" if found.failed == 1 else "are"
    return f"{found.failed:,} of {found.cases:,} tested answers of {said} {are} wrong"


def _beside(inputs: Inputs, found: Failing) -> str:
    """Say how many are wrong of what runs today, where that is another way."""
    today = inputs.numbers.get("today", "")
    row = todays_result(inputs.candidates, inputs.codes, today)
    if row is None or row.passed is None or short_name(row) == found.name:
        return ""
    wrong = row.cases - row.passed
    return f" (today: {wrong:,} of {row.cases:,})"


def _as_said(framework: Framework, at: EvaluationContext) -> str:
    """Say that answers are wrong, as the team said it."""
    rows = framework.named.get("wrong", ())
    return next((x.says for x in rows if holds(x.when, None, at)), "")

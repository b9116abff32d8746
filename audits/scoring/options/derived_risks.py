"""The risks that answers show, where the author of page 1 names none."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import shorten
from typing import NamedTuple

from audits.frameworks.evaluation import EvaluationContext, holds
from audits.frameworks.faults import RiskRow
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.days import in_words
from audits.scoring.deciding.circumstances import AS_GIVEN
from audits.scoring.deciding.trial import context
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Failing, Inputs
from audits.scoring.scored.todays import todays_result
from audits.scoring.scored.words import short_name

_WRONG = "{wrong}"
# A condition is about a risk if both have two long words, whatever their endings are.
_LONG, _START, _SHARED = 5, 5, 2
_NAMED = 48
# What a test set shows where it says that a target is met.
_MET = (("quality_gap", "met"), ("incumbent", "meets"))


class MetCondition(NamedTuple):
    """A condition of the sign-off before, confirmed as met on a day."""

    words: str
    on: date


def derived_risks(
    framework: Framework,
    assessment: Assessment,
    most: int,
    met: Sequence[MetCondition] = (),
) -> tuple[str, ...]:
    """Return what the answers show of risks, the strongest first, in sentences.

    Args:
        framework: The framework, whose rows say it.
        assessment: The assessment.
        most: How many to return.
        met: The conditions of the sign-off before that were met since, which an answer
            of that time does not know.
    """
    at = context(framework, assessment.codes, AS_GIVEN)
    return tuple(says for _, says in _held(framework, assessment, at, met))[:most]


def doubts_of_tests(
    framework: Framework, assessment: Assessment, met: Sequence[MetCondition] = ()
) -> tuple[str, ...]:
    """Return what puts a target that is met, as measured, in doubt; may be empty.

    Args:
        framework: The framework, whose rows say it.
        assessment: The assessment.
        met: As for `derived_risks`.
    """
    codes, levels = assessment.codes, assessment.levels
    told = (q for q, met_code in _MET if codes.get(q) == met_code)
    if not any(levels.get(question) == "measured" for question in told):
        return ()
    at = context(framework, codes, AS_GIVEN)
    held = _held(framework, assessment, at, met)
    return tuple(says for row, says in held if row.doubts_tests)


def _held(
    framework: Framework,
    assessment: Assessment,
    at: EvaluationContext,
    met: Sequence[MetCondition],
) -> Iterator[tuple[RiskRow, str]]:
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
            says = row.says.replace(_WRONG, wrong)
            found = next((x for x in met if _is_about(x.words, says)), None)
            if row.answered and found:
                says = _outdated(framework, assessment, row.answered, found)
            yield row, says


def _outdated(
    framework: Framework, assessment: Assessment, question: str, found: MetCondition
) -> str:
    """Say that an answer and a condition that was met contradict each other."""
    label = framework.question_by_id[question].label
    said = framework.words(question, assessment.codes)
    words = shorten(found.words, _NAMED, placeholder="…")
    return (
        f"The answer “{label}: {said}” may be out of date: “{words}”, a condition of "
        f"the last sign-off, was met on {in_words(found.on)}."
    )


def _is_about(words: str, risk: str) -> bool:
    return len(_starts(words) & _starts(risk)) >= _SHARED


def _starts(text: str) -> set[str]:
    long = re.findall(rf"\w{{{_LONG},}}", text.lower())
    return {word[:_START] for word in long}


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

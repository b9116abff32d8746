"""Reads what an audit's entries amount to: the verdict, and the money."""

from datetime import date
from functools import lru_cache
from typing import Any, cast

from django.utils import timezone

from audits.frameworks import loader
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework, VerdictWords
from audits.models import Audit
from audits.models.audits import values
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs

SCORE_FIELDS = (
    "verdict",
    "open_questions",
    "strength",
    "answered",
    "applicable",
    "scored_at",
    "landscape_date",
)


def framework_of(audit: Audit) -> Framework:
    """Return the framework an audit is held against.

    Raises:
        LookupError: This release does not ship it.
    """
    return loader.published(audit.framework, audit.framework_version)


def verdict_words(audit: Audit) -> VerdictWords | None:
    """Return the words for an audit's verdict, or None if it has none yet."""
    return framework_of(audit).verdicts.get(cast("Verdict", audit.verdict))


def assessment_of(audit: Audit, *, open_only: bool = False) -> Assessment:
    """Return what the answers amount to: frozen if submitted, else as of now.

    Args:
        audit: The audit.
        open_only: Of one that is not submitted: as `assess_today` takes it.
    """
    if audit.assessment is not None:
        return document.load(audit.assessment)
    return assess_today(audit, open_only=open_only)


def panel_assessment_of(audit: Audit) -> Assessment:
    """Return the same with as much as the panel shows of a draft, as a save does."""
    if audit.assessment is not None:
        return document.load(audit.assessment)
    return assess_today(audit, open_only=True)


def assess_today(audit: Audit, *, open_only: bool = False) -> Assessment:
    """Assess an audit on the market of today, its numbers included.

    Equal inputs give an equal assessment, so those of late are kept by all of them:
    a page that shows what was just saved has no need to make it again.

    Args:
        audit: The audit.
        open_only: Whether to try only changes of what is not known.
    """
    framework, inputs = framework_of(audit), inputs_of(audit)
    return _assessed(
        framework,
        tuple(inputs.codes.items()),
        tuple(inputs.levels.items()),
        tuple(inputs.numbers.items()),
        on=timezone.localdate(),
        open_only=open_only,
    )


type _Items = tuple[tuple[str, Any], ...]


@lru_cache(maxsize=128)
def _assessed(
    framework: Framework,
    codes: _Items,
    levels: _Items,
    numbers: _Items,
    *,
    on: date,
    open_only: bool,
) -> Assessment:
    inputs = Inputs(codes=dict(codes), levels=dict(levels), numbers=dict(numbers))
    return assess_on(framework, inputs, on, open_only=open_only)


def inputs_of(audit: Audit) -> Inputs:
    """Return what a team gave, to be held against any day or framework."""
    return Inputs(
        codes=audit.codes, levels=values(audit.levels), numbers=values(audit.numbers)
    )


def strength_of(assessment: Assessment) -> str:
    """Return the id of the strength of evidence; empty where none is told."""
    return assessment.advice.strength.id if assessment.advice else ""


def store_score(audit: Audit, assessment: Assessment) -> None:
    """Set an audit's columns to what it amounts to; saving is the caller's."""
    is_scored = bool(audit.codes)
    audit.verdict = assessment.verdict if is_scored else ""
    audit.open_questions = len(assessment.open_questions) if is_scored else None
    audit.strength = strength_of(assessment) if is_scored else ""
    audit.answered = assessment.answered
    audit.applicable = assessment.applicable
    audit.scored_at = timezone.now()
    audit.landscape_date = timezone.localdate(audit.scored_at)

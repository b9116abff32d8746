"""Reads what an audit's entries amount to: the verdict, and the money."""

from datetime import date
from functools import lru_cache
from typing import cast

from django.utils import timezone

from audits.frameworks import loader
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework, VerdictWords
from audits.models import Audit
from audits.models.audits import values
from audits.scoring import Assessment, assess, document
from audits.scoring.market import circumstances_on, with_computed
from audits.scoring.numbers import numbers_of
from audits.scoring.pricing import Economics, economics

SCORE_FIELDS = (
    "verdict",
    "confidence",
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


def assessment_of(audit: Audit) -> Assessment:
    """Return what the answers amount to: frozen if submitted, else as of now."""
    if audit.assessment is not None:
        return document.load(audit.assessment)
    return assess_today(audit)


def assess_today(audit: Audit, *, open_only: bool = False) -> Assessment:
    """Assess an audit on the market of today, its numbers included.

    Args:
        audit: The audit.
        open_only: Whether to try only changes of what is not known.
    """
    framework = framework_of(audit)
    levels = values(audit.levels)
    under = circumstances_on(framework, timezone.localdate(), levels)
    codes = audit.codes
    if priced := economics_of(audit):
        under, codes = with_computed(priced, under, codes)
    return assess(framework, codes, under, open_only=open_only)


def economics_of(audit: Audit) -> Economics | None:
    """Return what the techniques cost today; None if no number was given."""
    given = values(audit.numbers)
    if not given:
        return None
    return _economics(tuple(sorted(given.items())), timezone.localdate())


@lru_cache(maxsize=256)
def _economics(given: tuple[tuple[str, str], ...], on: date) -> Economics | None:
    """Price once what each saved answer would price again.

    A model that went off the market leaves everything without a price, not the page
    without an answer.
    """
    try:
        return economics(numbers_of(dict(given)), on)
    except LookupError:
        return None


def store_score(audit: Audit, assessment: Assessment) -> None:
    """Set an audit's columns to what it amounts to; saving is the caller's."""
    is_scored = bool(audit.codes)
    audit.verdict = assessment.verdict if is_scored else ""
    audit.confidence = (assessment.confidence or "") if is_scored else ""
    audit.answered = assessment.answered
    audit.applicable = assessment.applicable
    audit.scored_at = timezone.now()
    audit.landscape_date = timezone.localdate(audit.scored_at)

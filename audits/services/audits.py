"""Saves answers, submits and reopens audits, and reads what they amount to."""

from collections.abc import Mapping
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from audits.frameworks import answers as framework_answers
from audits.frameworks import loader
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework, VerdictWords
from audits.models import Audit, User
from audits.scoring import Assessment, assess, document
from audits.scoring.market import circumstances_on
from audits.services import events


class AuditLocked(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit was submitted, so its answers may not change."""


class NothingAnswered(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit has no answer, so there is nothing to submit."""


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
    return _assess_today(audit)


@transaction.atomic
def save_answers(
    *, audit: Audit, by: User, answers: Mapping[str, Any]
) -> tuple[Audit, Assessment]:
    """Save answers and score the audit anew; other answers stay as they are.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who answers.
        answers: Question id to a value as JSON has it; None takes the answer back.

    Returns:
        The audit as saved, and what it amounts to now.

    Raises:
        AuditLocked: The audit is not a draft.
        WrongAnswers: A value does not fit its question; nothing is saved.
    """
    audit = _locked(audit)
    if not audit.is_draft:
        raise AuditLocked
    framework = framework_of(audit)
    given = {key: value for key, value in answers.items() if value is not None}
    framework_answers.read(framework, given)
    changed = [
        question
        for question, value in answers.items()
        if audit.answers.get(question, {}).get("value") != value
    ]
    stamp = {"by": by.pk, "at": timezone.now().isoformat(timespec="seconds")}
    for question in changed:
        if answers[question] is None:
            audit.answers.pop(question, None)
        else:
            audit.answers[question] = {"value": answers[question], **stamp}
    assessment = _assess_today(audit)
    if changed:
        _store_score(audit, assessment)
        audit.save(update_fields=["answers", *_SCORE_FIELDS])
        events.record(
            organization=audit.organization,
            actor=by,
            verb="audit.answered",
            subject=str(audit.pk),
            questions=sorted(changed),
        )
    return audit, assessment


@transaction.atomic
def submit_audit(*, audit: Audit, by: User) -> Audit:
    """Freeze the assessment and send the audit to review; twice is as good as once.

    Raises:
        NothingAnswered: There is no answer to assess.
    """
    audit = _locked(audit)
    if not audit.is_draft:
        return audit
    if not audit.answers:
        raise NothingAnswered
    assessment = _assess_today(audit)
    _store_score(audit, assessment)
    audit.assessment = document.dump(assessment)
    audit.framework_hash = assessment.content_hash
    audit.state = Audit.State.IN_REVIEW
    audit.submitted_at = audit.scored_at
    audit.submitted_by = by
    audit.save(
        update_fields=[
            *_SCORE_FIELDS,
            "assessment",
            "framework_hash",
            "state",
            "submitted_at",
            "submitted_by",
        ]
    )
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.submitted",
        subject=str(audit.pk),
        verdict=assessment.verdict,
    )
    return audit


@transaction.atomic
def reopen_audit(*, audit: Audit, by: User) -> Audit:
    """Make a submitted audit a draft again, so that its answers may change.

    Raises:
        AuditLocked: It is signed off or superseded; a new audit is needed.
    """
    audit = _locked(audit)
    if audit.is_draft:
        return audit
    if audit.state != Audit.State.IN_REVIEW:
        raise AuditLocked
    audit.state = Audit.State.DRAFT
    audit.assessment = None
    audit.submitted_at = audit.submitted_by = None
    audit.save(update_fields=["state", "assessment", "submitted_at", "submitted_by"])
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.reopened",
        subject=str(audit.pk),
    )
    return audit


_SCORE_FIELDS = (
    "verdict",
    "confidence",
    "answered",
    "applicable",
    "scored_at",
    "landscape_date",
)


def _assess_today(audit: Audit) -> Assessment:
    framework = framework_of(audit)
    under = circumstances_on(framework, timezone.localdate())
    return assess(framework, audit.codes, under)


def _store_score(audit: Audit, assessment: Assessment) -> None:
    audit.verdict = assessment.verdict if audit.answers else ""
    audit.confidence = (assessment.confidence or "") if audit.answers else ""
    audit.answered = assessment.answered
    audit.applicable = assessment.applicable
    audit.scored_at = timezone.now()
    audit.landscape_date = timezone.localdate(audit.scored_at)


def _locked(audit: Audit) -> Audit:
    locked: Audit = (
        Audit.objects.select_for_update(of=("self",))
        .select_related("organization", "use_case")
        .get(pk=audit.pk)
    )
    return locked

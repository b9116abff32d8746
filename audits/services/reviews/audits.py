"""Submits and reopens audits."""

import hashlib
import json

from django.db import transaction

from audits.models import Audit, Submission, User
from audits.scoring.exchange import document
from audits.services.answers.answers import AuditLocked, locked_audit
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.verdicts.assessments import SCORE_FIELDS, assess_today, store_score


class NothingAnswered(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit has no answer, so there is nothing to submit."""


@transaction.atomic
def submit_audit(*, audit: Audit, by: User) -> Audit:
    """Freeze the assessment and send the audit to review; repeating has no effect.

    Raises:
        NothingAnswered: There is no answer to assess.
    """
    audit = locked_audit(audit)
    if not audit.is_draft:
        return audit
    if not audit.codes:
        raise NothingAnswered
    assessment = assess_today(audit)
    store_score(audit, assessment)
    audit.assessment = document.dump(assessment)
    audit.framework_hash = assessment.content_hash
    audit.state = Audit.State.IN_REVIEW
    audit.submitted_at = audit.scored_at
    audit.submitted_by = by
    audit.save(
        update_fields=[
            *SCORE_FIELDS,
            "assessment",
            "framework_hash",
            "state",
            "submitted_at",
            "submitted_by",
        ]
    )
    Submission.objects.create(organization=audit.organization, audit=audit, by=by)
    update_portfolio_row(audit, assessment)
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.submitted",
        subject=str(audit.pk),
        verdict=assessment.verdict,
        entries=digest_of_entries(audit),
    )
    return audit


@transaction.atomic
def reopen_audit(*, audit: Audit, by: User) -> Audit:
    """Make a submitted audit a draft again, so that its answers may change.

    Raises:
        AuditLocked: It is signed off or superseded; a new audit is needed.
    """
    audit = locked_audit(audit)
    if audit.is_draft:
        return audit
    if audit.state != Audit.State.IN_REVIEW:
        raise AuditLocked
    open_again(audit)
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.reopened",
        subject=str(audit.pk),
    )
    return audit


def open_again(audit: Audit) -> None:
    """Make a submitted audit a draft; the caller locks the row and records it."""
    audit.state = Audit.State.DRAFT
    audit.assessment = None
    audit.strength_before = audit.strength
    audit.submitted_at = audit.submitted_by = None
    audit.save(
        update_fields=[
            *("state", "assessment", "strength_before"),
            *("submitted_at", "submitted_by"),
        ]
    )
    update_portfolio_row(audit)


def digest_of_entries(audit: Audit) -> str:
    """Return the SHA-256 of all answers, which the record stores."""
    entries = [audit.answers, audit.levels, audit.numbers, audit.notes]
    text = json.dumps(entries, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

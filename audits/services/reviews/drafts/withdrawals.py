"""Puts what was taken back into review again, as it was submitted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from audits.models import Audit, Submission, User
from audits.scoring.exchange import document
from audits.services.answers.answers import locked_audit
from audits.services.answers.set_aside import open_conflicts
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.reviews.audits import (
    ChangedSinceRead,
    digest_of_audit,
    digest_of_entries,
    unchanged_of,
)
from audits.services.verdicts.assessments import SCORE_FIELDS, store_score


class NotWithdrawn(Exception):  # noqa: N818 - the state it is in, not a fault
    """Nobody took the audit back, or it was submitted or sent back since."""


class SubmissionNeeded(Exception):  # noqa: N818 - the state it is in, not a fault
    """What was taken back has changed since, so it has to be submitted again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Who took a submission back and when, and whether anything `has_changed` since.

    `frozen` is what the submission keeps to be put back.
    """

    submission: Submission
    frozen: dict[str, Any]
    by: User
    at: datetime
    has_changed: bool


def withdrawal_of(audit: Audit) -> Withdrawal | None:
    """Return how a draft was taken back from review; None if it was not."""
    found = Submission.objects.filter(audit=audit).select_related("by", "taken_back_by")
    last = found.last() if audit.is_draft else None
    if last is None or last.frozen is None:
        return None
    by, at, before = last.taken_back_by, last.returned_at, last.frozen["unchanged"]
    if by is None or at is None:
        return None
    has_changed = unchanged_of(audit) != before or bool(open_conflicts(audit))
    return Withdrawal(
        submission=last, frozen=last.frozen, by=by, at=at, has_changed=has_changed
    )


@transaction.atomic
def put_back(*, audit: Audit, by: User, read: str | None = None) -> Audit:
    """Put an audit back into review as it was submitted; repeating has no effect.

    It keeps its date, its submitter and its assessment, so its hashes are the same. Its
    reviewers read in their inbox that it is there again.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who puts it back.
        read: The result of `digest_of_audit` when they read it; None for any.

    Raises:
        ChangedSinceRead: It is not the draft that they read.
        NotWithdrawn: Nobody took it back from review.
        SubmissionNeeded: An answer, a note, a number or evidence has changed since, or
            an answer waits for its author to choose.
    """
    audit = locked_audit(audit)
    if audit.state == Audit.State.IN_REVIEW and audit.put_back_at is not None:
        return audit
    if read is not None and read != digest_of_audit(audit):
        raise ChangedSinceRead
    found = withdrawal_of(audit)
    if found is None:
        raise NotWithdrawn
    if found.has_changed:
        raise SubmissionNeeded
    _restore(audit, found)
    _keep_withdrawal(found, by, timezone.now())
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.put_back",
        subject=str(audit.pk),
        verdict=audit.verdict,
        entries=digest_of_entries(audit),
    )
    return audit


def _restore(audit: Audit, found: Withdrawal) -> None:
    """Give an audit what it had in review, and the moment at which it is back."""
    frozen = found.frozen
    assessment = document.load(frozen["assessment"])
    store_score(audit, assessment)
    audit.assessment = frozen["assessment"]
    audit.state = Audit.State.IN_REVIEW
    audit.submitted_at = audit.scored_at = parse_datetime(frozen["submitted_at"])
    audit.landscape_date = timezone.localdate(audit.scored_at)
    audit.submitted_by = found.submission.by
    audit.strength_before = frozen["strength_before"]
    audit.put_back_at = timezone.now()
    audit.revision += 1
    audit.save(
        update_fields=[
            *("state", "assessment", "strength_before", *SCORE_FIELDS),
            *("submitted_at", "submitted_by", "put_back_at", "revision"),
        ]
    )
    update_portfolio_row(audit, assessment)


def _keep_withdrawal(found: Withdrawal, by: User, back_at: datetime) -> None:
    """Let the submission be in review, and keep that it was taken back meanwhile."""
    submission = found.submission
    submission.withdrawals.append(
        {
            "by": found.by.pk,
            "at": found.at.isoformat(),
            "back_by": by.pk,
            "back_at": back_at.isoformat(),
        }
    )
    submission.returned_at = submission.taken_back_by = submission.frozen = None
    submission.save(
        update_fields=["withdrawals", "returned_at", "taken_back_by", "frozen"]
    )

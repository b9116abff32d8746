"""Asks for board papers, and notes how their rendering goes."""

import hashlib
import json
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from audits.models import Audit, Report, User
from audits.services import events
from audits.services.covers import cover_of

TEMPLATE_VERSION = "board-3"
PATIENCE = timedelta(minutes=10)


class NotSubmitted(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit is a draft: a paper is made of a frozen verdict only."""


@transaction.atomic
def request_report(*, audit: Audit, by: User) -> tuple[Report, bool]:
    """Return the paper of a submitted audit, and whether it has to be made.

    A paper that failed, or that no worker has finished for ten minutes, is queued
    again; one that exists or is under way is not.

    Raises:
        NotSubmitted: The audit is a draft.
    """
    if audit.assessment is None:
        raise NotSubmitted
    report, created = Report.objects.get_or_create(
        organization=audit.organization,
        key=_key(audit),
        defaults={"audit": audit, "requested_by": by},
    )
    if not created:
        if not _is_lost(report):
            return report, False
        report.state = Report.State.QUEUED
        report.failure = ""
        report.requested_at = timezone.now()
        report.save(update_fields=["state", "failure", "requested_at"])
    events.record(
        organization=audit.organization,
        actor=by,
        verb="report.requested",
        subject=str(report.pk),
        audit=str(audit.pk),
    )
    return report, True


def is_current(*, report: Report) -> bool:
    """Return whether the audit still has the verdict the paper was asked of."""
    return report.audit.assessment is not None and report.key == _key(report.audit)


def start_report(*, report: Report) -> bool:
    """Claim a queued paper; False if another worker has it or it is made."""
    claimed: int = Report.objects.filter(
        pk=report.pk, state=Report.State.QUEUED
    ).update(state=Report.State.MAKING)
    return bool(claimed)


@transaction.atomic
def complete_report(*, report: Report, pdf: bytes) -> None:
    """Store the finished paper."""
    report.file.save(f"{report.pk}.pdf", ContentFile(pdf), save=False)
    report.state = Report.State.READY
    report.finished_at = timezone.now()
    report.save(update_fields=["file", "state", "finished_at"])
    events.record(
        organization=report.organization,
        actor=None,
        verb="report.made",
        subject=str(report.pk),
        sha256=hashlib.sha256(pdf).hexdigest(),
    )


def fail_report(*, report: Report, reason: str) -> None:
    """Note why a paper could not be made, in words for the person who asked."""
    report.state = Report.State.FAILED
    report.failure = reason[:200]
    report.finished_at = timezone.now()
    report.save(update_fields=["state", "failure", "finished_at"])


def _is_lost(report: Report) -> bool:
    if report.state == Report.State.READY:
        return False
    waited = timezone.now() - report.requested_at
    return report.state == Report.State.FAILED or waited > PATIENCE


def _key(audit: Audit) -> str:
    """Name the verdict a paper is made of: one submission, one paper."""
    parts = [str(audit.pk), str(audit.submitted_at), TEMPLATE_VERSION]
    words = model_to_dict(cover_of(audit), exclude=["id", "organization", "audit"])
    content = json.dumps([*parts, audit.assessment, words], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()

"""Asks for board papers, hands them to workers, and notes how it goes."""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.forms.models import model_to_dict
from django.utils import timezone

from audits.models import Audit, Report, Review, User
from audits.services import events
from audits.services.covers import cover_of

TEMPLATE_VERSION = "board-3"
LANGUAGE = "en"
# So long a paper may wait in the queue before it is put there again, in case the task
# was lost; a task too many finds nothing to claim.
PATIENCE = timedelta(minutes=10)
# So long a worker has: more than it may take to set a paper, and to store it.
LEASE = timedelta(minutes=3)
MAX_ATTEMPTS = 3
NOT_STORED = (
    "There is no room for it, or the storage does not answer. Try again later; if it "
    "fails again, tell an administrator."
)
_FOLDER = PurePosixPath("reports")
_YOUNG = timedelta(hours=1)


class NotSubmitted(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit is a draft: a paper is made of a frozen verdict only."""


class NotStored(Exception):  # noqa: N818 - the state it is in, not a fault
    """The paper could not be written; says so in words for people."""


@transaction.atomic
def request_report(*, audit: Audit, by: User) -> tuple[Report, bool]:
    """Return the paper of a submitted audit, and whether it has to be made.

    A paper that failed, or whose worker or task is lost, is queued again; one that
    exists or is under way is not.

    Raises:
        NotSubmitted: The audit is a draft.
    """
    if audit.assessment is None:
        raise NotSubmitted
    now = timezone.now()
    report, created = Report.objects.get_or_create(
        organization=audit.organization,
        key=_key(audit),
        defaults={
            "audit": audit,
            "requested_by": by,
            "leased_until": now + PATIENCE,
        },
    )
    if not created:
        own = Report.objects.filter(pk=report.pk)
        lost = own.overdue(now) | own.filter(state=Report.State.FAILED)
        queued = lost.update(**_queued(now), attempts=0, requested_at=now)
        if not queued:
            return report, False
        report.refresh_from_db()
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
    """Claim a queued paper; False if another worker has it or it is made.

    The lease has a name of its own, and the report given carries it: what is done
    with this copy later counts only while the row still has that name.
    """
    queued = Report.objects.filter(pk=report.pk, state=Report.State.QUEUED)
    claimed = queued.update(
        state=Report.State.MAKING,
        leased_by=secrets.token_hex(16),
        leased_until=timezone.now() + LEASE,
        attempts=F("attempts") + 1,
    )
    if claimed:
        report.refresh_from_db(
            fields=["state", "leased_by", "leased_until", "attempts"]
        )
    return bool(claimed)


def complete_report(*, report: Report, pdf: bytes) -> bool:
    """Store the finished paper; False if it is no longer this worker's to finish.

    The file is stored under a name of its own before the transaction begins, so no
    row is locked while it is written, and no other worker's file is overwritten.

    Raises:
        NotStored: It could not be written.
    """
    name = f"{report.pk}-{secrets.token_hex(4)}.pdf"
    try:
        name = default_storage.save(str(_FOLDER / name), ContentFile(pdf))
    except OSError as error:
        raise NotStored(NOT_STORED) from error
    kept = False
    try:
        kept = _mark_ready(report, name, hashlib.sha256(pdf).hexdigest())
    finally:
        if not kept:
            default_storage.delete(name)
    return kept


@transaction.atomic
def _mark_ready(report: Report, name: str, digest: str) -> bool:
    made = Report.objects.held_as(report).update(
        state=Report.State.READY, file=name, finished_at=timezone.now()
    )
    if made:
        events.record(
            organization=report.organization,
            actor=None,
            verb="report.made",
            subject=str(report.pk),
            sha256=digest,
        )
        report.refresh_from_db()
    return bool(made)


def fail_report(*, report: Report, reason: str) -> bool:
    """Note why a paper could not be made, in words for the person who asked.

    Returns False, and changes nothing, if it is no longer this worker's to fail.
    """
    failed = Report.objects.held_as(report).update(**_failed(reason))
    report.refresh_from_db()
    return bool(failed)


@transaction.atomic
def take_back_overdue() -> list[Report]:
    """Queue papers again whose worker or task is lost; return those to be made.

    One whose worker stopped three times is failed: it may be what stops them.
    """
    now = timezone.now()
    to_make = []
    for report in Report.objects.select_for_update().overdue(now):
        own = Report.objects.filter(pk=report.pk)
        if report.attempts < MAX_ATTEMPTS:
            own.update(**_queued(now))
            to_make.append(report)
        else:
            own.update(
                **_failed(
                    f"It was begun {MAX_ATTEMPTS} times, and each time the work broke "
                    "off. Tell an administrator."
                )
            )
    return to_make


def remove_orphans() -> int:
    """Remove files of papers that no report names; return how many there were.

    They are left by workers that were killed between storing a file and naming it.
    Young ones may belong to a worker that is about to name them. Call it with every
    organization in view.
    """
    try:
        _, stored = default_storage.listdir(str(_FOLDER))
    except FileNotFoundError:
        return 0
    names = {str(_FOLDER / file) for file in stored}
    orphans = names.difference(Report.objects.values_list("file", flat=True))
    before = timezone.now() - _YOUNG
    old = [name for name in orphans if default_storage.get_modified_time(name) < before]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _queued(now: datetime) -> dict[str, object]:
    return {
        "state": Report.State.QUEUED,
        "leased_by": "",
        "leased_until": now + PATIENCE,
        "failure": "",
    }


def _failed(reason: str) -> dict[str, object]:
    return {
        "state": Report.State.FAILED,
        "failure": reason[:200],
        "finished_at": timezone.now(),
    }


def _key(audit: Audit) -> str:
    """Name what a paper is made of: one submission and what reviewers said of it."""
    house = audit.organization
    parts = [
        *(str(audit.pk), str(audit.submitted_at), TEMPLATE_VERSION, LANGUAGE),
        *(audit.framework, audit.framework_version, audit.framework_hash),
        *(house.paper_size, house.accent, str(house.logo)),
    ]
    words = model_to_dict(cover_of(audit), exclude=["id", "organization", "audit"])
    reviews = Review.objects.of_submission(audit).values_list("pk", flat=True)
    parts += [audit.assessment, words, audit.state, *map(str, reviews)]
    content = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()

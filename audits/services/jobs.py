"""Hands what is to be made to workers, and notes how it goes."""

import secrets
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audits.checked_files import digest_of
from audits.models import Job, User
from audits.models.clock import database_now
from audits.services import events
from audits.services.file_checks import Owner, note_right

# So long one may wait in the queue before it is put there again, in case the task
# was lost; a task too many finds nothing to claim.
PATIENCE = timedelta(minutes=10)
MAX_ATTEMPTS = 3
NOT_STORED = (
    "There is no room for it, or the file storage is not responding. Try again later. "
    "If it fails again, tell an administrator."
)


class NotStored(Exception):  # noqa: N818 - the state it is in, not a fault
    """The file could not be written; says so in words for people."""


def queue_lost(*, job: Job) -> bool:
    """Queue one again that failed, was cancelled, or that nobody makes any more.

    Returns False, and changes nothing, if it is there or under way.
    """
    now = database_now()
    own = type(job).objects.filter(pk=job.pk)
    over = (Job.State.FAILED, Job.State.CANCELLED)
    lost = own.overdue(now) | own.filter(state__in=over)
    queued = lost.update(**_queued(now), attempts=0, requested_at=now)
    job.refresh_from_db()
    return bool(queued)


@transaction.atomic
def queue_lost_file(*, job: Job, by: User) -> bool:
    """Queue one again whose file was found to be missing or altered.

    Returns False, and changes nothing, if it is under way or names another file.
    """
    own = type(job).objects.filter(
        pk=job.pk,
        state=Job.State.READY,
        file=job.file.name,  # type: ignore[attr-defined]
    )
    now = database_now()
    queued = own.update(**_queued(now), attempts=0, requested_at=now)
    job.refresh_from_db()
    if queued:
        events.record(
            organization=job.organization,
            actor=by,
            verb=f"{job.NOUN}.requested",
            subject=str(job.pk),
            because="file lost",
        )
    return bool(queued)


def start_job(*, job: Job) -> bool:
    """Claim a queued one; False if another worker has it or it is made.

    The lease has a name of its own, and the copy given carries it: what is done
    with this copy later counts only while the row still has that name.
    """
    model = type(job)
    queued = model.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    claimed = queued.update(
        state=Job.State.MAKING,
        leased_by=secrets.token_hex(16),
        leased_until=database_now() + model.LEASE,
        attempts=F("attempts") + 1,
    )
    if claimed:
        job.refresh_from_db(fields=["state", "leased_by", "leased_until", "attempts"])
    return bool(claimed)


def complete_job(*, job: Job, content: "File[bytes]", notice: str = "") -> bool:
    """Store the finished file; False if it is no longer this worker's to finish.

    The file is stored under a name of its own before the transaction begins, so no
    row is locked while it is written, and no other worker's file is overwritten.

    Args:
        job: The copy that was claimed.
        content: The file, with a name of which the ending is kept.
        notice: What its author has to know of it.

    Raises:
        NotStored: It could not be written.
    """
    ending = PurePosixPath(content.name or "").suffix
    name = f"{job.FOLDER}/{job.pk}-{secrets.token_hex(4)}{ending}"
    try:
        name = default_storage.save(name, content)
    except OSError as error:
        raise NotStored(NOT_STORED) from error
    kept = False
    try:
        kept = _mark_ready(job, name, digest_of(content), notice)
    finally:
        if not kept:
            default_storage.delete(name)
    return kept


def fail_job(*, job: Job, reason: str) -> bool:
    """Note why a file could not be made, in words for the person who asked.

    Returns False, and changes nothing, if it is no longer this worker's to fail.
    """
    own = type(job).objects.held_as(job)
    failed = own.update(**_failed(reason))
    job.refresh_from_db()
    return bool(failed)


@transaction.atomic
def take_back_overdue[R: Job](model: type[R]) -> list[R]:
    """Queue again whose worker or task is lost; return those to be made.

    One whose worker stopped three times is failed: it may be what stops them.
    """
    now = database_now()
    to_make = []
    for job in model.objects.select_for_update().overdue(now):
        own = model.objects.filter(pk=job.pk)
        if job.attempts < MAX_ATTEMPTS:
            own.update(**_queued(now))
            to_make.append(job)
        else:
            own.update(
                **_failed(
                    f"It was started {MAX_ATTEMPTS} times and stopped each time. Tell "
                    f"an administrator."
                )
            )
    return to_make


@transaction.atomic
def _mark_ready(job: Job, name: str, digest: str, notice: str) -> bool:
    made = (
        type(job)
        .objects.held_as(job)
        .update(
            state=Job.State.READY,
            file=name,
            digest=digest,
            checked_at=None,
            notice=notice[:500],
            finished_at=timezone.now(),
        )
    )
    if made:
        events.record(
            organization=job.organization,
            actor=None,
            verb=f"{job.NOUN}.made",
            subject=str(job.pk),
            sha256=digest,
        )
        job.refresh_from_db()
        note_right(cast("Owner", job))
    return bool(made)


def _queued(now: datetime) -> dict[str, Any]:
    return {
        "state": Job.State.QUEUED,
        "leased_by": "",
        "leased_until": now + PATIENCE,
        "failure": "",
    }


def _failed(reason: str) -> dict[str, Any]:
    return {
        "state": Job.State.FAILED,
        "failure": reason[:200],
        "finished_at": timezone.now(),
    }

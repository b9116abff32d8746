"""Queues jobs, and stores the files that workers make."""

import secrets
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from audits.checked_files import digest_of
from audits.models import Job, User
from audits.models.clock import database_now
from audits.models.jobs.jobs import FileJob
from audits.services.files.file_checks import Owner, note_right
from audits.services.jobs import leases
from audits.services.record import events

NOT_STORED = (
    "There is no room for it, or the file storage is not responding. Try again later. "
    "If it fails again, tell an administrator."
)


class NotStored(Exception):  # noqa: N818 - the state it is in, not a fault
    """The file could not be written; the message is for people."""


def queue_lost(*, job: Job) -> bool:
    """Queue one again that is there no more, or that nobody makes any more.

    Returns False, and changes nothing, if it is finished or in progress.
    """
    now = database_now()
    own = type(job).objects.filter(pk=job.pk)
    over = (Job.State.FAILED, Job.State.CANCELLED, Job.State.EXPIRED)
    lost = own.overdue(now) | own.filter(state__in=over)
    queued = lost.update(**_asked_again(now))
    job.refresh_from_db()
    return bool(queued)


@transaction.atomic
def queue_lost_file(*, job: FileJob, by: User) -> bool:
    """Queue a job again whose file is missing or altered.

    Returns False, and changes nothing, if it is in progress or names another file.
    """
    own = type(job).objects.filter(
        pk=job.pk,
        state=Job.State.READY,
        file=job.file.name,  # type: ignore[attr-defined]
    )
    now = database_now()
    queued = own.update(**_asked_again(now))
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
    """Claim a queued job; False if another worker has it or it is finished."""
    return leases.claim(job=job, waiting_in=Job.State.QUEUED, state=Job.State.MAKING)


def complete_job(
    *,
    job: FileJob,
    content: "File[bytes]",
    notice: str = "",
    told: dict[str, Any] | None = None,
) -> bool:
    """Store the finished file; False if it is no longer this worker's to finish.

    The file is stored under a unique name before the transaction begins, so no row is
    locked meanwhile, and no other worker's file is overwritten.

    Args:
        job: The copy that was claimed.
        content: The file; the ending of its name is kept.
        notice: A notice for its author.
        told: What it says, for slides and documents, if these can be made of it.

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
        kept = _mark_ready(job, name, content, notice, told or {})
    finally:
        if not kept:
            default_storage.delete(name)
    return kept


@transaction.atomic
def _mark_ready(
    job: FileJob,
    name: str,
    content: "File[bytes]",
    notice: str,
    told: dict[str, Any],
) -> bool:
    digest = digest_of(content)
    made = leases.finish(
        job=job,
        state=Job.State.READY,
        file=name,
        digest=digest,
        size=content.size,
        checked_at=None,
        notice=notice[:500],
        told=told,
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
    return made


def _asked_again(now: datetime) -> dict[str, Any]:
    """Return the columns of a job that starts again from the beginning."""
    again = {"state": Job.State.QUEUED, "attempts": 0, "requested_at": now}
    return again | leases.queued(now)

"""Queues what is to be made, and keeps the file that a worker made of it."""

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
from audits.models.jobs import FileJob
from audits.services.files.file_checks import Owner, note_right
from audits.services.jobs import leases
from audits.services.record import events

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
    queued = lost.update(**_asked_again(now))
    job.refresh_from_db()
    return bool(queued)


@transaction.atomic
def queue_lost_file(*, job: FileJob, by: User) -> bool:
    """Queue one again whose file was found to be missing or altered.

    Returns False, and changes nothing, if it is under way or names another file.
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
    """Claim a queued one; False if another worker has it or it is made."""
    return leases.claim(job=job, waiting_in=Job.State.QUEUED, state=Job.State.MAKING)


def complete_job(*, job: FileJob, content: "File[bytes]", notice: str = "") -> bool:
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


@transaction.atomic
def _mark_ready(job: FileJob, name: str, digest: str, notice: str) -> bool:
    made = leases.finish(
        job=job,
        state=Job.State.READY,
        file=name,
        digest=digest,
        checked_at=None,
        notice=notice[:500],
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
    """Return the columns of a job that is asked for as if for the first time."""
    again = {"state": Job.State.QUEUED, "attempts": 0, "requested_at": now}
    return again | leases.queued(now)

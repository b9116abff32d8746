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
from audits.models import Rendering, User
from audits.models.clock import database_now
from audits.services import events
from audits.services.file_checks import Owner, note_right

# So long one may wait in the queue before it is put there again, in case the task
# was lost; a task too many finds nothing to claim.
PATIENCE = timedelta(minutes=10)
MAX_ATTEMPTS = 3
NOT_STORED = (
    "There is no room for it, or the storage does not answer. Try again later; if it "
    "fails again, tell an administrator."
)


class NotStored(Exception):  # noqa: N818 - the state it is in, not a fault
    """The file could not be written; says so in words for people."""


def queue_lost(*, rendering: Rendering) -> bool:
    """Queue one again that failed, was cancelled, or that nobody makes any more.

    Returns False, and changes nothing, if it is there or under way.
    """
    now = database_now()
    own = type(rendering).objects.filter(pk=rendering.pk)
    over = (Rendering.State.FAILED, Rendering.State.CANCELLED)
    lost = own.overdue(now) | own.filter(state__in=over)
    queued = lost.update(**_queued(now), attempts=0, requested_at=now)
    rendering.refresh_from_db()
    return bool(queued)


@transaction.atomic
def queue_lost_file(*, rendering: Rendering, by: User) -> bool:
    """Queue one again whose file was found to be missing or altered.

    Returns False, and changes nothing, if it is under way or names another file.
    """
    own = type(rendering).objects.filter(
        pk=rendering.pk,
        state=Rendering.State.READY,
        file=rendering.file.name,  # type: ignore[attr-defined]
    )
    now = database_now()
    queued = own.update(**_queued(now), attempts=0, requested_at=now)
    rendering.refresh_from_db()
    if queued:
        events.record(
            organization=rendering.organization,
            actor=by,
            verb=f"{rendering.NOUN}.requested",
            subject=str(rendering.pk),
            because="file lost",
        )
    return bool(queued)


def start_rendering(*, rendering: Rendering) -> bool:
    """Claim a queued one; False if another worker has it or it is made.

    The lease has a name of its own, and the copy given carries it: what is done
    with this copy later counts only while the row still has that name.
    """
    model = type(rendering)
    queued = model.objects.filter(pk=rendering.pk, state=Rendering.State.QUEUED)
    claimed = queued.update(
        state=Rendering.State.MAKING,
        leased_by=secrets.token_hex(16),
        leased_until=database_now() + model.LEASE,
        attempts=F("attempts") + 1,
    )
    if claimed:
        rendering.refresh_from_db(
            fields=["state", "leased_by", "leased_until", "attempts"]
        )
    return bool(claimed)


def complete_rendering(
    *, rendering: Rendering, content: "File[bytes]", notice: str = ""
) -> bool:
    """Store the finished file; False if it is no longer this worker's to finish.

    The file is stored under a name of its own before the transaction begins, so no
    row is locked while it is written, and no other worker's file is overwritten.

    Args:
        rendering: The copy that was claimed.
        content: The file, with a name of which the ending is kept.
        notice: What its author has to know of it.

    Raises:
        NotStored: It could not be written.
    """
    ending = PurePosixPath(content.name or "").suffix
    name = f"{rendering.FOLDER}/{rendering.pk}-{secrets.token_hex(4)}{ending}"
    try:
        name = default_storage.save(name, content)
    except OSError as error:
        raise NotStored(NOT_STORED) from error
    kept = False
    try:
        kept = _mark_ready(rendering, name, digest_of(content), notice)
    finally:
        if not kept:
            default_storage.delete(name)
    return kept


def fail_rendering(*, rendering: Rendering, reason: str) -> bool:
    """Note why a file could not be made, in words for the person who asked.

    Returns False, and changes nothing, if it is no longer this worker's to fail.
    """
    own = type(rendering).objects.held_as(rendering)
    failed = own.update(**_failed(reason))
    rendering.refresh_from_db()
    return bool(failed)


@transaction.atomic
def take_back_overdue[R: Rendering](model: type[R]) -> list[R]:
    """Queue again whose worker or task is lost; return those to be made.

    One whose worker stopped three times is failed: it may be what stops them.
    """
    now = database_now()
    to_make = []
    for rendering in model.objects.select_for_update().overdue(now):
        own = model.objects.filter(pk=rendering.pk)
        if rendering.attempts < MAX_ATTEMPTS:
            own.update(**_queued(now))
            to_make.append(rendering)
        else:
            own.update(
                **_failed(
                    f"It was begun {MAX_ATTEMPTS} times, and each time the work broke "
                    "off. Tell an administrator."
                )
            )
    return to_make


@transaction.atomic
def _mark_ready(rendering: Rendering, name: str, digest: str, notice: str) -> bool:
    made = (
        type(rendering)
        .objects.held_as(rendering)
        .update(
            state=Rendering.State.READY,
            file=name,
            digest=digest,
            checked_at=None,
            notice=notice[:500],
            finished_at=timezone.now(),
        )
    )
    if made:
        events.record(
            organization=rendering.organization,
            actor=None,
            verb=f"{rendering.NOUN}.made",
            subject=str(rendering.pk),
            sha256=digest,
        )
        rendering.refresh_from_db()
        note_right(cast("Owner", rendering))
    return bool(made)


def _queued(now: datetime) -> dict[str, Any]:
    return {
        "state": Rendering.State.QUEUED,
        "leased_by": "",
        "leased_until": now + PATIENCE,
        "failure": "",
    }


def _failed(reason: str) -> dict[str, Any]:
    return {
        "state": Rendering.State.FAILED,
        "failure": reason[:200],
        "finished_at": timezone.now(),
    }

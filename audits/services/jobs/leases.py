"""Leases jobs to workers, and takes them back from lost workers."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audits.models.clock import database_now
from audits.models.jobs.leases import Leased

# How long a job may wait in the queue before it is queued again, in case its task was
# lost; an extra task finds nothing to claim.
PATIENCE = timedelta(minutes=10)
MAX_ATTEMPTS = 3
GIVEN_UP = (
    f"It was started {MAX_ATTEMPTS} times and stopped each time. Tell an administrator."
)
_MOST_WORDS = 300


class LeaseLost(Exception):  # noqa: N818 - the state it is in, not a fault
    """This worker no longer has the job: it was cancelled, or given to another."""


def queued(now: datetime) -> dict[str, Any]:
    """Return the columns of a job that starts to wait in the queue."""
    return {"leased_by": "", "leased_until": now + PATIENCE, "failure": ""}


def claim(*, job: Leased, waiting_in: str, **columns: object) -> bool:
    """Claim a job by one UPDATE; False if another worker has it or it is done.

    The lease has a unique name, and the given copy carries it: later work with this
    copy counts only while the row still has that name.

    Args:
        job: The job.
        waiting_in: The state in which it is claimed.
        columns: Other columns to change.
    """
    model = type(job)
    free = model.objects.filter(pk=job.pk, state=waiting_in, leased_by="")
    claimed = free.update(
        leased_by=secrets.token_hex(16),
        leased_until=database_now() + model.LEASE,
        attempts=F("attempts") + 1,
        **columns,
    )
    if claimed:
        job.refresh_from_db(fields=["state", "leased_by", "leased_until", "attempts"])
    return bool(claimed)


def extend(*, job: Leased, **progress: int) -> None:
    """Report the progress of a job, and extend its lease.

    Raises:
        LeaseLost: It is no longer this worker's.
    """
    held = type(job).objects.held_as(job)
    until = database_now() + type(job).LEASE
    if not held.update(leased_until=until, **progress):
        raise LeaseLost


def finish(*, job: Leased, state: str, **columns: object) -> bool:
    """End a job and its lease; False if it is no longer this worker's to end."""
    held = type(job).objects.held_as(job)
    now = timezone.now()
    ended = held.update(state=state, leased_by="", finished_at=now, **columns)
    return bool(ended)


def fail(*, job: Leased, reason: str) -> bool:
    """Fail a job, with a reason for the person who requested it.

    Returns False, and changes nothing, if it is no longer this worker's to fail.
    """
    failed = finish(job=job, state=job.FAILED, failure=reason[:_MOST_WORDS])
    job.refresh_from_db()
    return failed


@transaction.atomic
def take_back_overdue[R: Leased](model: type[R]) -> list[R]:
    """Queue jobs again whose worker or task is lost; return them.

    A job whose worker stopped three times fails: it may be what stops them.
    """
    now = database_now()
    to_do = []
    for job in model.objects.select_for_update(no_key=True).overdue(now):
        if job.attempts < MAX_ATTEMPTS:
            own = model.objects.filter(pk=job.pk)
            own.update(state=job.queued_state, **queued(now))
            to_do.append(job)
        else:
            finish(job=job, state=job.FAILED, failure=GIVEN_UP)
    return to_do

"""Makes and undoes large changes of many use cases in the background."""

import logging
from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.tasks import task
from django_scopes import scope, scopes_disabled

from audits.models import BulkChange, Organization
from audits.outages import outage_of
from audits.services.jobs import fair_queue, leases
from audits.services.jobs.fair_queue import Work
from audits.services.use_cases.bulk import changes

logger = logging.getLogger(__name__)
State = BulkChange.State


def queue_write(*, change: BulkChange, shown: str) -> None:
    """Queue a change, once however often it is requested.

    Raises:
        TooManyWaiting: Too many imports and the like are not finished yet.
    """
    _queue(change, lambda: changes.ask_to_write(change=change, shown=shown))


def queue_undo(*, change: BulkChange) -> None:
    """Queue the undoing of a change, once however often it is requested.

    Raises:
        TooManyWaiting: Too many imports and the like are not finished yet.
    """
    _queue(change, lambda: changes.ask_to_undo(change=change))


@transaction.atomic
def _queue(change: BulkChange, ask: Callable[[], bool]) -> None:
    fair_queue.lock_queue_of(change.by)
    if ask():
        fair_queue.require_room(
            work=Work.LONG, organization=change.organization, by=change.by
        )
        _enqueue(change)


def queue_overdue_again() -> int:
    """Queue again every organization's changes that no worker has any more."""
    with scopes_disabled(), transaction.atomic():
        to_do = leases.take_back_overdue(BulkChange)
        for change in to_do:
            _enqueue(change)
    return len(to_do)


def forget_old() -> int:
    """Remove every organization's changes that nobody makes or undoes any more."""
    with scopes_disabled():
        return changes.forget_old()


@task
def write_change(organization_id: str, change_id: str) -> None:
    """Make one change."""
    _work(organization_id, change_id, State.WRITING, changes.write)


@task
def undo_change(organization_id: str, change_id: str) -> None:
    """Undo one change."""
    _work(organization_id, change_id, State.UNDOING, changes.undo)


def _enqueue(change: BulkChange) -> None:
    worker = undo_change if change.state == State.UNDOING else write_change
    priority = fair_queue.priority_of(
        work=Work.LONG, organization=change.organization, by=change.by
    )
    worker.using(priority=priority).enqueue(str(change.organization_id), str(change.pk))


def _work(
    organization_id: str,
    change_id: str,
    waiting_in: State,
    work: Callable[..., None],
) -> None:
    with scopes_disabled():
        organization = Organization.objects.get(pk=UUID(organization_id))
    with scope(organization=organization):
        found = BulkChange.objects.select_related("organization", "by")
        change = found.get(pk=UUID(change_id))
        if leases.claim(job=change, waiting_in=waiting_in):
            _try(work, change)


def _try(work: Callable[..., None], change: BulkChange) -> None:
    back = State.DONE if change.state == State.UNDOING else State.PLANNED
    try:
        work(change=change)
    except leases.LeaseLost:
        logger.info("change %s was given to another worker", change.pk)
    except (changes.PlanChanged, IntegrityError):
        leases.finish(job=change, state=back, failure=changes.OVERTAKEN)
    except Exception as error:
        if outage_of(error):
            raise  # nothing can be stored now; it is queued again once its lease ends
        logger.exception("change %s stopped", change.pk)
        leases.finish(job=change, state=back, failure=changes.BROKE_OFF)

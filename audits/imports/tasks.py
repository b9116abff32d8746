"""Checks and writes inventories in the background.

The Import row is the source of truth: the worker that claims it does the work, and a
task that runs twice finds nothing to claim.
"""

import logging
from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction
from django.tasks import task
from django_scopes import scope, scopes_disabled

from audits.models import Import, Organization
from audits.outages import outage_of
from audits.services.jobs import fair_queue, leases
from audits.services.jobs.fair_queue import Work
from audits.services.use_cases import import_room, inventories
from audits.services.use_cases.bulk import inventory_undo

logger = logging.getLogger(__name__)
_BROKE_OFF = (
    "The import stopped, and nothing was imported. Try again. If it fails again, tell "
    "an administrator."
)


def queue_check(
    *, inventory: Import, columns: Mapping[str, str], preset: str = ""
) -> None:
    """Queue the check of the rows, once however often it is requested.

    Raises:
        TooManyWaiting: Too many imports and the like are not finished yet.
    """
    with transaction.atomic():
        fair_queue.lock_queue_of(inventory.by)
        if inventories.ask_to_check(
            inventory=inventory, columns=columns, preset=preset
        ):
            _require_room(inventory)
            _enqueue(inventory)


def queue_write(*, inventory: Import, shown: str, only_good: bool = False) -> None:
    """Queue the writing of the rows, once however often it is requested.

    Raises:
        CheckChanged: They were checked again after the page showed that digest.
        TooManyWaiting: Too many imports and the like are not finished yet.
    """
    with transaction.atomic():
        fair_queue.lock_queue_of(inventory.by)
        if inventories.ask_to_write(
            inventory=inventory, shown=shown, only_good=only_good
        ):
            _require_room(inventory)
            _enqueue(inventory)


def queue_undo(*, inventory: Import) -> None:
    """Queue the undoing of an import, once however often it is requested.

    Raises:
        TooManyWaiting: Too many imports and the like are not finished yet.
    """
    with transaction.atomic():
        fair_queue.lock_queue_of(inventory.by)
        if inventory_undo.ask_to_undo(inventory=inventory):
            _require_room(inventory)
            _enqueue(inventory)


def queue_overdue_again() -> int:
    """Queue again every organization's imports that no worker has any more."""
    with scopes_disabled(), transaction.atomic():
        to_do = leases.take_back_overdue(Import)
        for inventory in to_do:
            _enqueue(inventory)
    return len(to_do)


@task
def check_inventory(organization_id: str, import_id: str) -> None:
    """Check the rows of one inventory."""
    _work(organization_id, import_id, Import.State.CHECKING, inventories.check)


@task
def write_inventory(organization_id: str, import_id: str) -> None:
    """Write the rows of one inventory."""
    _work(organization_id, import_id, Import.State.WRITING, inventories.write)


@task
def undo_inventory(organization_id: str, import_id: str) -> None:
    """Undo the import of one inventory."""
    _work(organization_id, import_id, Import.State.UNDOING, inventory_undo.undo)


def forget_old() -> int:
    """Remove the rows of every organization's imports that nobody needs any more."""
    with scopes_disabled():
        return import_room.forget_old()


def _require_room(inventory: Import) -> None:
    fair_queue.require_room(
        work=Work.LONG, organization=inventory.organization, by=inventory.by
    )


def _enqueue(inventory: Import) -> None:
    worker = {
        Import.State.WRITING.value: write_inventory,
        Import.State.UNDOING.value: undo_inventory,
    }.get(inventory.state, check_inventory)
    priority = fair_queue.priority_of(
        work=Work.LONG, organization=inventory.organization, by=inventory.by
    )
    worker.using(priority=priority).enqueue(
        str(inventory.organization_id), str(inventory.pk)
    )


def _work(
    organization_id: str,
    import_id: str,
    waiting_in: Import.State,
    work: Callable[..., None],
) -> None:
    with scopes_disabled():
        organization = Organization.objects.get(pk=UUID(organization_id))
    with scope(organization=organization):
        found = Import.objects.select_related("organization", "by")
        inventory = found.get(pk=UUID(import_id))
        if leases.claim(job=inventory, waiting_in=waiting_in):
            _try(work, inventory)


def _try(work: Callable[..., None], inventory: Import) -> None:
    try:
        work(inventory=inventory)
    except leases.LeaseLost:
        logger.info("import %s was given to another worker", inventory.pk)
    except Exception as error:
        if outage_of(error):
            raise  # nothing can be stored now; it is queued again once its lease ends
        logger.exception("import %s stopped", inventory.pk)
        if inventory.state == Import.State.UNDOING:
            told = {"failure": inventory_undo.BROKE_OFF}
            leases.finish(job=inventory, state=Import.State.DONE, **told)
        else:
            leases.fail(job=inventory, reason=_BROKE_OFF)

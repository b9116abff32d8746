"""Checks and writes inventories in the background.

The Import row is the truth: a task that is run twice, or that dies, changes nothing
that is not wanted.
"""

import logging
from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction
from django.tasks import Task, task
from django_scopes import scope, scopes_disabled

from audits.models import Import, Organization
from audits.services import fair_queue, inventories
from audits.services.fair_queue import Work

logger = logging.getLogger(__name__)
_BROKE_OFF = (
    "The import stopped, and nothing was imported. Try again. If it fails again, tell "
    "an administrator."
)


def queue_check(*, inventory: Import, columns: Mapping[str, str]) -> None:
    """Have the rows checked; once, however often it is asked for.

    Raises:
        TooManyWaiting: Too many imports and the like are not finished yet.
    """
    with transaction.atomic():
        fair_queue.lock_queue_of(inventory.by)
        if inventories.ask_to_check(inventory=inventory, columns=columns):
            _enqueue(check_inventory, inventory)


def queue_write(*, inventory: Import) -> None:
    """Have the rows written; once, however often it is asked for.

    Raises:
        TooManyWaiting: Too many imports and the like are not finished yet.
    """
    with transaction.atomic():
        fair_queue.lock_queue_of(inventory.by)
        if inventories.ask_to_write(inventory=inventory):
            _enqueue(write_inventory, inventory)


def _enqueue(work: "Task[..., None]", inventory: Import) -> None:
    organization, by = inventory.organization, inventory.by
    fair_queue.require_room(work=Work.LONG, organization=organization, by=by)
    priority = fair_queue.priority_of(work=Work.LONG, organization=organization, by=by)
    work.using(priority=priority).enqueue(
        str(inventory.organization_id), str(inventory.pk)
    )


@task
def check_inventory(organization_id: str, import_id: str) -> None:
    """Check the rows of one inventory."""
    _work(organization_id, import_id, inventories.check)


@task
def write_inventory(organization_id: str, import_id: str) -> None:
    """Write the rows of one inventory."""
    _work(organization_id, import_id, inventories.write)


def forget_old_imports() -> int:
    """Forget the rows of every organization's imports that nobody needs any more."""
    with scopes_disabled():
        return inventories.forget_old()


def _work(organization_id: str, import_id: str, work: Callable[..., None]) -> None:
    with scopes_disabled():
        organization = Organization.objects.get(pk=UUID(organization_id))
    with scope(organization=organization):
        found = Import.objects.select_related("organization", "by")
        inventory = found.get(pk=UUID(import_id))
        try:
            work(inventory=inventory)
        except Exception:
            logger.exception("import %s stopped", inventory.pk)
            inventories.fail(inventory=inventory, reason=_BROKE_OFF)

"""Bounds what the rows of imports take in the database."""

import json
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from audits.models import Import, Organization, User
from audits.services.record import events

# How long an import stays after its last step: if its rows were never checked, if they
# were not imported, and if they were.
_UNCHECKED, _LEFT, _DONE = timedelta(days=1), timedelta(days=7), timedelta(days=30)
_MEGABYTE = 1024 * 1024
# What of an import is large, and read only on use.
_ROWS = ("rows", "lines", "found")
# Nothing of it is in the portfolio, and no worker has it.
UNUSED = (Import.State.READ, Import.State.CHECKED, Import.State.FAILED)


class NoRoomForImports(Exception):  # noqa: N818 - the state it is in, not a fault
    """The organization has as many rows waiting as it may; says what to do."""


def size_of(*stored: object) -> int:
    """Return how many bytes values take as JSON."""
    return sum(len(json.dumps(v, ensure_ascii=False).encode()) for v in stored)


def require_room(organization: Organization, size: int = 0) -> None:
    """Require that an organization has room for another import.

    Args:
        organization: Whose import; lock its row, so that two at once keep the quota.
        size: What it takes, in bytes.

    Raises:
        NoRoomForImports: It has not.
    """
    own = Import.objects.filter(organization=organization)
    used = own.aggregate(used=Sum("size"))["used"] or 0
    if used + size >= settings.IMPORT_QUOTA:
        most = settings.IMPORT_QUOTA // _MEGABYTE
        message = (
            f"Imports of your organization take up all {most:,} MB that they may. "
            "Import the files that you uploaded, or try again tomorrow: a file whose "
            "rows nobody checked is removed after a day."
        )
        raise NoRoomForImports(message)


def make_room_of(organization: Organization, by: User, size: int) -> None:
    """Keep what one person has stored within their share.

    Their oldest files whose rows nobody checked make room for a new one.

    Args:
        organization: Whose imports; its row is locked.
        by: Whose share.
        size: What the new import takes, in bytes.

    Raises:
        NoRoomForImports: Without those files there is no room either; none is removed.
    """
    own = Import.objects.filter(organization=organization, by=by)
    used = own.aggregate(used=Sum("size"))["used"] or 0
    replaced = []
    for unchecked in own.filter(state=Import.State.READ).order_by("at").defer(*_ROWS):
        if used + size <= settings.IMPORT_QUOTA_OF_A_PERSON:
            break
        used -= unchecked.size
        replaced.append(unchecked)
    if used + size > settings.IMPORT_QUOTA_OF_A_PERSON:
        most = settings.IMPORT_QUOTA_OF_A_PERSON // _MEGABYTE
        message = (
            f"Your imports take up all {most:,} MB that those of one person may. "
            "Import the files that you uploaded, or remove one that you no longer need."
        )
        raise NoRoomForImports(message)
    for unchecked in replaced:
        remove_import(inventory=unchecked, by=by)


@transaction.atomic
def remove_import(*, inventory: Import, by: User | None) -> bool:
    """Remove a file that is not imported; False if a worker has it, or it is imported.

    Args:
        inventory: The import.
        by: Who removes it; None for housekeeping.
    """
    unused = Import.objects.filter(pk=inventory.pk, state__in=UNUSED)
    if not unused.delete()[0]:
        return False
    events.record(
        organization=inventory.organization,
        actor=by,
        verb="import.removed",
        subject=str(inventory.pk),
        by=inventory.by_id,
        sha256=inventory.sha256,
        size=inventory.size,
    )
    return True


def forget_old() -> int:
    """Remove imports that nobody will need any more; return how many.

    Imported use cases stay, and so does the event that names the file. The removal of a
    file that was not imported leaves one.
    """
    now, state = timezone.now(), Import.State
    old = (
        Q(state=state.READ, leased_until__lt=now - _UNCHECKED)
        | Q(state__in=(state.CHECKED, state.FAILED), leased_until__lt=now - _LEFT)
        | Q(leased_until__lt=now - _DONE)
    )
    gone = Import.objects.filter(old).exclude(state__in=Import.WAITING)
    unused = gone.filter(state__in=UNUSED).select_related("organization")
    removed = sum(
        remove_import(inventory=inventory, by=None)
        for inventory in list(unused.defer(*_ROWS))
    )
    return removed + gone.filter(state__in=(state.DONE, state.UNDONE)).delete()[0]

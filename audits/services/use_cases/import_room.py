"""Bounds what the rows of imports take in the database."""

import json
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, Sum
from django.utils import timezone

from audits.models import Import, Organization

# How long an import stays after its last step: if its rows were never checked, if they
# were not imported, and if they were.
_UNCHECKED, _LEFT, _DONE = timedelta(days=1), timedelta(days=7), timedelta(days=30)
_MEGABYTE = 1024 * 1024


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


def forget_old() -> int:
    """Remove imports that nobody will need any more; return how many.

    Imported use cases stay, and so does the event that names the file.
    """
    now, state = timezone.now(), Import.State
    old = (
        Q(state=state.READ, leased_until__lt=now - _UNCHECKED)
        | Q(state__in=(state.CHECKED, state.FAILED), leased_until__lt=now - _LEFT)
        | Q(leased_until__lt=now - _DONE)
    )
    return Import.objects.filter(old).exclude(state__in=Import.WAITING).delete()[0]

"""Checks what the site needs to work, one thing after the other."""

import logging
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audits.models import Session
from audits.outages import Outage, outage_of

logger = logging.getLogger(__name__)
LEAST_ROOM = 200  # megabytes
LONGEST_WAIT = timedelta(minutes=10)
_SAID = {
    Outage.UNREACHABLE: "The database is not responding or cannot store anything.",
    Outage.BUSY: "The database is too busy.",
}


def what_fails() -> str | None:
    """Return the first thing that stops the site from working, in one line, or None."""
    try:
        return next(filter(None, (check() for check in _CHECKS)), None)
    except (DatabaseError, InterfaceError) as error:
        if outage := outage_of(error):
            return _SAID[outage]
        raise


def _migrations() -> str | None:
    missing = _known_migrations() - set(
        MigrationRecorder(connection).applied_migrations()
    )
    if not missing:
        return None
    return f"Migrations not applied: {len(missing)}. Run manage.py migrate."


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None)
    return frozenset(loader.disk_migrations or ())


def _writing() -> str | None:
    with transaction.atomic():
        Session.objects.create(
            session_key=f"ready-{os.urandom(16).hex()[:34]}",
            session_data="",
            expire_date=timezone.now(),
        )
        transaction.set_rollback(True)
    return None


def _room() -> str | None:
    if not isinstance(default_storage, FileSystemStorage):
        return None
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():  # made with the first file
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        return "MEDIA_ROOT is not writable."
    free = shutil.disk_usage(folder).free // 1024**2
    if free >= LEAST_ROOM:
        return None
    logger.warning("MEDIA_ROOT has %s MB left", free)
    return f"MEDIA_ROOT has less than {LEAST_ROOM} MB left."


def _waiting() -> str | None:
    due = DBTaskResult.objects.ready().order_by("enqueued_at")
    oldest = due.values_list("enqueued_at", flat=True).first()
    waited = timezone.now() - oldest if oldest else timedelta()
    if waited < LONGEST_WAIT:
        return None
    return (
        f"A job has waited for {waited // timedelta(minutes=1)} minutes for a worker."
    )


_CHECKS: tuple[Callable[[], str | None], ...] = (
    _migrations,
    _writing,
    _room,
    _waiting,
)

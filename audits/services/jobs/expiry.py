"""Removes expired data: sessions that ended, and tasks that are done."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audits.models import Session

# So few rows delay nobody, and the next run of housekeeping comes soon.
_BATCH = 1000
_BATCHES = 10
# Long enough to find out why one failed. The result of a task is in its own row.
TASKS_KEPT = timedelta(days=14)


def remove_ended_sessions() -> int:
    """Remove expired and unused sessions; return how many there were."""
    now = timezone.now()
    idle = Q(seen_at__lt=now - timedelta(seconds=settings.SESSION_IDLE_AGE))
    return _remove(Session.objects.filter(idle | Q(expire_date__lt=now)))


def remove_old_tasks() -> int:
    """Remove tasks that ended long ago, or whose worker died; return how many."""
    before = timezone.now() - TASKS_KEPT
    ended, begun = Q(finished_at__lt=before), Q(finished_at=None, started_at__lt=before)
    return _remove(DBTaskResult.objects.filter(ended | begun))


def _remove(rows: QuerySet[Any, Any]) -> int:
    """Remove rows a few at a time, so that none is locked for long."""
    removed = 0
    for _ in range(_BATCHES):
        keys = list(rows.order_by().values_list("pk", flat=True)[:_BATCH])
        # Read again: a session may have been used in the meantime.
        removed += rows.filter(pk__in=keys).delete()[0]
        if len(keys) < _BATCH:
            break
    return removed

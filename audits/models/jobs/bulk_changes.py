"""Changes of many use cases at once."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.jobs.leases import Leased, LeasedQuerySet
from audits.models.organizations import Organization


class BulkChangeQuerySet(LeasedQuerySet["BulkChange"]):
    """Reads changes of many use cases."""

    def made(self) -> Self:
        """Those that a person made or a worker makes, the latest first."""
        made = self.exclude(state__in=("planned", "failed"))
        large = ("cases", "written")
        return made.select_related("by").defer(*large).order_by("-at", "pk")


class BulkChange(Leased):
    """One change of many use cases, from its choice until it is made or undone.

    `cases` are the ids of the use cases, in hex. `wanted` has what is chosen:
    {"owner": id, "team": id, "stage", "review", "sponsor", "add", "remove", "own"},
    each only if chosen; "own" has values of own fields by key.
    `shown` is the digest of the plan that the person read. A worker has compared `done`
    use cases with it; then it changes all in one transaction. `written` is what an undo
    needs, {"rows": [{"id", "changed": {what: [before, after]}, "audit", "in_force"}]},
    then what became of the undo, {"restored", "left": [{"reference", "name", "why"}],
    "more"}.
    """

    class State(models.TextChoices):
        """The progress."""

        PLANNED = "planned", "Not changed yet"
        WRITING = "writing", "Changing the use cases"
        DONE = "done", "Changed"
        FAILED = "failed", "Not changed"
        UNDOING = "undoing", "Undoing the change"
        UNDONE = "undone", "Undone"

    WAITING = (State.WRITING, State.UNDOING)
    LEASE = timedelta(minutes=5)
    UNDO_FOR = timedelta(days=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="bulk_changes"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    cases = models.JSONField()
    wanted = models.JSONField()
    shown = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.PLANNED)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    written = models.JSONField(default=dict)

    objects: ClassVar[BulkChangeQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(BulkChangeQuerySet),
        organization="organization",
    )

    class Meta:
        indexes = (
            models.Index(
                fields=("leased_until",),
                condition=models.Q(state__in=("writing", "undoing")),
                name="bulk_change_that_waits",
            ),
        )

    def __str__(self) -> str:
        return f"{len(self.cases)} use cases ({self.get_state_display()})"

    @property
    def undo_until(self) -> datetime:
        """Until when it can be undone; then it is forgotten."""
        return self.at + self.UNDO_FOR

    @property
    def queued_state(self) -> str:
        """The state in which it waits for another worker."""
        return self.state

    @property
    def is_working(self) -> bool:
        """Whether a worker has it, or is expected to."""
        return self.state in self.WAITING

    @property
    def is_compared(self) -> bool:
        """Whether all were compared, so that it is being made."""
        return self.done >= len(self.cases)

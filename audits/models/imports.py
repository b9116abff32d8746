"""Inventories that are imported."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.organizations import Organization
from audits.models.text import CleanCharField
from audits.tables.tables import Table


class Import(models.Model):
    """One inventory file, from its upload until its rows are use cases.

    `headings`, `rows` and `lines` are its table; `columns` says which heading stands
    for which field. `found` is what the check made of each row: {"line", "does",
    "reference", "name", "changes", "problems"}. Nothing of it is a use case before it
    is DONE; a worker that dies leaves it as it was.
    """

    class State(models.TextChoices):
        """How far it is."""

        READ = "read", "Read"
        CHECKING = "checking", "Checking the rows"
        CHECKED = "checked", "Checked"
        WRITING = "writing", "Writing the use cases"
        DONE = "done", "Imported"
        FAILED = "failed", "Not imported"

    WORKING = (State.CHECKING, State.WRITING)
    PATIENCE = timedelta(minutes=5)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="imports"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    file_name = CleanCharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    headings = models.JSONField()
    rows = models.JSONField()
    lines = models.JSONField()
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=State, default=State.READ)
    done = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(default=timezone.now)
    found = models.JSONField(default=list)
    failure = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["Import"]] = ScopedManager(
        organization="organization"
    )

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"

    @property
    def table(self) -> Table:
        """The table, as it was read."""
        return Table(
            headings=tuple(self.headings),
            rows=tuple(tuple(row) for row in self.rows),
            lines=tuple(self.lines),
        )

    @property
    def is_working(self) -> bool:
        """Whether a worker has it, or is expected to."""
        return self.state in self.WORKING

    @property
    def is_late(self) -> bool:
        """Whether the worker that had it must be lost."""
        return self.is_working and self.moved_at < timezone.now() - self.PATIENCE

"""Imports of inventories."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.fields.text import CleanCharField
from audits.models.jobs.leases import Leased, LeasedQuerySet
from audits.models.organizations import Organization
from audits.models.use_cases import UseCase
from audits.uploads.tables.tables import Table


class ImportQuerySet(LeasedQuerySet["Import"]):
    """Reads imports."""


class Import(Leased):
    """One inventory file, from its upload until its rows are use cases.

    `headings`, `rows` and `lines` are its table; `columns` assigns a heading to each
    field, or `preset` names the public format that does. `encoding` is that of its text
    if it was guessed. `found` is the result of the check for each row: {"line", "does",
    "reference", "name", "changes", "problems", "notes"}, with each change as {"label",
    "before", "after"}. No row becomes a use case before the import is DONE; a worker
    that dies changes nothing. The table goes then, but for refused rows if `only_good`
    ones were asked for. `written` is what an undo needs: {"teams", "rows"}, with each
    row as {"id", "mark"} of a use case, and {"before", "kept"} if it was changed.
    `size` is what all this takes, in bytes.
    """

    class State(models.TextChoices):
        """The progress."""

        READ = "read", "Read"
        CHECKING = "checking", "Checking the rows"
        CHECKED = "checked", "Checked"
        WRITING = "writing", "Writing the use cases"
        DONE = "done", "Imported"
        FAILED = "failed", "Not imported"
        UNDOING = "undoing", "Undoing the import"
        UNDONE = "undone", "Undone"

    WAITING = (State.CHECKING, State.WRITING, State.UNDOING)
    # A worker reports its progress more often than this, until it writes.
    LEASE = timedelta(minutes=5)

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
    encoding = models.CharField(max_length=40, blank=True)
    columns = models.JSONField(default=dict)
    preset = models.CharField(max_length=40, blank=True)
    only_good = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=State, default=State.READ)
    done = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=list)
    written = models.JSONField(default=dict)
    size = models.PositiveIntegerField(default=0)

    objects: ClassVar[ImportQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(ImportQuerySet),
        organization="organization",
    )

    class Meta:
        indexes = (
            models.Index(
                fields=("leased_until",),
                condition=models.Q(state__in=("checking", "writing", "undoing")),
                name="import_that_waits",
            ),
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
            encoding=self.encoding,
        )

    @property
    def row_count(self) -> int:
        """How many rows the file has, also once they are imported."""
        return len(self.found) or len(self.rows)

    @property
    def queued_state(self) -> str:
        """The state in which it waits for another worker."""
        return self.state

    @property
    def is_working(self) -> bool:
        """Whether a worker has it, or is expected to."""
        return self.state in self.WAITING


class ImportedRow(models.Model):
    """Cells of an inventory that are kept with a use case, by their headings.

    Those of a public format are all kept, and of other files those that have more text
    than a field of the use case; nothing is cut and lost. `preset` is the format.
    """

    use_case = models.OneToOneField(
        UseCase, models.CASCADE, related_name="imported_row", primary_key=True
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="imported_rows"
    )
    preset = models.CharField(max_length=40, blank=True)
    cells = models.JSONField()

    objects: ClassVar[models.Manager["ImportedRow"]] = ScopedManager(
        organization="organization"
    )

    def __str__(self) -> str:
        return f"Imported row of {self.use_case_id}"

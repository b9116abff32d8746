"""Jobs: work that somebody requested and waits for."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from audits.models.jobs.leases import Leased, LeasedQuerySet
from audits.models.organizations import Organization


class JobQuerySet[R: "Job"](LeasedQuerySet[R]):
    """Reads jobs."""


class Job(Leased):
    """Something that a worker makes once; `key` identifies its inputs."""

    class State(models.TextChoices):
        """The state of the job."""

        QUEUED = "queued", "In queue"
        MAKING = "making", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"
        # Of packs alone: it was made, and its file was removed to make room.
        EXPIRED = "expired", "File removed"

    WAITING = (State.QUEUED, State.MAKING)
    # Its name in the record of events.
    NOUN: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="%(class)ss"
    )
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[JobQuerySet[Any]]

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "key"), name="one_%(class)s_of_a_key"
            ),
        )
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(
                fields=("leased_until",),
                condition=models.Q(state__in=("queued", "making")),
                name="%(class)s_that_waits",
            ),
        )

    @property
    def queued_state(self) -> str:
        """The state in which it waits for another worker."""
        return self.State.QUEUED

    @property
    def progress(self) -> str:
        """The state, or "late" if its lease has ended."""
        return "late" if self.is_late else self.state


class FileJob(Job):
    """A job that makes a file: a paper or a pack.

    `notice` is what its author has to know of it, though it is made. `digest` is the
    SHA-256 of the file, and `size` its bytes. `told` is what it says, for slides and
    documents: `office.told` has its form. It is empty for what has none of these.
    """

    # The folder of its files.
    FOLDER: ClassVar[str]

    notice = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    told = models.JSONField(default=dict)

    class Meta(Job.Meta):
        abstract = True
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Job.Meta.indexes,
            models.Index(fields=("checked_at",), name="%(class)s_by_check"),
        )

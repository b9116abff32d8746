"""What workers make: files that somebody asked for and waits for."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from audits.models.organizations import Organization


class JobQuerySet[R: "Job"](models.QuerySet[R]):
    """Reads jobs."""

    def waiting(self) -> Self:
        """Return those that are in the queue or with a worker."""
        return self.filter(state__in=Job.WAITING)

    def overdue(self, now: datetime) -> Self:
        """Return those that nobody holds any more and nobody has made."""
        return self.waiting().filter(leased_until__lt=now)

    def held_as(self, job: R) -> Self:
        """Return the row of a job if it is still held as this copy says."""
        return self.waiting().filter(pk=job.pk, leased_by=job.leased_by)


class Job(models.Model):
    """A file that a worker makes.

    The row is the truth about the job: a task that dies leaves it as it is.
    `key` names what it is made of, so the same file is made once. The queue holds a
    waiting one, then a worker; either has it until `leased_until`.
    """

    class State(models.TextChoices):
        """Where the job stands."""

        QUEUED = "queued", "In queue"
        MAKING = "making", "Making the paper"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    WAITING = (State.QUEUED, State.MAKING)
    # What it is called in the record of events, and where its files are kept.
    NOUN: ClassVar[str]
    FOLDER: ClassVar[str]
    # So long a worker has: more than it may take to make the file, and to store it.
    LEASE: ClassVar[timedelta]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="%(class)ss"
    )
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    leased_by = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)
    # What its author has to know of it, though it is made.
    notice = models.CharField(max_length=500, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

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
    def progress(self) -> str:
        """The state, or "late" if whoever held it has had their time."""
        is_late = self.state in self.WAITING and self.leased_until < timezone.now()
        return "late" if is_late else self.state


class StoredRendering(Job):
    """One whose file is stored: a paper or a pack.

    `digest` is the SHA-256 of the file; empty if it was made before that was kept.
    """

    digest = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta(Job.Meta):
        abstract = True
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Job.Meta.indexes,
            models.Index(fields=("checked_at",), name="%(class)s_by_check"),
        )

"""Who has a job, until when, and how often one was begun."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone


class LeasedQuerySet[R: "Leased"](models.QuerySet[R]):
    """Reads jobs by their leases."""

    def waiting(self) -> Self:
        """Return those that are in the queue or with a worker."""
        return self.filter(state__in=self.model.WAITING)

    def overdue(self, now: datetime) -> Self:
        """Return those that nobody holds any more and nobody has done."""
        return self.waiting().filter(leased_until__lt=now)

    def held_as(self, job: R) -> Self:
        """Return the row of a job if it is still held as this copy says."""
        return self.waiting().filter(pk=job.pk, leased_by=job.leased_by)


class Leased(models.Model):
    """A job for a worker: a task that dies leaves its row as it is.

    The queue holds a waiting one, then a worker; either has it until `leased_until`.
    `leased_by` names the worker's lease, and is empty in the queue.
    """

    # The states in which it is in the queue or with a worker; FAILED is one of neither.
    WAITING: ClassVar[tuple[str, ...]]
    FAILED: ClassVar[str] = "failed"
    # So long a worker has, or has to say anew that it is at it.
    LEASE: ClassVar[timedelta]

    state: "models.CharField[str, str]"
    leased_by = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[LeasedQuerySet[Any]]

    class Meta:
        abstract = True

    @property
    def queued_state(self) -> str:
        """The state in which it waits to be claimed again."""
        raise NotImplementedError

    @property
    def is_late(self) -> bool:
        """Whether whoever held it has had their time."""
        return self.state in self.WAITING and self.leased_until < timezone.now()

"""Which worker has a job, until when, and how often it was started."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone


class LeasedQuerySet[R: "Leased"](models.QuerySet[R]):
    """Reads jobs by their leases."""

    def waiting(self) -> Self:
        """Return the jobs in the queue or with a worker."""
        return self.filter(state__in=self.model.WAITING)

    def overdue(self, now: datetime) -> Self:
        """Return the unfinished jobs whose lease has ended."""
        return self.waiting().filter(leased_until__lt=now)

    def held_as(self, job: R) -> Self:
        """Return the row of a job if it still has the lease of this copy."""
        return self.waiting().filter(pk=job.pk, leased_by=job.leased_by)


class Leased(models.Model):
    """A job for a worker: a task that dies leaves its row as it is.

    First the queue has it, then a worker, each until `leased_until`. `leased_by` names
    the worker's lease, and is empty in the queue.
    """

    # The states in the queue or with a worker; FAILED is neither.
    WAITING: ClassVar[tuple[str, ...]]
    FAILED: ClassVar[str] = "failed"
    # How long a worker has, unless it extends the lease.
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
        """The state in which it waits for another worker."""
        raise NotImplementedError

    @property
    def is_late(self) -> bool:
        """Whether the lease has ended."""
        return self.state in self.WAITING and self.leased_until < timezone.now()

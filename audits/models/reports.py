"""Board papers."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.organizations import Organization


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads reports."""

    def waiting(self) -> Self:
        """Return those that are in the queue or with a worker."""
        return self.filter(state__in=Report.WAITING)

    def overdue(self, now: datetime) -> Self:
        """Return those that nobody holds any more and nobody has made."""
        return self.waiting().filter(leased_until__lt=now)

    def held_as(self, report: "Report") -> Self:
        """Return the row of a report if it is still held as this copy says."""
        return self.waiting().filter(pk=report.pk, leased_by=report.leased_by)


class Report(models.Model):
    """One PDF of one submitted audit.

    The row is the truth about the rendering: a task that dies leaves it as it is.
    `key` names the submission it is made of, so the same paper is made once. The queue
    holds a waiting paper, then a worker; either has it until `leased_until`.
    """

    class State(models.TextChoices):
        """Where the rendering stands."""

        QUEUED = "queued", "In queue"
        MAKING = "making", "Making the paper"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    WAITING = (State.QUEUED, State.MAKING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="reports"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="reports")
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    leased_by = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(upload_to="reports", blank=True)
    failure = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[ReportQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(ReportQuerySet),
        organization="organization",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "key"), name="one_report_of_a_key"
            ),
        )
        indexes = (
            models.Index(
                fields=("leased_until",),
                condition=models.Q(state__in=("queued", "making")),
                name="report_that_waits",
            ),
        )

    def __str__(self) -> str:
        return f"{self.audit.use_case.reference} ({self.get_state_display()})"

    @property
    def progress(self) -> str:
        """The state, or "late" if whoever held it has had their time."""
        is_late = self.state in self.WAITING and self.leased_until < timezone.now()
        return "late" if is_late else self.state

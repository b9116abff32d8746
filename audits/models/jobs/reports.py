"""Board papers."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.jobs.jobs import FileJob, JobQuerySet


class ReportQuerySet(JobQuerySet["Report"]):
    """Reads reports."""


class Report(FileJob):
    """One PDF of one submitted audit; `key` identifies the submission."""

    NOUN = "report"
    FOLDER = "reports"
    LEASE = timedelta(minutes=3)

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="reports")
    file = models.FileField(upload_to=FOLDER, blank=True)
    # The record line of its request, which it prints.
    record_number = models.PositiveBigIntegerField(null=True)
    record_digest = models.CharField(max_length=64, blank=True)
    # False while only a pack needs it; then cancelling the pack cancels it.
    asked_alone = models.BooleanField(default=True)

    objects: ClassVar[ReportQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(ReportQuerySet),
        organization="organization",
    )

    def __str__(self) -> str:
        return f"{self.audit.use_case.reference} ({self.get_state_display()})"

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

    class Kind(models.TextChoices):
        """What it is: the board paper, or the annex with all answers."""

        PAPER = "paper", "Board paper"
        ANNEX = "annex", "Annex: all answers"

    NOUN = "report"
    FOLDER = "reports"
    LEASE = timedelta(minutes=3)

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PAPER)
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

    @property
    def noun(self) -> str:
        """What pages call it."""
        return "annex" if self.kind == self.Kind.ANNEX else "paper"

    def __str__(self) -> str:
        return f"{self.audit.use_case.reference} ({self.get_state_display()})"

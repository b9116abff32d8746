"""Board papers."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.organizations import Organization


class Report(models.Model):
    """One PDF of one submitted audit.

    The row is the truth about the rendering: a task that dies leaves it as it is.
    `key` names the submission it is made of, so the same paper is made once.
    """

    class State(models.TextChoices):
        """Where the rendering stands."""

        QUEUED = "queued", "In queue"
        MAKING = "making", "Making the paper"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="reports"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="reports")
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    file = models.FileField(upload_to="reports", blank=True)
    failure = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Report"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "key"), name="one_report_of_a_key"
            ),
        )

    def __str__(self) -> str:
        return f"{self.audit.use_case.reference} ({self.get_state_display()})"

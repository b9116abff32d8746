"""Who submitted an audit, each time."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.organizations import Organization


class Submission(models.Model):
    """One submission of an audit; it stays when the audit is reopened."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="submissions"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="submissions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Submission"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"Submission of {self.audit_id} by {self.by_id}"

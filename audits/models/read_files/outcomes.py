"""What happened after signed papers."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.organizations import Organization


class Outcome(models.Model):
    """What usage files say of the months after the paper of a signed audit.

    It is computed when a file or an audit of the use case changes, so that pages only
    read it; an audit without a file that counts has none. `months` is what
    `scoring.tracking.outcomes.values_of` gives, the newest first, and `counts` what
    they come to, for pages that read a whole portfolio. `left_out` has by
    file, in sentences, what of it does not count. `why_not` says why nothing is
    compared; empty if months are.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="outcomes"
    )
    audit = models.OneToOneField(Audit, models.CASCADE, related_name="outcome")
    months: models.JSONField[Any, Any] = models.JSONField(default=list)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    left_out: models.JSONField[Any, Any] = models.JSONField(default=dict)
    why_not = models.CharField(max_length=300, blank=True)
    computed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(organization="organization")

    def __str__(self) -> str:
        return str(self.audit)

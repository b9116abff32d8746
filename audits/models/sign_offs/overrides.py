"""Overrides: another verdict than the computed one, with who says so and why."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.text import CleanTextField
from audits.models.organizations import Organization

MOST_OF_A_REASON = 240


class OverrideQuerySet(models.QuerySet["Override"]):
    """Reads overrides."""

    def of_audit(self, audit: Audit) -> Self:
        """Return those of an audit with who signed each, the first one first."""
        return self.select_related("by").filter(audit=audit).order_by("number")


class Override(models.Model):
    """A signed override of a verdict, or its taking back; kept forever.

    `verdict` is what counts in place of the `computed` one, and is empty for a taking
    back. The one of an audit with the highest `number` counts. `words` are its reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="overrides"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="overrides")
    number = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=32, blank=True)
    computed = models.CharField(max_length=32)
    words = CleanTextField(max_length=MOST_OF_A_REASON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[OverrideQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(OverrideQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("audit", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("audit", "number"), name="one_override_of_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.verdict or 'Taken back'} by {self.by}"

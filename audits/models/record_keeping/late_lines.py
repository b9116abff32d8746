"""Lines that a record did not take at once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from audits.models.organizations import Organization


class LateLine(models.Model):
    """A line that waits, since somebody else wrote to the record for long.

    It has what becomes an Event, with the time at which it happened.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="late_lines"
    )
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    details = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["LateLine"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

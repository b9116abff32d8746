"""The record of who did what."""

import hashlib
import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from audits.models.organizations import Organization


class Event(models.Model):
    """One line of an organisation's append-only record.

    Each line's `digest` covers its content and the digest before it, so a line
    that is changed or taken out shows. Names stand outside of it: a person is an
    id here, and can be forgotten without breaking the chain.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="events"
    )
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Event"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "number"), name="one_event_of_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject}"

    def compute_digest(self) -> str:
        """Return what the digest of this line must be."""
        content: list[Any] = [
            self.previous,
            self.number,
            self.at.isoformat(),
            self.actor_id,
            self.verb,
            self.subject,
            self.details,
        ]
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

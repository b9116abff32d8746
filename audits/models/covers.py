"""What the author adds to page 1 of a board paper."""

import hashlib
import json
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.public_ids import PublicId
from audits.models.fields.text import CleanCharField, fitting_text
from audits.models.organizations import Organization

RISKS, RISK_ROOM, OWNER_ROOM = 3, 104, 22
# What of a cover is not its author's words.
_NOT_WORDS = ("id", "organization", "audit")
_DAYS = ("sponsor_agreed_on", "decide_by")
_NO_SPONSOR = "Enter the sponsor who agreed, or leave the day empty"
_NOT_YET = "Enter today or a day before: this day is still to come"


class Cover(models.Model):
    """The author's own words on page 1; every field may be empty.

    `risks` holds up to three {"text", "owner"}. The sponsor was asked, and agreed on
    the day `sponsor_agreed_on`; without one, nobody asked.
    """

    class Purpose(models.TextChoices):
        """What the board should do with the paper."""

        DECISION = "decision", "For decision"
        DISCUSSION = "discussion", "For discussion"
        INFORMATION = "information", "For information"

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="covers"
    )
    audit = models.OneToOneField(Audit, models.CASCADE, related_name="cover")
    purpose = models.CharField(max_length=16, choices=Purpose, default=Purpose.DECISION)
    meeting = CleanCharField(max_length=60, blank=True)
    sponsor = CleanCharField(max_length=40, blank=True)
    sponsor_agreed_on = models.DateField(null=True, blank=True)
    decision_asked = CleanCharField(max_length=160, blank=True)
    if_nothing = CleanCharField(max_length=88, blank=True)
    why_now = CleanCharField(max_length=208, blank=True)
    risks = models.JSONField(default=list, blank=True)
    decide_by = models.DateField(null=True, blank=True)
    next_date = CleanCharField(max_length=72, blank=True)

    objects: ClassVar[models.Manager["Cover"]] = ScopedManager(
        organization="organization"
    )

    def __str__(self) -> str:
        return f"Cover of {self.audit_id}"

    @property
    def words(self) -> dict[str, Any]:
        """The author's words by name of the field."""
        written = (field.name for field in self._meta.concrete_fields)
        return {name: getattr(self, name) for name in written if name not in _NOT_WORDS}

    @property
    def as_text(self) -> str:
        """The author's words as the text of a JSON object."""
        return json.dumps(self.words, cls=DjangoJSONEncoder)

    @property
    def as_stored(self) -> dict[str, Any]:
        """The author's words as JSON has them."""
        stored: dict[str, Any] = json.loads(self.as_text)
        return stored

    @property
    def words_digest(self) -> str:
        """The SHA-256 of all words, which the record stores."""
        text = json.dumps(self.as_stored, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Return a cover with the words of such a text, of no audit."""
        words = json.loads(text)
        days = {name: words[name] for name in _DAYS if words.get(name)}
        return cls(**words | {x: date.fromisoformat(day) for x, day in days.items()})

    def is_late(self, on: date) -> bool:
        """Whether the day of the decision has passed."""
        return bool(self.decide_by and self.decide_by < on)

    def clean(self) -> None:
        """Clean the risks, drop empty ones, and refuse what does not fit."""
        if agreed := self.sponsor_agreed_on:
            wrong = "" if agreed <= timezone.localdate() else _NOT_YET
            if wrong := wrong if self.sponsor else _NO_SPONSOR:
                raise ValidationError({"sponsor_agreed_on": wrong})
        if len(self.risks) > RISKS:
            message = f"Enter {RISKS} risks or fewer; you entered {len(self.risks)}"
            raise ValidationError(message, code="too_many")
        risks = [
            {
                "text": fitting_text(risk["text"], RISK_ROOM),
                "owner": fitting_text(risk["owner"], OWNER_ROOM),
            }
            for risk in self.risks
        ]
        self.risks = [risk for risk in risks if risk["text"]]


class CoverVersion(PublicId):
    """What somebody changed on page 1: `words` holds it by field, as JSON has it."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="cover_versions"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="cover_versions")
    words = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["CoverVersion"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"Version of the cover of {self.audit_id}"

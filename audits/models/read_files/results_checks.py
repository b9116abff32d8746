"""What newer results files said of signed verdicts."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.text import CleanCharField
from audits.models.organizations import Organization


class ResultsCheckQuerySet(models.QuerySet["ResultsCheck"]):
    """Reads checks."""

    def total_size(self) -> int:
        """The bytes that what was read of all their files takes."""
        return self.aggregate(total=models.Sum("size"))["total"] or 0


class ResultsCheck(models.Model):
    """What a results file said of the measured conditions of a signed audit, and when.

    The file is not stored: `digest` is its SHA-256. `runs`, `cases`, `format` and
    `size` are what was read of it, as a ResultsFile has them, so that the next audit
    can take them; there are no runs if there was no room. `sentence` and `rows` are
    what the page said then; a row has a mark, what it is about, and what it says. So a
    check stays as it was when rules or market facts change. `contradicts` says in a few
    words which result contradicts which; empty where none does. `tested_on` is the day
    of the test; None where the file names none. `steps` are the kinds of candidates
    that steps of the verdict asked to test and the file has results of.
    """

    class State(models.TextChoices):
        HOLDS = "holds", "Confirmed"
        DIFFERS = "differs", "Contradicted"
        NOT_KNOWN = "not_known", "Neither confirmed nor contradicted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="results_checks"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="results_checks")
    name = CleanCharField(max_length=200)
    tested_on = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=State)
    sentence = models.TextField()
    rows: models.JSONField[Any, Any] = models.JSONField(default=list)
    runs: models.JSONField[Any, Any] = models.JSONField(default=list)
    cases = models.CharField(max_length=80, blank=True)
    format = models.CharField(max_length=40, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    steps: models.JSONField[Any, Any] = models.JSONField(default=list)
    contradicts = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(
        _manager_class=models.Manager.from_queryset(ResultsCheckQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("-at", "pk")

    def __str__(self) -> str:
        return self.name

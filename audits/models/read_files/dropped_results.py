"""What is left of the results files of use cases and drafts that are gone."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.text import CleanCharField
from audits.models.organizations import Organization, Team


class DroppedResults(models.Model):
    """A results file of a use case that was deleted, or of a draft that was discarded.

    No case and no text of the file is left: `digest` is its SHA-256, `cases` what
    `ResultsFile.cases` was, and `case_ids` the digests of ids, the smallest of very
    many. `runs` has for each run what a person said it is, which may be nothing, and
    how many cases passed. `name` and `team` are those of the use case when it went, and
    `imported_at` is when a result was first saved from the file. `audit` is the draft
    that was discarded; None if the use case was deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="dropped_results"
    )
    audit = models.ForeignKey(
        Audit, models.SET_NULL, null=True, related_name="dropped_results"
    )
    number = models.PositiveIntegerField()
    name = CleanCharField(max_length=80)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    cases = models.CharField(max_length=80, blank=True)
    case_ids: models.JSONField[Any, Any] = models.JSONField(default=list)
    runs: models.JSONField[Any, Any] = models.JSONField(default=list)
    imported_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(organization="organization")

    class Meta:
        ordering = ("-at", "pk")

    def __str__(self) -> str:
        return self.name

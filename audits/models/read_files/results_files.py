"""Files of evaluation tools that candidates were scored from."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.fields.text import CleanCharField
from audits.models.organizations import Organization
from audits.models.use_cases import UseCase


class ResultsFileQuerySet(models.QuerySet["ResultsFile"]):
    """Reads results files."""

    def total_size(self) -> int:
        """The bytes that all of them take."""
        return self.aggregate(total=models.Sum("size"))["total"] or 0


class ResultsFile(models.Model):
    """What was read of a results file, to compare candidates case by case.

    `runs` are the runs that it has, as the reader tells them; cases are known by a hash
    and have no text. `cases` is the same for files with the same cases: how many there
    are and a digest of their ids; empty without any. The file itself is not stored:
    `digest` is its SHA-256. `size` is how many bytes the runs take.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="results_files"
    )
    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="results_files")
    name = CleanCharField(max_length=200)
    digest = models.CharField(max_length=64)
    cases = models.CharField(max_length=80, blank=True)
    format = models.CharField(max_length=40)
    runs: models.JSONField[Any, Any] = models.JSONField()
    size = models.PositiveBigIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ResultsFileQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(ResultsFileQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("added_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("use_case", "digest"), name="one_results_file_a_digest"
            ),
        )

    def __str__(self) -> str:
        return self.name

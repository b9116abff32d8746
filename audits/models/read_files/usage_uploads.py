"""Usage files that the numbers of a use case were measured from."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.fields.text import CleanCharField
from audits.models.organizations import Organization
from audits.models.use_cases import UseCase


class UsageUploadQuerySet(models.QuerySet["UsageUpload"]):
    """Reads usage files."""

    def total_size(self) -> int:
        """The bytes that all of them take."""
        return self.aggregate(total=models.Sum("size"))["total"] or 0

    def counted(self) -> "UsageUploadQuerySet":
        """Those whose models somebody has chosen."""
        return self.filter(counted_models__isnull=False)

    def without_days(self) -> "UsageUploadQuerySet":
        """Without what was used day by day, which may be long."""
        return self.defer("content")


class RemovedUsage(models.Model):
    """A usage file that was removed: its name, and who added and removed it when.

    `id` is that of the file, which the lines of the record name. Nothing that it said
    is kept.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="removed_usage"
    )
    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="removed_usage")
    name = CleanCharField(max_length=200)
    digest = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(organization="organization")

    class Meta:
        ordering = ("-at", "pk")

    def __str__(self) -> str:
        return self.name


class UsageUpload(models.Model):
    """What was read of a usage file, and the numbers that were saved from it.

    `content` is what it says of each day and model, as the reader tells it. The file
    itself is not stored: `digest` is its SHA-256 unpacked, `size` how many bytes the
    content takes. `counted_models` are the names of the models that count for the use
    case, as the file has them; None is one without a name. It is None until somebody
    has chosen. `meant_models` has the ids of the market facts that somebody chose for
    names that these do not know. Synthetic usage was made up to rehearse. `measured`
    has the numbers that were saved from the file, by id, as text: one that the use case
    still has is measured in the period from `first` to `last`, as long as the length of
    the text that repeats is `prefix` still, where the number was computed from it.
    `replaced` has what those of them were before that the file changed; None is no
    number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="usage_uploads"
    )
    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="usage_uploads")
    name = CleanCharField(max_length=200)
    digest = models.CharField(max_length=64)
    format = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    content: models.JSONField[Any, Any] = models.JSONField()
    counted_models: models.JSONField[Any, Any] = models.JSONField(null=True)
    meant_models: models.JSONField[Any, Any] = models.JSONField(default=dict)
    is_synthetic = models.BooleanField(default=False)
    measured: models.JSONField[Any, Any] = models.JSONField(default=dict)
    prefix = models.CharField(max_length=20, blank=True)
    replaced: models.JSONField[Any, Any] = models.JSONField(default=dict)
    size = models.PositiveBigIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UsageUploadQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(UsageUploadQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("added_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("use_case", "digest"), name="one_usage_upload_a_digest"
            ),
        )

    def __str__(self) -> str:
        return self.name

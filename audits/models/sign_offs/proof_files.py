"""Files of minutes and of proofs, as they were uploaded."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.text import CleanCharField
from audits.models.organizations import Organization


def stored_proof_name(proof: "ProofFile", _: str) -> str:
    """Return the path of a file: a random name that reveals nothing."""
    return f"{ProofFile.FOLDER}/{proof.organization_id}/{uuid.uuid4().hex}"


class ProofFileQuerySet(models.QuerySet["ProofFile"]):
    """Reads files of minutes and of proofs."""

    def total_size(self) -> int:
        """The bytes that all of them take."""
        return self.aggregate(total=models.Sum("size"))["total"] or 0


class ProofFile(models.Model):
    """The file of a board's minutes, or of a proof that a condition is met.

    What names it is kept forever, and so is the file. `name` is the person's name for
    it; it is stored under another. `media_type` is what the content shows, and `digest`
    its SHA-256.
    """

    FOLDER = "proofs"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="proof_files"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="proof_files")
    file = models.FileField(upload_to=stored_proof_name, max_length=200)
    name = CleanCharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    checked_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ProofFileQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(ProofFileQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("added_at", "pk")
        indexes = (models.Index(fields=("checked_at",), name="proof_file_by_check"),)

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> str:
        """Its name and its SHA-256, as files tell them."""
        return f"{self.name} (SHA-256 {self.digest})"

"""Every earlier answer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.public_ids import PublicId
from audits.models.organizations import Organization


class Version(PublicId):
    """One entry of an audit as somebody gave it.

    A version that was `set_aside` never counted: somebody else had changed the entry
    after its author saw it. Its `number` is that of the version it was based on, and it
    waits for its author to choose until it is `settled`. Its `tab` is the page that
    sent it.
    """

    class Kind(models.TextChoices):
        """The kinds of entries."""

        ANSWER = "answer", "Answer"
        LEVEL = "level", "Evidence level"
        NUMBER = "number", "Number"
        NOTE = "note", "Note"
        CANDIDATE = "candidate", "Candidate"

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="versions"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="versions")
    kind = models.CharField(max_length=16, choices=Kind)
    item = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    # The index of what somebody changed last begins with it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    set_aside = models.BooleanField(default=False)
    settled = models.BooleanField(default=False)
    tab = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["Version"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("audit", "kind", "item", "number"),
                condition=models.Q(set_aside=False),
                name="one_version_of_a_number",
            ),
        )
        indexes = (
            models.Index(
                fields=("organization",),
                condition=models.Q(set_aside=True, settled=False),
                name="version_that_waits",
            ),
            models.Index(fields=("by", "-at"), name="version_by_author"),
        )

    def __str__(self) -> str:
        return f"{self.item} version {self.number}"

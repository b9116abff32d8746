"""Stored files that are missing, altered or unreadable."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.organizations import Organization


class FileProblemQuerySet(models.QuerySet["FileProblem"]):
    """Reads problems of stored files."""

    def open(self) -> Self:
        """Return the open problems."""
        return self.filter(closed_at=None)

    def lost(self) -> Self:
        """Return the open ones whose file is known to be missing or altered."""
        return self.open().filter(state__in=FileProblem.LOST)

    def seen_before(self, moment: datetime) -> Self:
        """Return the open ones not checked since a time, the oldest first."""
        return self.open().filter(seen_at__lt=moment).order_by("seen_at", "pk")


class FileProblem(models.Model):
    """A stored file that is missing, altered or cannot be read, until it is right.

    `subject` is the id of the row that names the file: a paper, a pack, a piece of
    evidence, the file of minutes or of a proof, or the organization for its logo.
    `what` and `file` are for operators.
    """

    class Kind(models.TextChoices):
        """The kind of file."""

        PAPER = "paper", "Paper"
        PACK = "pack", "Pack"
        EVIDENCE = "evidence", "Evidence"
        LOGO = "logo", "Logo"
        PROOF = "proof", "Minutes or proof"

    class State(models.TextChoices):
        """What is wrong with it."""

        MISSING = "missing", "Missing"
        ALTERED = "altered", "Altered"
        UNREADABLE = "unreadable", "Cannot be read"

    LOST = (State.MISSING, State.ALTERED)

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="file_problems"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    subject = models.UUIDField()
    what = models.CharField(max_length=120)
    file = models.CharField("stored as", max_length=200)
    state = models.CharField(max_length=16, choices=State)
    noticed_at = models.DateTimeField("since", default=timezone.now)
    seen_at = models.DateTimeField("last checked", default=timezone.now)
    closed_at = models.DateTimeField("fixed since", null=True)

    objects: ClassVar[FileProblemQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(FileProblemQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = (models.F("closed_at").desc(nulls_first=True), "-noticed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject"),
                condition=models.Q(closed_at=None),
                name="one_open_problem_of_a_file",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.what}: {self.get_state_display()}"

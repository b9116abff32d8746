"""The conditions of a sign-off, and what became of each."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.text import CleanCharField, CleanTextField
from audits.models.organizations import Organization
from audits.models.people import User
from audits.models.reviews import Review

MOST_OF_A_CONDITION = 300


def condition_said(words: str, owner: User, due_on: date) -> str:
    """Return a condition as a review keeps it in its words."""
    return f"{words} ({owner}, by {date_format(due_on, 'j F Y')})"


class SignOffConditionQuerySet(models.QuerySet["SignOffCondition"]):
    """Reads conditions."""

    def in_force(self) -> Self:
        """Return those of verdicts that are in force: a new sign-off replaces them."""
        return self.filter(audit__state=Audit.State.SIGNED_OFF)

    def open(self) -> Self:
        """Return those in force that nobody has met."""
        return self.in_force().filter(met_at=None)

    def with_steps(self) -> Self:
        """With `steps_told`: what became of each, the first step first."""
        steps = ConditionStep.objects.select_related("by")
        return self.prefetch_related(
            models.Prefetch("steps", steps, to_attr="steps_told")
        )


class SignOffCondition(models.Model):
    """What a reviewer asks for, of whom, and until when.

    Nothing of it changes but `met_at`, which follows from its last step. `late_from` is
    the moment at which its day is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="conditions"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="conditions")
    review = models.ForeignKey(Review, models.CASCADE, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    words = CleanTextField(max_length=MOST_OF_A_CONDITION)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    late_from = models.DateTimeField()
    met_at = models.DateTimeField(null=True)

    steps_told: "list[ConditionStep]"  # of one that was read with them

    objects: ClassVar[SignOffConditionQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(SignOffConditionQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("review", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("review", "number"), name="one_condition_of_a_number"
            ),
        )
        indexes = (
            models.Index(
                fields=("owner",),
                condition=models.Q(met_at=None),
                name="open_condition_of_an_owner",
            ),
        )

    def __str__(self) -> str:
        return condition_said(self.words, self.owner, self.due_on)

    @property
    def is_met(self) -> bool:
        """Whether somebody has met it."""
        return self.met_at is not None

    @property
    def is_overdue(self) -> bool:
        """Whether its day is over and nobody has met it."""
        return not self.is_met and self.due_on < timezone.localdate()


class ConditionStep(models.Model):
    """That a condition was met, or that this was taken back; kept forever.

    `words` are a note on how it was met, or the reason. `link` is the proof, and `name`
    what it is called.
    """

    class Kind(models.TextChoices):
        """What became of the condition."""

        MET = "met", "Met"
        TAKEN_BACK = "taken_back", "Taken back"

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="condition_steps"
    )
    condition = models.ForeignKey(
        SignOffCondition, models.CASCADE, related_name="steps"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    words = CleanTextField(max_length=1000)
    link = models.URLField(max_length=500, blank=True)
    name = CleanCharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["ConditionStep"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by}"

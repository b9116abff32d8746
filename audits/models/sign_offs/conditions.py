"""The conditions of a sign-off, and what became of each."""

import textwrap
import uuid
from datetime import date
from typing import ClassVar, Literal, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.text import CleanCharField, CleanTextField
from audits.models.organizations import Organization
from audits.models.people import User
from audits.models.queries.written_once import written_once
from audits.models.sign_offs.proof_files import ProofFile
from audits.models.sign_offs.reviews import Review

MOST_OF_A_CONDITION = 300
BEFORE_THE_MONEY = "before the money is spent"
MEANWHILE = "while the work goes on"
# What is printed of one that nobody else has seen.
ALONE = "asked and confirmed by the same person, no proof"
# The characters of the name of a proof that a sentence has room for.
_NAMED = 40

type ConditionState = Literal["open", "said", "met"]


def condition_said(
    words: str, owner: User, due_on: date, *, holds_money: bool = True
) -> str:
    """Return a condition as a review keeps it in its words."""
    when = "" if holds_money else f", {MEANWHILE}"
    return f"{words} ({owner}, by {date_format(due_on, 'j F Y')}{when})"


def holding_conditions(path: str) -> dict[str, models.Aggregate]:
    """Return how many conditions hold an amount, as `is_holding` says of each.

    `waits_said` of them are said to be met, and the others are due from `waits_from`.

    Args:
        path: What leads to the conditions.
    """
    holds = models.Q((f"{path}__confirmed_at", None), (f"{path}__holds_money", True))
    is_open = holds & models.Q((f"{path}__met_at", None))
    said = holds & models.Q((f"{path}__met_at__isnull", False))
    return {
        "waits_of": models.Count(path, holds, distinct=True),
        "waits_said": models.Count(path, said, distinct=True),
        "waits_from": models.Min(f"{path}__due_on", filter=is_open),
    }


class SignOffConditionQuerySet(models.QuerySet["SignOffCondition"]):
    """Reads conditions."""

    def in_force(self) -> Self:
        """Return those of verdicts that are in force: a new sign-off replaces them."""
        return self.filter(audit__state=Audit.State.SIGNED_OFF)

    def open(self) -> Self:
        """Return those in force of which nobody says that they are met."""
        return self.in_force().filter(met_at=None)

    def asked_of(self, person: int) -> Self:
        """Return the open ones that a person has to meet, by their id."""
        own = models.Q(owner=person, handed_to=None)
        return self.open().filter(own | models.Q(handed_to=person))

    def with_steps(self) -> Self:
        """With `steps_told`: what became of each, the first step first."""
        steps = ConditionStep.objects.select_related("by", "file")
        return self.prefetch_related(
            models.Prefetch("steps", steps, to_attr="steps_told")
        )


class SignOffCondition(models.Model):
    """What a reviewer asks for, of whom, and until when.

    Nothing of it changes but `met_at`, since when somebody says that it is met, and
    `confirmed_at`, since when who may sign off confirms that. Both follow from its last
    step. If its owner leaves, it is `handed_to` somebody else, `handed_by` whom and
    when: the sign-off still names the owner. `late_from` is the moment at which its day
    is over. An approved amount waits for it if it `holds_money`; else it is met while
    the work goes on.
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
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed_at = models.DateTimeField(null=True)
    due_on = models.DateField()
    late_from = models.DateTimeField()
    holds_money = models.BooleanField(default=True)
    met_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

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
        holds = self.holds_money
        return condition_said(self.words, self.owner, self.due_on, holds_money=holds)

    @staticmethod
    def of_review(review: Review) -> "list[SignOffCondition]":
        """Return those of a review with `steps_told`; each result page asks for them.

        Note: two queries.
        """
        found = _asked_by(review=review.pk)
        of = {condition.pk: condition for condition in found}
        for condition in found:
            condition.review, condition.steps_told = review, []
        for step in _became_of(review=review.pk):
            of[step.condition_id].steps_told.append(step)
        return found

    @property
    def asked(self) -> User:
        """Who has to meet it: its owner, or who got it when the owner left."""
        return self.handed_to or self.owner

    @property
    def is_met(self) -> bool:
        """Whether who may sign off has confirmed that it is met."""
        return self.confirmed_at is not None

    @property
    def is_holding(self) -> bool:
        """Whether an amount waits for it: every page and file reads it here."""
        return self.holds_money and not self.is_met

    @property
    def is_said(self) -> bool:
        """Whether somebody says that it is met, and nobody has confirmed it."""
        return self.met_at is not None and not self.is_met

    @property
    def state(self) -> ConditionState:
        """Whether it is open, said to be met, or met."""
        if self.is_met:
            return "met"
        return "said" if self.is_said else "open"

    @property
    def told(self) -> "ConditionStep | None":
        """The last step that says that it is met; of one read with its steps."""
        if self.met_at is None:
            return None
        kind = ConditionStep.Kind.MET
        return next((x for x in reversed(self.steps_told) if x.kind == kind), None)

    @property
    def became(self) -> str:
        """Who says that it is met, or who confirmed it; empty while it is open."""
        told = self.told
        if told is None:
            return ""
        if self.confirmed_at is None:
            return f"{told.by} says that it is met, with {told.proof}"
        day = date_format(timezone.localtime(self.confirmed_at), "j F Y")
        alone = f" ({ALONE})" if self.is_by_one else ""
        return f"It is met, confirmed by {self.steps_told[-1].by} on {day}{alone}"

    @property
    def is_by_one(self) -> bool:
        """Whether who asked for it alone says and confirms it, without a proof."""
        told = self.told
        if told is None or self.confirmed_at is None or told.shown:
            return False
        return {told.by_id, self.steps_told[-1].by_id} == {self.review.by_id}

    @property
    def shown_by(self) -> str:
        """Who confirmed or says that it is met, with what; empty while it is open."""
        told = self.told
        if told is None:
            return ""
        if self.confirmed_at is None:
            return f"{told.by} says so, with {told.proof}; nobody has confirmed it"
        day = date_format(timezone.localtime(self.confirmed_at), "j F Y")
        shown = ALONE if self.is_by_one else f"with {told.proof}"
        return f"confirmed by {self.steps_told[-1].by} on {day}, {shown}"


class ConditionStep(models.Model):
    """That a condition was met, confirmed or taken back; kept forever.

    `words` are a note on how it was met, or the reason; a confirmation has none.
    `link`, which is called `name`, and `file` are the proof.
    """

    class Kind(models.TextChoices):
        """What became of the condition."""

        MET = "met", "Met"
        CONFIRMED = "confirmed", "Confirmed"
        TAKEN_BACK = "taken_back", "Taken back"

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="condition_steps"
    )
    condition = models.ForeignKey(
        SignOffCondition, models.CASCADE, related_name="steps"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    words = CleanTextField(max_length=1000, blank=True)
    link = models.URLField(max_length=500, blank=True)
    name = CleanCharField(max_length=200, blank=True)
    file = models.ForeignKey(ProofFile, models.RESTRICT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["ConditionStep"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by}"

    @property
    def shown(self) -> str:
        """The address of the proof, or else its file; empty without any."""
        return self.link or (self.file.told if self.file else "")

    @property
    def proof(self) -> str:
        """What shows that it is met, in words that have room in a sentence."""
        named = {"link": self.link and self.name, "file": self.file and self.file.name}
        found = [
            f"the {kind} “{textwrap.shorten(name, _NAMED, placeholder='…')}”"
            for kind, name in named.items()
            if name
        ]
        return " and ".join(found) or "no file or link"


@written_once
def _asked_by(*, review: UUID) -> models.QuerySet[SignOffCondition]:
    found = SignOffCondition.objects.filter(review=review)
    return found.select_related("owner").order_by("number")


@written_once
def _became_of(*, review: UUID) -> models.QuerySet[ConditionStep]:
    found = ConditionStep.objects.filter(condition__review=review)
    return found.select_related("by", "file").order_by("at", "pk")

"""Reviews of submitted audits."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.choices import display_of
from audits.models.fields.text import CleanCharField, CleanTextField
from audits.models.organizations import Organization
from audits.models.use_cases import Stage

if TYPE_CHECKING:
    from audits.models.sign_offs.conditions import ConditionStep, SignOffCondition

# A comment of 1,000 characters, and five conditions with their owners and days.
MOST_SAID = 3700
MOST_OF_A_POINT = 300


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reads reviews."""

    def of_submission(self, audit: Audit) -> Self:
        """Return the reviews of an audit's current answers, the latest first."""
        return (
            self.select_related("by", "organization", "audit__use_case__team")
            .filter(audit=audit, at__gte=audit.submitted_at or timezone.now())
            .order_by("-at")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSaid:
    """A review in plain values, named as those of the stored one; equal ones are alike.

    `at` is its day.
    """

    outcome: str
    get_outcome_display: str
    by: str
    at: date
    words: str
    signed_under: str
    exception: str
    pointed: tuple[tuple[str, str], ...] = ()
    asked: ClassVar[tuple[()]] = ()  # one with conditions is not said so


class Review(models.Model):
    """One reviewer's decision on one submission, kept forever.

    `words` are the reviewer's, with each condition, its owner and its day.
    `entries` is the SHA-256 of all that had been answered, so that what was signed
    can be shown to be what is there. `evidence` has the links and files behind the
    answers then, each file with its SHA-256. `submission` is the SHA-256 of all that
    the reviewer had read, which no other submission has. `name`, `summary`, `team`,
    `owner` and `stage` are those of the use case then, because an import may change
    them afterwards, and `page_one` has the words of page 1 as JSON. `own_answers`
    counts the questions that the reviewer had answered, which the organization allowed
    since `allowed_since`. `opened` counts the links and files that they opened.
    `points` has the questions to answer again of one that sends it back, each with its
    label then and what the reviewer writes about it.
    """

    class Outcome(models.TextChoices):
        """What the reviewer decided."""

        APPROVED = "approved", "Signed off"
        CONDITIONS = "conditions", "Signed off with conditions"
        SENT_BACK = "sent_back", "Sent back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="reviews"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="reviews")
    outcome = models.CharField(max_length=16, choices=Outcome)
    get_outcome_display = display_of("outcome", Outcome)
    words = CleanTextField(max_length=MOST_SAID, blank=True)
    verdict = models.CharField(max_length=32)
    entries = models.CharField(max_length=64)
    evidence = models.JSONField(default=list)
    submission = models.CharField(max_length=64)
    name = CleanCharField(max_length=80)
    summary = CleanTextField(max_length=500)
    team = CleanCharField(max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    stage = models.CharField(max_length=16, choices=Stage)
    page_one = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    own_answers = models.PositiveSmallIntegerField(default=0)
    allowed_since = models.DateField(null=True)
    opened = models.PositiveSmallIntegerField(default=0)
    points = models.JSONField(default=list)

    objects: ClassVar[ReviewQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(ReviewQuerySet),
        organization="organization",
    )

    class Meta:
        indexes = (
            models.Index(fields=("audit", "-at"), name="review_of_an_audit"),
            models.Index(fields=("organization", "at"), name="review_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} by {self.by}"

    @cached_property
    def asked(self) -> "tuple[SignOffCondition, ...]":
        """Its conditions, in their order, with what became of them.

        Note: two queries if it has any.
        """
        if self.outcome != self.Outcome.CONDITIONS:
            return ()
        conditions: Any = self.conditions.model
        return tuple(conditions.of_review(self))

    @cached_property
    def steps(self) -> "tuple[ConditionStep, ...]":
        """What became of its conditions, the first step first."""
        found = tuple(step for each in self.asked for step in each.steps_told)
        return tuple(sorted(found, key=lambda step: (step.at, step.pk)))

    @property
    def still_open(self) -> int:
        """How many of its conditions nobody has confirmed as met."""
        return sum(not each.is_met for each in self.asked)

    @property
    def holding(self) -> int:
        """For how many of them an amount waits."""
        return sum(each.is_holding for each in self.asked)

    @property
    def signed_under(self) -> str:
        """What the use case was at its sign-off, where that has changed since."""
        if self.outcome == self.Outcome.SENT_BACK:
            return ""
        said = get_text_list(list(self._changed_since()), "and")
        return f"Signed off {said}." if said else ""

    def _changed_since(self) -> Iterator[str]:
        """Yield what was signed of the use case and has changed since."""
        use_case = self.audit.use_case
        if self.name != use_case.name:
            yield f"under the name “{self.name}”"
        if self.summary != use_case.summary:
            yield f"with the summary “{self.summary}”"
        if self.team != str(use_case.team):
            yield f"for the team “{self.team}”"
        if self.owner_id != use_case.owner_id:
            yield f"with {self.owner} as its owner"
        if self.stage != use_case.stage:
            yield f"at the stage “{self.get_stage_display()}”"

    @property
    def said(self) -> "ReviewSaid":
        """What a page says of it, if it has no conditions."""
        return ReviewSaid(
            outcome=self.outcome,
            get_outcome_display=self.get_outcome_display(),
            by=str(self.by),
            at=timezone.localdate(self.at),
            words=self.words,
            signed_under=self.signed_under,
            exception=self.exception,
            pointed=self.pointed,
        )

    @property
    def pointed(self) -> tuple[tuple[str, str], ...]:
        """The questions to answer again: the label of each, and what is written."""
        return tuple((point["label"], point["words"]) for point in self.points)

    @property
    def exception(self) -> str:
        """What is said of a sign-off by somebody who answered; else empty."""
        if self.allowed_since is None:
            return ""
        day = date_format(self.allowed_since, "j F Y")
        return (
            f"{self.by} also answered {self.own_answers} of its questions. "
            f"{self.organization} has allowed this since {day}."
        )

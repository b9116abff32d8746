"""Second opinions: the deciding questions, answered by a reviewer who saw no answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.organizations import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many answers of a second opinion are alike, differ, or are not known to it.

    “I don’t know” is no difference from what the team knows.
    """

    alike: int
    differ: int
    not_known: int

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Self:
        """Count the rows of opinions."""
        found = [*map(how_it_compares, rows)]
        return cls(
            alike=found.count("alike"),
            differ=found.count("differs"),
            not_known=found.count("not known"),
        )

    @property
    def said(self) -> str:
        """The three numbers in words, but for those of nothing that is not alike."""
        others = (
            (self.differ, "differs" if self.differ == 1 else "differ"),
            (self.not_known, "not known"),
        )
        counts = (f"{number} {what}" for number, what in others if number)
        return ", ".join((f"{self.alike} alike", *counts))


def how_it_compares(
    row: Mapping[str, Any],
) -> Literal["alike", "differs", "not known"]:
    """Return how the answer of a reviewer compares with that of the team."""
    if row["team"] == row["own"]:
        return "alike"
    return "differs" if row["own"] else "not known"


class SecondOpinionQuerySet(models.QuerySet["SecondOpinion"]):
    """Reads second opinions."""

    def of_submission(self, audit: Audit) -> Self:
        """Return those of an audit's current answers, the first one first."""
        own = self.filter(audit=audit, submitted_at=audit.submitted_at)
        return own.select_related("by").order_by("at", "pk")

    def of_any_submission(self, audit: Audit) -> Self:
        """Return all of an audit, those of its current answers first."""
        given = self.filter(audit=audit).select_related("by")
        return given.order_by("-submitted_at", "at", "pk")


class SecondOpinion(models.Model):
    """One reviewer's own answers to the deciding questions of a submission.

    `rows` has each question with its label, what the submission answers (`team`) and
    what the reviewer does (`own`), as lists of codes; an empty one is "not known".
    Where a row is `worked_out`, nobody of the team answered it: prices or test results
    did. `asked` counts them, and `alike` those that both answered alike. `knew` is what
    the reviewer says that they had read before; empty where nobody asked. A person has
    one of each submission; it is kept forever.
    """

    class Knew(models.TextChoices):
        """What a reviewer had read of a submission before the second opinion."""

        NOTHING = "nothing", "Neither its answers nor its verdict"
        VERDICT = "verdict", "The verdict, and not the answers"
        ANSWERS = "answers", "Some or all of its answers"

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="second_opinions"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="second_opinions")
    submitted_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    rows = models.JSONField(default=list)
    asked = models.PositiveSmallIntegerField()
    alike = models.PositiveSmallIntegerField()
    knew = models.CharField(max_length=8, choices=Knew, blank=True)

    objects: ClassVar[SecondOpinionQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(SecondOpinionQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("audit", "submitted_at", "by"),
                name="one_second_opinion_each_of_a_submission",
            ),
        )
        indexes = (
            models.Index(fields=("organization", "at"), name="opinion_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.counted.said}, by {self.by}"

    @property
    def counted(self) -> Counted:
        """How its answers compare with those of the submission."""
        return Counted.of(self.rows)

    @property
    def apart(self) -> list[dict[str, Any]]:
        """The questions that both did not answer alike, known or not."""
        return [row for row in self.rows if row["team"] != row["own"]]

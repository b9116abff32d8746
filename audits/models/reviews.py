"""Reviews of submitted audits."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.organizations import Organization
from audits.models.text import CleanCharField, CleanTextField


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reads reviews."""

    def of_submission(self, audit: Audit) -> Self:
        """Return the reviews of an audit's current answers, the latest first."""
        return (
            self.select_related("by", "organization", "audit__use_case")
            .filter(audit=audit, at__gte=audit.submitted_at or timezone.now())
            .order_by("-at")
        )


class Review(models.Model):
    """One reviewer's decision on one submission, kept forever.

    `entries` is the SHA-256 of all that had been answered, so that what was signed
    can be shown to be what is there. `evidence` has the links and files behind the
    answers then, each file with its SHA-256. `submission` is the SHA-256 of all that
    the reviewer had read, which no other submission has. `name` and `summary` are what
    the use case was called then: an import may change them afterwards. `own_answers`
    counts the questions that the reviewer had answered, which the organization allowed
    since `allowed_since`.
    """

    class Outcome(models.TextChoices):
        """What the reviewer decided."""

        APPROVED = "approved", "Approved"
        CONDITIONS = "conditions", "Approved with conditions"
        SENT_BACK = "sent_back", "Sent back"

    NEED_WORDS = (Outcome.CONDITIONS, Outcome.SENT_BACK)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="reviews"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="reviews")
    outcome = models.CharField(max_length=16, choices=Outcome)
    words = CleanTextField(max_length=1000, blank=True)
    verdict = models.CharField(max_length=32)
    entries = models.CharField(max_length=64)
    evidence = models.JSONField(default=list)
    submission = models.CharField(max_length=64)
    name = CleanCharField(max_length=80)
    summary = CleanTextField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    own_answers = models.PositiveSmallIntegerField(default=0)
    allowed_since = models.DateField(null=True)

    objects: ClassVar[ReviewQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(ReviewQuerySet),
        organization="organization",
    )

    class Meta:
        indexes = (models.Index(fields=("audit", "-at"), name="review_of_an_audit"),)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} by {self.by}"

    @property
    def signed_under(self) -> str:
        """What the use case was called at its sign-off, if that has changed since."""
        use_case = self.audit.use_case
        named = f"under the name “{self.name}”" if self.name != use_case.name else ""
        summed = f"with the summary “{self.summary}”"
        if self.summary == use_case.summary:
            summed = ""
        said = " and ".join(part for part in (named, summed) if part)
        signed = self.outcome != self.Outcome.SENT_BACK
        return f"Signed off {said}." if signed and said else ""

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

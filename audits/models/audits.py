"""Audits: the answers of one run, and their verdict."""

import functools
import operator
import uuid
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django_scopes import ScopedManager

from audits.frameworks.evaluation import Code
from audits.models.fields.choices import display_of
from audits.models.fields.open_counts import MinutesLeft, OpenCounts
from audits.models.organizations import Organization
from audits.models.people import User
from audits.models.shared_links import shared_links_text
from audits.models.use_cases import UseCase
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.scored.candidates import Candidates
from audits.scoring.scored.values import candidates_of

# Levels that count only if a link or file shows them. Results prove theirs themselves.
NEED_PROOF = frozenset(("documented", "measured"))
IN_ROWS = (
    "state",
    "framework",
    "framework_version",
    "verdict",
    *("comes_first", "override", "is_provisional"),
    *("answered", "applicable", "open_questions", "open_later", "minutes_left"),
    "submitted_at",
    "signed_off_at",
    "valid_until",
    "review_due_at",
    "review_cause",
    "supersedes",
)


def sent_back_at(audit: str) -> models.Case:
    """Return the expression for when a draft was sent back; NULL if it was not.

    Args:
        audit: Where a row that has a `state` has its audit.
    """
    reviews = apps.get_model("audits", "Review")._base_manager
    of_audit = reviews.filter(audit=models.OuterRef(audit)).order_by("-at")
    sent = models.Case(models.When(outcome="sent_back", then="at"))
    last = models.Subquery(of_audit.annotate(sent=sent).values("sent")[:1])
    return models.Case(models.When(state=Audit.State.DRAFT, then=last))


class AuditQuerySet(models.QuerySet["Audit"]):
    """Reads audits."""

    def current(self) -> Self:
        """The one audit of each use case that counts today.

        A signed-off one stays in force until its renewal is signed off.
        """
        return self.not_superseded().exclude(
            supersedes__isnull=False, state__in=Audit.OPEN
        )

    def not_superseded(self) -> Self:
        """Those that count today, and their renewals."""
        return self.exclude(state=Audit.State.SUPERSEDED)

    def renewals_of(self, audit: Any) -> Self:
        """The draft or submission that would replace a signed-off audit."""
        return self.filter(supersedes=audit, state__in=Audit.OPEN)

    def with_renewals(self) -> Self:
        """With `is_renewed`: whether another audit is to replace it."""
        renewals = Audit._base_manager.filter(
            supersedes=models.OuterRef("pk"), state__in=Audit.OPEN
        )
        return self.annotate(is_renewed=models.Exists(renewals))

    def with_sent_back(self) -> Self:
        """With `sent_back_at`: when a reviewer sent a draft back; None if none did."""
        return self.annotate(sent_back_at=sent_back_at("pk"))

    def with_use_case(self) -> Self:
        """With everything that a row about an audit shows, in one query."""
        return self.select_related("use_case__team", "use_case__owner")

    def for_rows(self) -> Self:
        """With what a row of a list shows, and why a review is due, for everybody."""
        told = {"told_cause": models.F("portfolio_row__review_cause")}
        case = ("use_case__name", "use_case__team__name")
        rows = self.select_related("use_case__team").annotate(**told)
        return rows.only(*IN_ROWS, *case)

    def with_numbers(self, reader: User, inbox: Any) -> Self:
        """With what a page counts for its reader, so that it needs no other query.

        `number_set_aside` of the reader's answers wait for a choice, `has_against` says
        that others' do; `inbox_state` is what the expression `inbox` gives.
        """
        versions = apps.get_model("audits", "Version")._base_manager
        waiting = versions.filter(
            audit=models.OuterRef("pk"), set_aside=True, settled=False
        )
        return self.annotate(
            number_set_aside=number_of(waiting.filter(by=reader)),
            has_against=models.Exists(waiting.exclude(by=reader)),
            inbox_state=inbox,
        )

    def with_notices(self, reader: User, inbox: Any) -> Self:
        """With numbers and flags for what a reader must be told.

        `has_reviews`, `has_page_one`: whether somebody wrote on it, `has_lost_files`,
        `has_comments`, `has_checks` of results files, `has_usage` files that gave
        numbers, `was_returned` after an earlier submission, `is_followed`: whether
        another audit follows it, `was_overridden` ever, and `has_dropped`: the
        organization has results files of drafts that are gone. `links_shared` has the
        links behind two answers.
        """
        reviews, comments, evidence, problems, covers, checks, submissions, *files = (
            apps.get_model("audits", name)._base_manager
            for name in (
                *("Review", "Comment", "Evidence", "FileProblem", "Cover"),
                *("ResultsCheck", "Submission", "Override"),
                *("UsageUpload", "DroppedResults"),
            )
        )
        overrides, usage, gone = files
        own = models.OuterRef("pk")
        here = evidence.filter(audit=models.OuterRef(own)).values("pk")
        lost = problems.filter(kind="evidence", closed_at=None, subject__in=here)
        measured = usage.filter(use_case=models.OuterRef("use_case"))
        return self.with_numbers(reader, inbox).annotate(
            has_reviews=models.Exists(reviews.filter(audit=own)),
            has_page_one=models.Exists(covers.filter(audit=own)),
            has_lost_files=models.Exists(lost),
            links_shared=shared_links_text(evidence.filter(audit=own)),
            has_comments=models.Exists(comments.filter(audit=own)),
            has_checks=models.Exists(checks.filter(audit=own)),
            has_usage=models.Exists(measured.exclude(measured={})),
            has_dropped=models.Exists(
                gone.filter(organization=models.OuterRef("organization"))
            ),
            was_returned=models.Exists(
                submissions.filter(audit=own, returned_at__isnull=False)
            ),
            is_followed=models.Exists(Audit._base_manager.filter(supersedes=own)),
            was_overridden=models.Exists(overrides.filter(audit=own)),
        )

    def discarded_with_work_of(self, person: models.Model) -> Self:
        """Drafts that others discarded and a person worked on, the latest first."""
        versions, evidence, added, removed, *others = (
            apps.get_model("audits", name)._base_manager.filter(
                audit=models.OuterRef("pk"), **{author: person}
            )
            for name, author in (
                ("Version", "by"),
                ("Evidence", "added_by"),
                ("RemovedEvidence", "added_by"),
                ("RemovedEvidence", "removed_by"),
                ("Comment", "by"),
                ("CoverVersion", "by"),
                ("AnswerRequest", "by"),
                ("Submission", "by"),
            )
        )
        anything = functools.reduce(operator.or_, map(models.Exists, others))
        begun = models.OuterRef("created_at")
        return (
            self.filter(discarded_at__isnull=False)
            .exclude(discarded_by=person)
            .filter(
                anything
                | models.Exists(versions.filter(at__gte=begun))
                | models.Exists(evidence.filter(added_at__gte=begun))
                | models.Exists(added.filter(added_at__gte=begun))
                | models.Exists(removed)
            )
            .select_related("use_case", "discarded_by")
            .order_by("-discarded_at")
        )

    def frozen_text(self) -> "models.QuerySet[Audit, str | None]":
        """The text of the assessments, and not their JSON."""
        return self.values_list(Cast("assessment", models.TextField()), flat=True)

    def with_open_asks(self) -> Self:
        """With what a save must close, if there is any.

        `has_open_asks`: a request to a colleague; `has_waiting`: an answer that waits
        for a choice; `has_points`: questions that a reviewer pointed at.
        """
        own = {"audit": models.OuterRef("pk")}
        asks, versions, reviews = (
            apps.get_model("audits", name)._base_manager.filter(**own)
            for name in ("AnswerRequest", "Version", "Review")
        )
        return self.annotate(
            has_open_asks=models.Exists(asks.filter(closed_at=None)),
            has_waiting=models.Exists(versions.filter(set_aside=True, settled=False)),
            has_points=models.Exists(reviews.exclude(points=[])),
        )


class Audit(OpenCounts, MinutesLeft):
    """One run of a framework over a use case.

    `answers`, `levels` and `numbers` hold entries: by question or number,
    {"value", "version", "by", "at", "tab", "seq"}; `notes` holds them by question, and
    `candidates` by candidate, with values as `scoring.scored.values` has them.
    An answer is an option, a list of options or ticks, or "unknown"; a level says how
    it is known. A withdrawn value is None, so that its version stays.

    `supersedes` is the signed-off audit that this one follows: it stays in force until
    this one is signed off, too. `copied_from` is the audit that its use case was copied
    from, and `copied_number` the number of that use case, which stays if it is deleted.
    `revision` counts the saves, submissions and reopenings, so that two simultaneous
    ones notice each other.

    The next columns hold the result on the landscape's date, so that lists never have
    to score. `assessment` is frozen when the audit is submitted. `comes_first` names
    the step that comes before all that the verdict says, if there is one.
    `is_provisional` says that an open question that could change the verdict was not
    even asked, or that nobody said how a result is known that could. `minutes_left` is
    0 where no further answer is needed. `strength` is the strength of the evidence, and
    `strength_before` that of the submission before; both are empty without any.
    `put_back_at` says when a submission that was taken back came into review again.
    A sign-off is valid until `valid_until`; `review_cause` says what made it due.
    `override` is the verdict that counts in place of the computed one; empty without.
    A discarded draft is superseded,
    but not by a newer audit: the one that it follows stays in force.
    """

    class State(models.TextChoices):
        """The state of an audit."""

        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        SIGNED_OFF = "signed_off", "Signed off"
        SUPERSEDED = "superseded", "Superseded"

    # What is not decided yet.
    OPEN = (State.DRAFT, State.IN_REVIEW)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="audits"
    )
    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="audits")
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="copies"
    )
    copied_number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    get_state_display = display_of("state", State)
    framework = models.CharField(max_length=64)
    framework_version = models.PositiveSmallIntegerField()
    framework_hash = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)
    levels = models.JSONField(default=dict)
    numbers = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    candidates = models.JSONField(default=dict)

    verdict = models.CharField(max_length=32, blank=True)
    comes_first = models.CharField(max_length=60, blank=True)
    is_provisional = models.BooleanField(default=False)
    strength = models.CharField(max_length=16, blank=True)
    answered = models.PositiveSmallIntegerField(default=0)
    applicable = models.PositiveSmallIntegerField(default=0)
    scored_at = models.DateTimeField(null=True)
    landscape_date = models.DateField(null=True)
    strength_before = models.CharField(max_length=16, blank=True)

    assessment = models.JSONField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    put_back_at = models.DateTimeField(null=True)
    signed_off_at = models.DateTimeField(null=True)
    valid_until = models.DateField(null=True)
    review_due_at = models.DateTimeField(null=True)
    review_cause = models.CharField(max_length=300, blank=True)
    override = models.CharField(max_length=32, blank=True)
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AuditQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(AuditQuerySet),
        organization="organization",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("use_case",),
                condition=models.Q(state="signed_off"),
                name="one_audit_in_force_a_use_case",
            ),
            models.UniqueConstraint(
                fields=("use_case",),
                condition=models.Q(state__in=("draft", "in_review")),
                name="one_open_audit_a_use_case",
            ),
        )
        indexes = (
            models.Index(fields=("organization", "verdict"), name="audit_by_verdict"),
        )

    def __str__(self) -> str:
        return f"{self.use_case} ({self.get_state_display()})"

    @property
    def is_draft(self) -> bool:
        """Whether answers may still change."""
        return self.state == self.State.DRAFT

    @property
    def is_renewal(self) -> bool:
        """Whether it is to replace a signed-off audit, which is in force meanwhile."""
        return self.supersedes_id is not None and self.state in self.OPEN

    @property
    def is_current(self) -> bool:
        """Whether it counts today, like those of `AuditQuerySet.current`."""
        return self.state != self.State.SUPERSEDED and not self.is_renewal

    @property
    def is_discarded(self) -> bool:
        """Whether it is a draft that somebody discarded."""
        return self.state == self.State.SUPERSEDED and self.signed_off_at is None

    @property
    def inputs(self) -> Inputs:
        """The team's inputs, to assess with any day or framework."""
        return Inputs(
            codes=self.given_codes,
            levels=counted_levels(self.levels),
            numbers=values(self.numbers),
            candidates=self.given_candidates,
        )

    @property
    def codes(self) -> dict[str, Code]:
        """The answers that count, as the scoring reads them."""
        return dict(self.inputs.answered.codes) if self.candidates else self.given_codes

    @property
    def given_codes(self) -> dict[str, Code]:
        """The answers given by hand."""
        return codes_of(values(self.answers))

    @property
    def given_candidates(self) -> Candidates:
        """The candidates, for what reads nothing else of the inputs."""
        return candidates_of(values(self.candidates))

    def entries(self, kind: str) -> dict[str, Any]:
        """Return the document of a kind of entry, such as answer or candidate."""
        found: dict[str, Any] = getattr(self, f"{kind}s")
        return found


def number_of(rows: models.QuerySet[Any]) -> models.Subquery:
    """Count rows inside another query."""
    found = rows.order_by().values_list(models.Func(models.F("pk"), function="COUNT"))
    return models.Subquery(found, output_field=models.IntegerField())


def values(entries: dict[str, Any]) -> dict[str, Any]:
    """Return the values of entries, without those that were withdrawn."""
    said = {item: entry["value"] for item, entry in entries.items()}
    return {item: value for item, value in said.items() if value is not None}


def counted_levels(entries: dict[str, Any]) -> dict[str, EvidenceLevel]:
    """Return the levels that count: one with nothing to show for it is asserted."""
    unshown = {item for item, entry in entries.items() if not entry.get("shown")}
    return {
        item: "asserted" if level in NEED_PROOF and item in unshown else level
        for item, level in values(entries).items()
    }

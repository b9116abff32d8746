"""Portfolio rows: the only thing that the portfolio reads."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django_scopes import ScopedManager

from audits.models.audits import Audit, sent_back_at
from audits.models.fields.index_down import IndexDown
from audits.models.fields.open_counts import OpenCounts
from audits.models.fields.tags import MOST_OF_TAGS, mark_of_tag
from audits.models.organizations import Organization, Team
from audits.models.people import User
from audits.models.portfolio.filters import (
    AT_RISK,
    IN_REVIEW,
    NOT_DONE,
    NOT_FOR_BOARD,
    TRAINING_AT_RISK,
    asks_board,
    sent_back,
)
from audits.models.portfolio.money import MoneyOfRow
from audits.models.use_cases import UseCase


class PortfolioRowQuerySet(models.QuerySet["PortfolioRow"]):
    """Reads portfolio rows."""

    def of_team(self, team: Team | None) -> Self:
        """Return those of a team; without one, all."""
        return self.filter(team=team) if team else self.all()

    def with_owner_names(self) -> Self:
        """With `owner_name`, `is_for_board`, and `is_sent_back`.

        With `sponsor_name` and the day `sponsor_agreed_on` if there is one.
        """
        named = NullIf("owner__name", models.Value(""))
        words = Coalesce(named, "owner__email", output_field=models.CharField())
        sponsor = NullIf("audit__cover__sponsor", models.Value(""))
        asked = models.Case(
            models.When(NOT_FOR_BOARD, then=models.Value(value=False)),
            default=models.Value(value=True),
        )
        agreed = models.F("audit__cover__sponsor_agreed_on")
        return self.annotate(
            owner_name=words,
            sponsor_name=sponsor,
            sponsor_agreed_on=agreed,
            is_for_board=asked,
            is_sent_back=models.Case(
                models.When(sent_back(), then=models.Value(value=True)),
                default=models.Value(value=False),
            ),
        )

    def with_sent_back(self) -> Self:
        """With `sent_back_at`: when a reviewer sent a draft back; None if none did."""
        return self.annotate(sent_back_at=sent_back_at("audit"))

    def with_board_asked(self) -> Self:
        """With `asks_board`: whether a board is asked for a decision."""
        asks = models.When(asks_board(), then=models.Value(value=True))
        no = models.Value(value=False)
        return self.annotate(asks_board=models.Case(asks, default=no))

    def awaiting(self) -> Self:
        """Return the rows whose verdict waits for its first sign-off.

        Those that were sent back wait for it, too: their authors answer first.
        """
        return self.filter(models.Q(state=Audit.State.IN_REVIEW) | sent_back())

    def number_awaiting(self, user: User) -> tuple[int, int]:
        """Count the rows that wait for a reviewer, and those whose submitter is `user`.

        Nobody signs off what they submitted themselves. Renewals are counted, too.
        """
        mine = models.Q(state=Audit.State.IN_REVIEW, audit__submitted_by=user)
        mine |= models.Q(
            renewal_state=Audit.State.IN_REVIEW, renewal__submitted_by=user
        )
        own = models.Count("pk", mine)
        found = self.filter(IN_REVIEW).aggregate(all=models.Count("pk"), own=own)
        return found["all"], found["own"]

    def at_risk(self) -> Self:
        """Return the rows with spend or money for training at risk."""
        return self.filter(AT_RISK | TRAINING_AT_RISK)

    def training_at_risk(self) -> Self:
        """Return the rows with money for training at risk."""
        return self.filter(TRAINING_AT_RISK)

    def not_done(self) -> Self:
        """Return the rows whose board has approved what is not done."""
        return self.filter(NOT_DONE)

    def tagged(self, tag: str) -> Self:
        """Return the rows with a tag, in any case."""
        return self.filter(tag_keys__contains=mark_of_tag(tag))

    def overdue(self, today: date) -> Self:
        """Return the rows whose decision or review is overdue."""
        return self.filter(due_on__lt=today)


class PortfolioRow(OpenCounts, MoneyOfRow):
    """One narrow row for each use case, written with each change of its current audit.

    It repeats columns of the use case, audit and assessment, so that a list or a sum
    reads neither answers nor assessments. Ranks sort words.
    `renewal` is the audit that is to replace a signed-off one, and `renewal_state` its
    state; everything else stays that of the signed-off one until it is replaced.
    `override` is the verdict that counts in place of the computed one; empty without.
    Its amounts are then those of its own option.
    `comes_first` names the step that comes before all that the verdict says, if there
    is one. `ask` is the decision that the board must take, in the framework's words.
    `approval` says whether training is approved, as page 1 does, `vote_lacks` what a
    signed verdict lacks before the board can vote on it, and
    `conditions_said` what became of the conditions of the sign-off; empty without any.
    `is_provisional` marks a verdict that was submitted, and cannot be signed
    off yet. `is_backed` says that at least one answer is more than asserted.
    `board_state` is what became of the board's decision of a signed verdict, as
    `scoring/board/standing.py` says without the day; empty without a sign-off.
    `board_said` is the same in words, and `board_missing` names what is not done.
    `due_on` is the next date, `condition_due_on` the day of the first open condition of
    its sign-off, and `board_due_on` the day on which the board must decide, a decision
    must be carried out, or the board looks again. `signed_name` is what the use case
    was called at the sign-off that counts now; it is empty without one. `tag_keys` has
    the tags as a filter finds them, whatever their case.
    """

    # Every index below begins with it, so it needs no separate one.
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="portfolio_rows", db_index=False
    )
    use_case = models.OneToOneField(
        UseCase, models.CASCADE, related_name="portfolio_row"
    )
    audit = models.OneToOneField(Audit, models.CASCADE, related_name="portfolio_row")
    renewal = models.OneToOneField(
        Audit, models.SET_NULL, null=True, related_name="renewed_row"
    )
    renewal_state = models.CharField(max_length=16, choices=Audit.State, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="portfolio_rows")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    signed_name = models.CharField(max_length=80, blank=True)
    tags = models.CharField(max_length=MOST_OF_TAGS, blank=True)
    tag_keys = models.TextField(blank=True)
    stage_rank = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=Audit.State)
    verdict = models.CharField(max_length=32, blank=True)
    override = models.CharField(max_length=32, blank=True)
    comes_first = models.CharField(max_length=60, blank=True)
    urgency = models.PositiveSmallIntegerField()
    ask = models.CharField(max_length=300, blank=True)
    is_provisional = models.BooleanField(default=False)
    strength = models.CharField(max_length=16, blank=True)
    strength_said = models.CharField(max_length=64, blank=True)
    approval = models.CharField(max_length=200, blank=True)
    vote_lacks = models.CharField(max_length=200, blank=True)
    conditions_said = models.CharField(max_length=64, blank=True)
    board_state = models.CharField(max_length=16, blank=True)
    board_rank = models.PositiveSmallIntegerField(default=9)
    board_said = models.CharField(max_length=80, blank=True)
    board_missing = models.CharField(max_length=2500, blank=True)
    strength_rank = models.PositiveSmallIntegerField()
    is_backed = models.BooleanField(default=False)
    trend = models.CharField(max_length=8, blank=True)
    provider = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=80, blank=True)
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    condition_due_on = models.DateField(null=True)
    board_due_on = models.DateField(null=True)
    review_cause = models.CharField(max_length=604, blank=True)

    owner_name: str  # of a row that was read with it
    sponsor_name: str | None  # the same
    sponsor_agreed_on: date | None  # the same
    is_for_board: bool  # the same
    is_sent_back: bool  # the same
    approved: Decimal | None  # of a row that was read `with_approved`
    approved_in: str | None  # the same
    approved_of: Decimal | None  # the same
    approved_waits: int  # the same

    objects: ClassVar[PortfolioRowQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(PortfolioRowQuerySet),
        organization="organization",
    )

    class Meta:
        indexes = tuple(
            models.Index(
                fields=("organization", column, *rest),
                name=f"row_by_{column}",
            )
            for column, *rest in (
                ("urgency", "name", "id"),
                ("name", "id"),
                ("stage_rank", "name", "id"),
                ("open_questions", "name", "id"),
                ("strength_rank", "name", "id"),
                ("spend", "id"),
                ("saving_year", "id"),
                ("due_on", "id"),
                ("board_rank", "name", "id"),
                ("state", "due_on"),
                ("team", "urgency"),
            )
        ) + tuple(
            IndexDown(
                "organization",
                models.F(column).desc(nulls_last=True),
                models.F("id").desc(),
                name=f"row_by_{column}_down",
            )
            for column in ("spend", "saving_year", "due_on")
        )
        # Which tags there are is read from it alone.
        indexes += (
            models.Index(
                fields=("organization", "tags"),
                condition=~models.Q(tags=""),
                name="row_with_tags",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.get_state_display()})"

    @property
    def status(self) -> str:
        """What it is before its sign-off, in a word; empty after that."""
        if self.state == Audit.State.IN_REVIEW:
            return "Not ready" if self.is_provisional else "In review"
        return "Draft" if self.state == Audit.State.DRAFT else ""

    @property
    def reference(self) -> str:
        """The reference people use, such as UC-0042."""
        return UseCase.reference_of(self.number)

    @property
    def signed_as(self) -> str:
        """The name it was signed off under, if it has another one now; else empty."""
        return "" if self.signed_name == self.name else self.signed_name

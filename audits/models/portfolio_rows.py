"""Portfolio rows: the only thing that the portfolio reads."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django_scopes import ScopedManager

from audits.models.audits import Audit, sent_back_at
from audits.models.covers import Cover
from audits.models.fields.index_down import IndexDown
from audits.models.fields.tags import MOST_OF_TAGS, mark_of_tag
from audits.models.organizations import Organization, Team
from audits.models.people import User
from audits.models.use_cases import Stage, UseCase
from audits.scoring.costs.cost_calendar import changes_in
from audits.scoring.money.states import MoneyState, PlanState, plan_state

# The state of the money of the current plan, as scoring/money/states.py says.
RUNNING = models.Q(stage=Stage.LIVE)
STOPPED = models.Q(stage=Stage.STOPPED)
PLANNED = ~RUNNING & ~STOPPED
PRICED = models.Q(spend__isnull=False) | models.Q(proposed__isnull=False)
# A signed-off audit stays in force while its renewal waits for a reviewer.
IN_REVIEW = models.Q(state=Audit.State.IN_REVIEW) | models.Q(
    renewal_state=Audit.State.IN_REVIEW
)
# A decision of the board that was approved and is not carried out.
NOT_DONE = models.Q(board_state="open")
# One that is provisional needs more answers before anybody can sign it off.
TO_DECIDE = models.Q(state=Audit.State.IN_REVIEW, is_provisional=False)
NOT_READY = models.Q(state=Audit.State.IN_REVIEW, is_provisional=True)


def signed_waiting(row: str = "", audit: str = "audit__") -> models.Q:
    """Return the filter: what is signed and waits for the board, as a pack asks it.

    What is for information, has stopped, or was approved or refused waits for nothing;
    what was deferred is asked again, whatever its paper is for.

    Args:
        row: What leads to the portfolio row.
        audit: What leads to its audit.
    """
    still = {f"{row}board_state__in": ("undecided", "deferred")}
    told = {f"{audit}cover__purpose": Cover.Purpose.INFORMATION}
    return (
        models.Q((f"{row}state", Audit.State.SIGNED_OFF))
        & models.Q(**still)
        & ~models.Q((f"{row}stage", Stage.STOPPED))
        & (models.Q((f"{row}board_state", "deferred")) | ~models.Q(**told))
    )


SIGNED_WAITING = signed_waiting()
# Signed, and the board is asked for nothing: it is for information, or has stopped.
NOT_FOR_BOARD = models.Q(board_state="undecided") & ~SIGNED_WAITING
# As `risk_state` in scoring/money/states.py says.
_ANY_LEFT = models.Q(risk_off=None) | models.Q(risk_off__lt=models.F("spend"))
AT_RISK = models.Q(at_risk=True) & RUNNING & _ANY_LEFT
TRAINING_AT_RISK = models.Q(at_risk=True, training_once__gt=0) & PLANNED
LOST = models.Q(lost_if_failed__gt=0) & ~STOPPED


class PortfolioRowQuerySet(models.QuerySet["PortfolioRow"]):
    """Reads portfolio rows."""

    def of_team(self, team: Team | None) -> Self:
        """Return those of a team; without one, all."""
        return self.filter(team=team) if team else self.all()

    def with_owner_names(self) -> Self:
        """With `owner_name`, `sponsor_name` if there is one, and `is_for_board`."""
        named = NullIf("owner__name", models.Value(""))
        words = Coalesce(named, "owner__email", output_field=models.CharField())
        sponsor = NullIf("audit__cover__sponsor", models.Value(""))
        asked = models.Case(
            models.When(NOT_FOR_BOARD, then=models.Value(value=False)),
            default=models.Value(value=True),
        )
        return self.annotate(owner_name=words, sponsor_name=sponsor, is_for_board=asked)

    def with_sent_back(self) -> Self:
        """With `sent_back_at`: when a reviewer sent a draft back; None if none did."""
        return self.annotate(sent_back_at=sent_back_at("audit"))

    def awaiting(self) -> Self:
        """Return the rows whose verdict waits for its first sign-off."""
        return self.filter(state=Audit.State.IN_REVIEW)

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


def _money(help_text: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(
        max_digits=16, decimal_places=2, null=True, help_text=help_text
    )


class PortfolioRow(models.Model):
    """One narrow row for each use case, written with each change of its current audit.

    It repeats columns of the use case, audit and assessment, so that a list or a sum
    reads neither answers nor assessments. Ranks sort words. Money is in US dollars: a
    month at the prices of the day `since`, without what is paid once; with `year` in
    its name, the 12 months from that day: 12 such months, what is paid `once` in them,
    and announced `changes`. Only `saving`, and `spend_later` that it is taken from, are
    of a month after all such changes. None is "not stated".
    `spend` is the current plan's, which runs, is planned or has stopped;
    `proposed` is what the verdict recommends instead of it. `at_risk` marks a plan that
    the verdict advises against: to stop, to rebuild, or to gather evidence first. Its
    spend is at risk only while it runs, and `training_once` until then.
    `freed` is what decisions of the board have freed a month by now, `freed_once` what
    they have once, `freed_of` how many have, and on `freed_next_on` there is more.
    While the plan runs, `spend_off` of its month is freed and does not run, and
    `risk_off` of it is not at risk, as `scoring/board/freed.py` says; `year_off` and
    `risk_year_off` are the same of 12 months. An
    offer that was received has amounts over 12 months, with what is paid once in them;
    `offer_covers` says whether it is for all calls and months, None if not known.
    `renewal` is the audit that is to replace a signed-off one, and `renewal_state` its
    state; everything else stays that of the signed-off one until it is replaced.
    `comes_first` names the step that comes before all that the verdict says, if there
    is one. `ask` is the decision that the board must take, in the framework's words;
    `asked` is its amount and `asked_said` whether that is at least or about so much, or
    what is said without an amount.
    `open_questions` counts what could still change the verdict: 0 is settled, None not
    scored. `approval` says whether training is approved, as page 1 does, and
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
    stage = models.CharField(max_length=16, choices=Stage)
    stage_rank = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=Audit.State)
    verdict = models.CharField(max_length=32, blank=True)
    comes_first = models.CharField(max_length=60, blank=True)
    urgency = models.PositiveSmallIntegerField()
    ask = models.CharField(max_length=300, blank=True)
    open_questions = models.PositiveSmallIntegerField(null=True)
    is_provisional = models.BooleanField(default=False)
    strength = models.CharField(max_length=16, blank=True)
    strength_said = models.CharField(max_length=64, blank=True)
    approval = models.CharField(max_length=200, blank=True)
    conditions_said = models.CharField(max_length=64, blank=True)
    board_state = models.CharField(max_length=16, blank=True)
    board_rank = models.PositiveSmallIntegerField(default=9)
    board_said = models.CharField(max_length=80, blank=True)
    board_missing = models.CharField(max_length=200, blank=True)
    strength_rank = models.PositiveSmallIntegerField()
    is_backed = models.BooleanField(default=False)
    trend = models.CharField(max_length=8, blank=True)
    provider = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=80, blank=True)
    spend_low = _money("Today's plan, low")
    spend = _money("Today's plan, expected")
    spend_high = _money("Today's plan, high")
    year_low = _money("The 12 months of today's plan, low")
    year = _money("The 12 months of today's plan, expected")
    year_high = _money("The 12 months of today's plan, high")
    at_risk = models.BooleanField(default=False)
    cost = _money("Recommended, expected")
    proposed = _money("The same, where it is not today's plan")
    saving = _money("Saving if the verdict is followed; negative if it costs more")
    cost_year = _money("The 12 months of the recommendation")
    proposed_year = _money("The same, where it is not today's plan")
    saving_year = _money("What 12 months save if the verdict is followed")
    one_off = _money("What is recommended costs once, in its 12 months")
    once = _money("What today's plan costs once, in its 12 months")
    training_once = _money("What of that is paid up front for its model")
    lost_if_failed = _money("Paid up front for a training, lost if it fails its test")
    spend_later = _money("A month of today's plan after all known changes")
    freed = _money("What decisions of the board have freed a month")
    freed_once = _money("What they have freed once")
    freed_of = models.PositiveSmallIntegerField(default=0)
    freed_next_on = models.DateField(null=True)
    spend_off = _money("What of a month of today's plan is freed")
    risk_off = _money("What of a month of today's plan is not at risk")
    year_off = _money("What of its 12 months is freed")
    risk_year_off = _money("What of its 12 months is not at risk")
    asked = _money("What its decision asks for over 12 months")
    asked_said = models.CharField(max_length=16, blank=True)
    since = models.DateField(null=True, help_text="The first day of the 12 months")
    assumed = models.PositiveSmallIntegerField(
        null=True, help_text="Numbers behind today's plan that nobody entered"
    )
    cost_assumed = models.PositiveSmallIntegerField(
        null=True, help_text="Numbers behind the recommendation that nobody entered"
    )
    payback_months = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        help_text="Until it has cost no more than today's plan, if within 12 months",
    )
    offer_by = models.CharField(max_length=60, blank=True)
    offer = _money("An offer that was received, over 12 months")
    offer_over_today = _money("How much more it costs than today's plan")
    offer_over_advised = _money("How much more it costs than what is recommended")
    offer_covers = models.BooleanField(null=True)
    offer_is_least = models.BooleanField(
        default=False, help_text="Whether it costs at least so much more"
    )
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    condition_due_on = models.DateField(null=True)
    board_due_on = models.DateField(null=True)
    review_cause = models.CharField(max_length=604, blank=True)

    owner_name: str  # of a row that was read with it
    sponsor_name: str | None  # the same
    is_for_board: bool  # the same

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
                ("saving", "id"),
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
            for column in ("spend", "saving", "due_on")
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
    def reference(self) -> str:
        """The reference people use, such as UC-0042."""
        return UseCase.reference_of(self.number)

    @property
    def is_at_risk(self) -> bool:
        """Whether its spend is at risk."""
        if not self.at_risk or self.plan_state != "running":
            return False
        return self.risk_off is None or (self.spend or 0) > self.risk_off

    @property
    def runs(self) -> Decimal | None:
        """A month of its current plan without what is freed."""
        return self._left(self.spend, self.spend_off)

    @property
    def changes(self) -> Decimal | None:
        """What announced changes add to the 12 months of its current plan."""
        return changes_in(self.spend, self.once, self.year)

    @property
    def cost_changes(self) -> Decimal | None:
        """What announced changes add to the 12 months that its verdict leads to."""
        return changes_in(self.cost, self.one_off, self.cost_year)

    @property
    def saving_is_later(self) -> bool:
        """Whether a month saves something else after known changes than before them."""
        if self.saving is None or self.spend is None or self.cost is None:
            return False
        return self.saving != self.spend - self.cost

    @property
    def later_plan(self) -> Decimal | None:
        """What a month of the plan costs after known changes; None if as now."""
        is_other = self.spend_later is not None and self.spend_later != self.spend
        return None if self.spend_off or not is_other else self.spend_later

    @property
    def is_undecided(self) -> bool:
        """Whether its plan has a price, and its verdict leads to no priced spending."""
        return self.spend is not None and self.cost is None

    @property
    def plan_state(self) -> PlanState:
        """The state of the money of its current plan."""
        return plan_state(self.stage)

    def if_followed(self, amount: Decimal | None) -> Decimal | None:
        """Return what its verdict leads to; nothing where it has stopped."""
        return None if self.plan_state == "stopped" else amount

    def month_of(self, state: MoneyState) -> Decimal | None:
        """Return its month in one state of money; None if it has none there."""
        return self._of(state, self.runs, self.proposed)

    def year_of(self, state: MoneyState) -> Decimal | None:
        """Return its 12 months in one state of money; None if it has none there."""
        return self._of(state, self._left(self.year, self.year_off), self.proposed_year)

    def _of(
        self, state: MoneyState, planned: Decimal | None, proposed: Decimal | None
    ) -> Decimal | None:
        if state == "proposed":
            return self.if_followed(proposed)
        return planned if self.plan_state == state else None

    def _left(self, amount: Decimal | None, off: Decimal | None) -> Decimal | None:
        """Return an amount of its plan without what is freed of what runs."""
        if amount is None or off is None or self.plan_state != "running":
            return amount
        return max(amount - off, Decimal(0))

    @property
    def signed_as(self) -> str:
        """The name it was signed off under, if it has another one now; else empty."""
        return "" if self.signed_name == self.name else self.signed_name

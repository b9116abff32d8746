"""What the database counts and sums of portfolio rows, in the order of `Total`."""

from datetime import date
from decimal import Decimal

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.lookups import Exact, GreaterThan, LessThan

from audits.models import Audit, Outcome, Stage
from audits.models.fields.left_of import left_of
from audits.models.portfolio.filters import (
    APPROVED,
    AT_RISK,
    FOR_VOTE,
    IN_REVIEW,
    LOST,
    NOT_DONE,
    NOT_READY,
    NOT_VOTABLE,
    PLANNED,
    PRICED,
    RUNNING,
    SIGNED_VOTABLE,
    SIGNED_WAITING,
    STOPPED,
    TO_DECIDE,
    TO_SIGN_VOTABLE,
    TRAINING_AT_RISK,
    TRAINING_MAY_BE_PAID,
    sent_back,
)
from audits.services.portfolio.asking import (
    LEAVES_OUT,
    NEEDED_ON,
    WAITING_LATER,
    asking,
    asking_later,
)

# What saves something, if followed, and is a draft.
DRAFTS = ~STOPPED & Q(state=Audit.State.DRAFT)
# What saves something, if followed, and waits, but cannot go to the board yet.
SAVES_LATER = ~STOPPED & WAITING_LATER
_DEFERRED = Q(board_state="deferred")
# As `training_left` and `saving_year_left` say of a row.
_TRAINING_LEFT = left_of("training_once", "training_off")
_SAVING_LEFT = Case(
    When(PLANNED, then=left_of("saving_year", "year_off", "training_off")),
    default=left_of("saving_year", "year_off"),
)
# What is asked for is no part of a saving where the advice has no price with a plan.
_NOT_COMPARED = Q(saving_year=None)
_SAVES = ~Q(Exact(_SAVING_LEFT, Decimal(0)))
# What is carried out of a saving, and where all of it is: as `saving_begun` says.
_SAVING_BEGUN = ExpressionWrapper(
    F("saving_year") - _SAVING_LEFT,
    DecimalField(max_digits=16, decimal_places=2),
)
_BEGUN = ~STOPPED & Q(saving_year__gt=0) & Q(GreaterThan(_SAVING_BEGUN, Decimal(0)))
_ALL_BEGUN = _BEGUN & Q(Exact(_SAVING_LEFT, Decimal(0)))
_MONTH_LEFT = Case(
    When(_ALL_BEGUN, then=Value(Decimal(0))),
    default=left_of("saving", "spend_off"),
)
# What a month of the advice costs above what is left of the plan that it replaced.
_REPLACES = ExpressionWrapper(
    F("cost") - left_of("spend", "spend_off"),
    DecimalField(max_digits=16, decimal_places=2),
)
_REPLACED = Q(board_state="carried_out", spend_off__isnull=False) & Q(
    GreaterThan(_REPLACES, Decimal(0))
)
# A plan that later costs less a month than is freed of it, as `freed_until` says.
_LESS_LATER = ~STOPPED & Q(spend_later__lt=F("spend_off"))


def _has_usage() -> Exists:
    """Return whether months of usage are known; the rows are of one organization."""
    shown = Outcome._base_manager.exclude(months=[])
    return Exists(shown.filter(audit__use_case=OuterRef("use_case")))


def counts(today: date) -> dict[str, Aggregate]:
    """Return what counts and asks, in the order of `Total`."""
    not_votable = NOT_VOTABLE | sent_back()
    late = not_votable & Q(LessThan(NEEDED_ON, today))
    return {
        "use_cases": Count("pk"),
        "draft": Count("pk", Q(state=Audit.State.DRAFT)),
        "in_review": Count("pk", IN_REVIEW),
        "are_live": Count("pk", Q(stage=Stage.LIVE)),
        "are_stopped": Count("pk", Q(stage=Stage.STOPPED)),
        "overdue": Count("pk", Q(due_on__lt=today)),
        "to_decide": Count("pk", TO_DECIDE),
        "not_ready": Count("pk", NOT_READY),
        "not_ready_late": Count("pk", NOT_READY & Q(due_on__lt=today)),
        "signed_votable": Count("pk", SIGNED_VOTABLE),
        "to_sign_votable": Count("pk", TO_SIGN_VOTABLE),
        "not_votable": Count("pk", not_votable),
        "not_votable_late": Count("pk", late),
        "decide_by": Min(NEEDED_ON, filter=SIGNED_VOTABLE | TO_DECIDE),
        "not_votable_by": Min(NEEDED_ON, filter=not_votable),
        "deferred_by": Min("board_due_on", filter=SIGNED_WAITING & _DEFERRED),
        "of_in_part": Count("pk", asking(TO_DECIDE) & Q(asked_said__in=LEAVES_OUT)),
        "asked_sum": Sum("asked", filter=asking(TO_DECIDE)),
    }


def sums() -> dict[str, Aggregate]:
    """Return what is stated and spent, in the order of `Total`, after the counts."""
    return {
        "stated": Count("spend"),
        "of_running": Count("spend", RUNNING),
        "of_planned": Count("spend", PLANNED),
        "of_proposed": Count("proposed", ~STOPPED),
        "of_stopped": Count("spend", STOPPED),
        "running_sum": Sum(left_of("spend", "spend_off"), filter=RUNNING),
        "planned_sum": Sum(left_of("spend", "spend_off"), filter=PLANNED),
        "proposed_sum": Sum("proposed", filter=~STOPPED),
        "stopped_sum": Sum("spend", filter=STOPPED),
        "running_year": Sum(left_of("year", "year_off"), filter=RUNNING),
        "planned_year": Sum(
            left_of("year", "year_off", "training_off"), filter=PLANNED
        ),
        "proposed_year_sum": Sum("proposed_year", filter=~STOPPED),
        "stopped_year": Sum("year", filter=STOPPED),
        "running_once": Sum("once", filter=RUNNING),
        "planned_once": Sum(left_of("once", "training_off"), filter=PLANNED),
        "proposed_once": Sum("one_off", filter=~STOPPED & Q(proposed__isnull=False)),
        "stopped_once": Sum("once", filter=STOPPED),
        "first_day": Min("since", filter=PRICED),
        "last_day": Max("since", filter=PRICED),
        "of_assumed": Count("pk", Q(assumed__gt=0)),
        "least_assumed": Min("assumed", filter=Q(assumed__gt=0)),
        "most_assumed": Max("assumed"),
        **_at_risk(),
        "of_not_done": Count("pk", NOT_DONE),
        **_for_board(),
        **_if_followed(),
    }


def _for_board() -> dict[str, Aggregate]:
    """Return what is signed and waits, in the order of `Total`."""
    in_part = Q(asked_said__in=LEAVES_OUT)
    return {
        "of_for_board": Count("pk", SIGNED_WAITING),
        "of_for_vote": Count("pk", FOR_VOTE),
        "of_board_in_part": Count("pk", asking(SIGNED_WAITING) & in_part),
        "for_board_sum": Sum("asked", filter=asking(SIGNED_WAITING)),
        "for_vote_sum": Sum("asked", filter=asking(FOR_VOTE)),
    }


def _at_risk() -> dict[str, Aggregate]:
    """Return what is lost or at risk, in the order of `Total`."""
    return {
        "of_lost": Count("pk", LOST),
        "lost": Sum("lost_if_failed", filter=LOST),
        "risk_low": Sum(left_of("spend_low", "risk_off"), filter=AT_RISK),
        "risk": Sum(left_of("spend", "risk_off"), filter=AT_RISK),
        "risk_high": Sum(left_of("spend_high", "risk_off"), filter=AT_RISK),
        "risk_year": Sum(left_of("year", "risk_year_off"), filter=AT_RISK),
        "of_training": Count("pk", TRAINING_AT_RISK),
        "of_training_open": Count("pk", TRAINING_MAY_BE_PAID),
        "training_sum": Sum(_TRAINING_LEFT, filter=TRAINING_AT_RISK),
        "risk_decided": Sum(left_of("spend", "risk_off"), filter=AT_RISK & NOT_DONE),
        "training_decided": Sum(_TRAINING_LEFT, filter=TRAINING_AT_RISK & NOT_DONE),
    }


def _if_followed() -> dict[str, Aggregate]:
    """Return what is asked for and recommended, in the order of `Total`, at its end."""
    return {
        "of_asked": Count("asked", asking()),
        "of_asked_later": Count("asked", asking_later()),
        "asked_later_sum": Sum("asked", filter=asking_later()),
        "of_advised": Count("cost", ~STOPPED),
        "advised_sum": Sum("cost", filter=~STOPPED),
        "advised_year_sum": Sum("cost_year", filter=~STOPPED),
        "of_saving": Count("saving", ~STOPPED & ~_ALL_BEGUN),
        "saving_sum": Sum(_MONTH_LEFT, filter=~STOPPED),
        "saving_year_sum": Sum(_SAVING_LEFT, filter=~STOPPED),
        "of_freed": Sum("freed_of"),
        "freed_sum": Sum("freed"),
        "freed_once_sum": Sum("freed_once"),
        "freed_off": Sum("spend_off", filter=RUNNING),
        "freed_planned": Sum("spend_off", filter=PLANNED),
        "saving_training": Sum(
            _TRAINING_LEFT,
            filter=TRAINING_AT_RISK & ~NOT_DONE & Q(saving_year__isnull=False),
        ),
        "of_saving_draft": Count("saving_year", DRAFTS & _SAVES),
        "saving_draft_sum": Sum(_SAVING_LEFT, filter=DRAFTS),
        "of_saving_later": Count("saving_year", SAVES_LATER & _SAVES),
        "saving_later_sum": Sum(_SAVING_LEFT, filter=SAVES_LATER),
        "saving_begun_sum": Sum(_SAVING_BEGUN, filter=_BEGUN),
        "freed_year_sum": Sum("year_off", filter=~STOPPED),
        "freed_until": Min("spend_later_on", filter=_LESS_LATER),
        "signed": Count("pk", Q(state=Audit.State.SIGNED_OFF)),
        "on_top_sum": Sum("asked", filter=asking() & _NOT_COMPARED),
        "of_later_in_part": Count("pk", asking_later() & Q(asked_said__in=LEAVES_OUT)),
        "of_approved": Count("pk", APPROVED),
        "of_overridden": Count("pk", ~Q(override="")),
        "of_usage": Count("pk", RUNNING & Q(spend__isnull=False) & Q(_has_usage())),
        "of_vote_in_part": Count("pk", asking(FOR_VOTE) & Q(asked_said__in=LEAVES_OUT)),
        "signed_not_done": Count("pk", NOT_DONE & Q(state=Audit.State.SIGNED_OFF)),
        "of_saving_begun": Count("saving", ~STOPPED & _ALL_BEGUN),
        "replaced_sum": Sum(_REPLACES, filter=RUNNING & _REPLACED),
    }

"""Named checks of a portfolio: what each looks for, and its severity.

Each is one query over the rows in view; only the one that compares purposes reads the
texts that teams write, in one query more.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Value,
)
from django.db.models.functions import Coalesce, Lower, Replace

from audits.frameworks.loading import loader
from audits.models import Audit, Evidence, Membership, PortfolioRowQuerySet, Stage
from audits.models.portfolio.filters import (
    STOPPED,
    TRAINING_AT_RISK,
    TRAINING_ENDED,
)
from audits.portfolio_checks.check import PortfolioCheck, Severity
from audits.portfolio_checks.control_checks import CONTROL_CHECKS
from audits.portfolio_checks.evidence_checks import EVIDENCE_CHECKS
from audits.portfolio_checks.market_checks import MARKET_CHECKS
from audits.portfolio_checks.question_checks import QUESTION_CHECKS

STALE = timedelta(days=30)


def _ownerless(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    members = Membership.objects.filter(
        user=OuterRef("owner"), organization=OuterRef("organization")
    )
    return rows.filter(Q(owner__is_active=False) | ~Exists(members))


def _stale(rows: PortfolioRowQuerySet, today: date) -> PortfolioRowQuerySet:
    touched = Coalesce("audit__scored_at", "audit__created_at")
    drafts = rows.filter(state=Audit.State.DRAFT).annotate(touched=touched)
    return drafts.filter(touched__date__lt=today - STALE)


def _provisional(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    begun = rows.filter(stage__in=(Stage.TRAINING, Stage.LIVE))
    return begun.exclude(state=Audit.State.SIGNED_OFF)


def _unproved(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    """Return the rows whose answers are only asserted, without evidence."""
    evidence = Evidence.objects.filter(audit=OuterRef("audit"))
    asserted = rows.filter(is_backed=False).exclude(verdict="")
    return asserted.exclude(Exists(evidence))


def _contradicted(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    """Return the rows at a stage that the verdict is against.

    Once the training was stopped, or all that the plan costs is freed, only the stage
    is left to change: what is approved and not done says so.
    """
    stop = loader.current().urgency["stop"]
    begun = rows.filter(stage__in=(Stage.TRAINING, Stage.LIVE))
    ended = TRAINING_ENDED | Q(spend__gt=0, spend_off__gte=F("spend"))
    return begun.filter(Q(urgency=stop) | TRAINING_AT_RISK).exclude(ended)


def _not_done(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    return rows.not_done()


def _unjudged(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    return rows.filter(~STOPPED, spend__gt=0, verdict="")


def _doubled(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    folded = Lower(Replace(F("name"), Value(" "), Value("")))
    named = rows.annotate(folded=folded)
    again = named.order_by().values("folded").annotate(n=Count("pk")).filter(n__gt=1)
    return named.filter(folded__in=again.values("folded"))


def _due(rows: PortfolioRowQuerySet, today: date) -> PortfolioRowQuerySet:
    signed = rows.filter(state=Audit.State.SIGNED_OFF)
    # The day of an open condition, or of the board, alone makes no review due.
    no_condition = Q(condition_due_on=None) | Q(condition_due_on__gt=F("due_on"))
    no_board = Q(board_due_on=None) | Q(board_due_on__gt=F("due_on"))
    has_other = Q(condition_due_on__isnull=False) | Q(board_due_on__isnull=False)
    ended = has_other & Q(audit__valid_until__lte=today)
    lapsed = Q(due_on__lte=today) & no_condition & no_board
    return signed.filter(~Q(review_cause="") | lapsed | ended)


def _of(
    severity: Severity, checks: Iterable[PortfolioCheck]
) -> Iterator[PortfolioCheck]:
    return (check for check in checks if check.severity == severity)


CHECKS: tuple[PortfolioCheck, ...] = (
    PortfolioCheck(
        id="contradicted",
        name="Verdict contradicts stage",
        severity="high",
        text=(
            "The verdict says to stop a model in training or in use, or advises "
            "against the training."
        ),
        mend="Follow the verdict, or submit new evidence against it.",
        find=_contradicted,
    ),
    PortfolioCheck(
        id="review-due",
        name="Review due",
        severity="high",
        text="The sign-off has lapsed or soon will, or the market has changed.",
        mend="Read the reason, then answer the questions again in a new audit.",
        find=_due,
    ),
    PortfolioCheck(
        id="not-done",
        name="Approved and not done",
        severity="high",
        text=(
            "The board approved it, and something that follows from that is still open."
        ),
        mend="Do what is missing and say so on the page of the decision.",
        find=_not_done,
    ),
    *_of("high", MARKET_CHECKS),
    PortfolioCheck(
        id="ownerless",
        name="No owner",
        severity="high",
        text="The owner’s account is closed, or they left the organization.",
        mend="Ask an administrator to name another owner.",
        find=_ownerless,
    ),
    PortfolioCheck(
        id="provisional",
        name="Not signed off",
        severity="medium",
        text="In training or live, but nobody has signed off the verdict.",
        mend="Ask for a review. Submit the answers first if they are a draft.",
        find=_provisional,
    ),
    PortfolioCheck(
        id="no-verdict",
        name="Spend without verdict",
        severity="medium",
        text="A plan, live or not, has a cost, but no question is answered.",
        mend="Answer what can change its verdict: the wizard asks that first.",
        find=_unjudged,
    ),
    PortfolioCheck(
        id="no-evidence",
        name="No evidence",
        severity="medium",
        text="Every answer is asserted: none is documented or measured.",
        mend="Say how you know the answers that decide, and add evidence for them.",
        find=_unproved,
    ),
    *_of("medium", MARKET_CHECKS),
    *EVIDENCE_CHECKS,
    *CONTROL_CHECKS,
    PortfolioCheck(
        id="stale",
        name="Inactive draft",
        severity="low",
        text="Nobody has changed this draft for 30 days.",
        mend="Continue it, or ask a colleague to.",
        find=_stale,
    ),
    PortfolioCheck(
        id="duplicates",
        name="Duplicate names",
        severity="low",
        text="Two use cases have the same name, apart from capitals and spaces.",
        mend="Check whether they are one use case, and which audit counts.",
        find=_doubled,
    ),
    *_of("low", MARKET_CHECKS),
    *QUESTION_CHECKS,
)
CHECKS_BY_ID = {check.id: check for check in CHECKS}

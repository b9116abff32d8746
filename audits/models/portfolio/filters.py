"""Which portfolio rows run, wait or have money at risk, by their columns."""

from decimal import Decimal

from django.db import models
from django.db.models.functions import Coalesce

from audits.models.audits import Audit
from audits.models.covers import Cover
from audits.models.portfolio.waits_for import WaitsFor, submitted_for
from audits.models.sign_offs.reviews import Review
from audits.models.use_cases import Stage

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
APPROVED = models.Q(board_state__in=("open", "carried_out"))
# One that is provisional needs more answers before anybody can sign it off.
TO_DECIDE = submitted_for(WaitsFor.REVIEWER)
NOT_READY = submitted_for(WaitsFor.TEAM)


def sent_back() -> models.Q:
    """Return the filter: a draft that a reviewer sent back, which waits for its author.

    A draft with a review was sent back: what is signed is never a draft again.
    """
    reviews = Review._base_manager.filter(audit=models.OuterRef("audit"))
    return models.Q(state=Audit.State.DRAFT) & models.Q(models.Exists(reviews))


# What the board can vote on, once it is signed.
VOTABLE = models.Q(vote_lacks="")


def asks_board(row: str = "", audit: str = "audit__") -> models.Q:
    """Return the filter: a paper of what has not stopped that is not for information.

    Args:
        row: What leads to the portfolio row.
        audit: What leads to its audit.
    """
    told = {f"{audit}cover__purpose": Cover.Purpose.INFORMATION}
    return ~models.Q((f"{row}stage", Stage.STOPPED)) & ~models.Q(**told)


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
# What of that the board has not deferred.
FOR_VOTE = SIGNED_WAITING & ~models.Q(board_state="deferred")
# What the board can vote on: what is signed, and what a reviewer has yet to sign.
SIGNED_VOTABLE = FOR_VOTE & VOTABLE
TO_SIGN_VOTABLE = TO_DECIDE & VOTABLE
# What it cannot vote on yet: it lacks answers, or something else before a vote.
NOT_VOTABLE = NOT_READY | ((FOR_VOTE | TO_DECIDE) & ~VOTABLE)
# Signed, and the board is asked for nothing: it is for information, or has stopped.
NOT_FOR_BOARD = models.Q(board_state="undecided") & ~SIGNED_WAITING
# As `risk_state` in scoring/money/states.py says.
_ANY_LEFT = models.Q(risk_off=None) | models.Q(risk_off__lt=models.F("spend"))
AT_RISK = models.Q(at_risk=True) & RUNNING & _ANY_LEFT
# As `has_training_ended` and `training_left` say of a row.
TRAINING_ENDED = PLANNED & models.Q(
    training_off__gte=Coalesce("training_once", models.Value(Decimal(0)))
)
_IS_PAID = models.Q(training_off=None) | models.Q(
    training_off__lt=models.F("training_once")
)
TRAINING_AT_RISK = models.Q(at_risk=True, training_once__gt=0) & PLANNED & _IS_PAID
# Some of it may be paid already: nobody entered how much is.
TRAINING_MAY_BE_PAID = TRAINING_AT_RISK & models.Q(is_payment_known=False)
LOST = models.Q(lost_if_failed__gt=0) & ~STOPPED

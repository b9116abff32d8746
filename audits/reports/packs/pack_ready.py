"""Whether a decision of a pack can be put to the vote, and its money on that day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from audits.models import Audit
from audits.reports.packs.sums.asked_money import money_fields
from audits.scoring import Assessment
from audits.scoring.board.acts import act_of
from audits.scoring.money.states import plan_state
from audits.services.board.before_pack import is_for_later
from audits.services.due.covers import cover_of
from audits.services.due.decision_day import decided_on
from audits.services.verdicts.assessments import framework_of
from audits.services.verdicts.votable import before_vote

# In the order in which a pack has them.
type Standing = Literal["ready", "not_ready", "deferred"]
STANDINGS: tuple[Standing, ...] = ("ready", "not_ready", "deferred")


def standing(
    audit: Audit,
    assessment: Assessment,
    frozen: Mapping[str, Any],
    days: tuple[date, date | None],
    *,
    is_asked: bool,
) -> dict[str, Any]:
    """Return what a vote on it lacks, and its money from the day of its decision.

    That is the meeting of the pack if this can decide it, else the day of its own.

    Args:
        audit: The audit.
        assessment: What is decided.
        frozen: What the pack froze of the use case.
        days: The day of the pack, and that of its meeting, if that is known.
        is_asked: Whether its paper asks for a decision.
    """
    (on, held), state = days, plan_state(audit.use_case.stage)
    vote = _before_vote(audit, assessment, is_asked=is_asked)
    is_later = is_for_later(frozen, held or on)
    meets = None if vote["lacks"] or is_later else held
    own = decided_on(assessment, cover_of(audit), on)
    day = (meets or own) if is_asked else None
    money = money_fields(assessment, state, day)
    return {**vote, "is_later": is_later, "on": day, **money}


def _before_vote(
    audit: Audit, assessment: Assessment, *, is_asked: bool
) -> dict[str, Any]:
    """Return the act, its approval, what cannot all be right, and what a vote lacks."""
    found, state = before_vote(audit, assessment), plan_state(audit.use_case.stage)
    return {
        # The day of a move is in a column of its own.
        "act": act_of(framework_of(audit), assessment, state).split(" before ")[0],
        "approval": found.approval,
        "not_consistent": found.not_consistent,
        "lacks": found.lacks_of(assessment, is_asked=is_asked),
    }

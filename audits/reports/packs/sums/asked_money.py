"""The money of a decision in a pack: its sums, and what is said of them."""

from datetime import date
from typing import Any

from audits.reports.packs.said.time_words import peoples_time
from audits.scoring import Assessment
from audits.scoring.board.limits.own_servers import not_on_own_servers
from audits.scoring.money.assumed import assumed_behind
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.sums.asked.net_parts import net_parts
from audits.scoring.sums.asked.period import money_on
from audits.scoring.told.amounts.turning import turned_by


def money_fields(
    assessment: Assessment, state: PlanState, held: date | None
) -> dict[str, Any]:
    """Return the money of a decision as its row has it, and what is said of that.

    Args:
        assessment: What is decided.
        state: The state of its current plan.
        held: The day of the meeting, if it is known.
    """
    money = money_of(assessment, state)
    return {
        "money": money,
        "assumed": len(assumed_behind(assessment, money))
        if money and money.stated
        else 0,
        "turns": turned_by(assessment, money_on(money, held)),
        "peoples": peoples_time(assessment, money),
        "net_parts": net_parts(assessment, money, held),
        "is_elsewhere": bool(not_on_own_servers(assessment, money)),
    }

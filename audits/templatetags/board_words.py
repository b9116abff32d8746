"""Decisions of a board and their steps in words."""

from typing import Any

from django import template

from audits.models import Stage
from audits.scoring.board.advised_name import advised_name
from audits.scoring.board.rollout import RolloutStep, rollout_steps
from audits.scoring.board.words import amount_in, first_steps
from audits.scoring.told.own_amounts import risk_with
from audits.scoring.told.result.put_to_board import BoardState, PutToBoard, put_to_board
from audits.services.due.board_decisions import BoardAsk
from audits.services.due.board_words import recorder_said, step_said

register = template.Library()
register.filter(advised_name)
register.filter(amount_in)
register.filter(first_steps)
register.filter(recorder_said)
register.filter(risk_with)
register.filter(step_said)


@register.filter
def rolled_out(explained: Any) -> tuple[RolloutStep, ...]:
    """Return what to do once what was tested meets the target, if no test is left."""
    if explained.plan.first:
        return ()
    return rollout_steps(
        explained.assessment,
        state=explained.plan_state,
        owner=explained.owner,
        money=explained.money,
        target=explained.inputs.candidates.target,
    )


@register.filter
def stage_named(stage: str) -> str:
    """Return what a stage is called."""
    return str(Stage(stage).label)


@register.simple_tag
def put_of(
    explained: Any, due: BoardAsk | None, is_decided: str, instead: str
) -> PutToBoard | None:
    """Return what the board is asked for; None where it is not, or for an override."""
    if is_decided or instead:
        return None
    first = explained.first
    return put_to_board(
        explained.framework,
        explained.assessment,
        explained.money,
        title=first.title if first else "",
        is_for_board=bool(first and first.is_for_board),
        now=explained.asked_now,
        state=_state_of(explained, due),
        by=due.by if due else None,
    )


def _state_of(explained: Any, due: BoardAsk | None) -> BoardState:
    if due:
        return "waits"
    return "not_asked" if explained.is_signed else "not_signed"

"""Whether the calls move to a smaller hosted model that passed, and what it saves."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.moved_calls import way_of_move
from audits.scoring.costs.rounding import written
from audits.scoring.costs.techniques import TECHNIQUE_OF
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import recommended_way, todays_plan
from audits.scoring.money.states import PlanState
from audits.scoring.on_smaller import advised_on_smaller
from audits.scoring.scored.candidates import ScoredKind


def moves_to_smaller(assessment: Assessment) -> bool:
    """Return whether the calls are to move to the smaller model that passed.

    Args:
        assessment: What was decided.
    """
    advice, layer = assessment.advice, assessment.context_layer
    if advice is None or assessment.prerequisite or assessment.verdict != layer:
        return False
    today, technique = assessment.numbers.get("today"), TECHNIQUE_OF.get(layer)
    return bool(way_of_move(advice.step.id, today, technique))


def is_built_on_smaller(assessment: Assessment) -> bool:
    """Return whether a new search is to run on the smaller model, and nothing moves.

    Args:
        assessment: What was decided.
    """
    is_there = assessment.numbers.get("today") == "prompt_smaller"
    is_advised = assessment.verdict == assessment.context_layer
    is_new = "rag" in advised_on_smaller(assessment) and is_advised
    return is_new and not is_there and not moves_to_smaller(assessment)


def kind_of_move(assessment: Assessment, state: PlanState) -> ScoredKind | None:
    """Return the kind of candidate that the calls are to go to; None where one runs.

    Args:
        assessment: What was decided.
        state: The state of the current plan's money.
    """
    return "smaller" if state != "running" and moves_to_smaller(assessment) else None


def saving_said(assessment: Assessment) -> str:
    """Say what the move saves beside the plan of today; empty if that is not known.

    Args:
        assessment: What was decided.
    """
    today, costs = todays_plan(assessment), assessment.costs
    way = recommended_way(assessment, costs.plan) if costs else None
    price = costs.plan.of(way).price if costs and way else None
    if today is None or way is None or price is None or way == today.technique:
        return ""
    now, then = today.year.expected, price.year_as_printed.expected
    if now <= then:
        return ""
    return (
        f"It saves ${written(now - then)} over 12 months: “{SHORT_NAMES[way]}” costs "
        f"${written(then)}, “{SHORT_NAMES[today.technique]}” ${written(now)}."
    )

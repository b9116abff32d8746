"""Whether the calls move to a smaller hosted model that passed, and what it saves."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import recommended_way, todays_plan
from audits.scoring.money.states import PlanState
from audits.scoring.scored.candidates import ScoredKind
from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("smaller.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingFacts:
    """How the calls move to another model once `step` is advised, and its hours.

    `why` is said where no number tells what it saves.
    """

    step: str
    name: str
    asks: str
    how: str
    done: str
    why: str
    hours: int


@cache
def moving() -> MovingFacts:
    """Return what ships with this release.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return read_file(_FILE, MovingFacts)


def moves_to_smaller(assessment: Assessment) -> bool:
    """Return whether the calls are to move to the smaller model that passed.

    Args:
        assessment: What was decided.
    """
    advice = assessment.advice
    is_step = assessment.verdict == assessment.context_layer
    if advice is None or assessment.prerequisite or not is_step:
        return False
    if assessment.numbers.get("today") == "prompt_smaller":
        return False  # it runs there
    return advice.step.id == moving().step


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

"""Whether the model to train can still be trained by the day on which it is needed."""

from datetime import date
from typing import NamedTuple

from audits.landscape.catalogue import catalogue
from audits.scoring.costs.cost_calendar import Wait
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import LATER
from audits.scoring.pricing.cost_plan import CostPlan

_HOSTED: PricedTechnique = "fine_tune_hosted"


class Closing(NamedTuple):
    """Why the model to train would not be ready, and names of models that stay open.

    Both are empty where it would be.
    """

    why: str = ""
    stay_open: tuple[str, ...] = ()


NOT_CLOSING = Closing()


def closing_of(
    assessment: Assessment, plan: CostPlan, way: PricedTechnique, on: date
) -> Closing:
    """Return whether the model of a verdict to train closes before it is ready.

    What the market says counts, whatever is answered of the tuning service.

    Args:
        assessment: What was decided.
        plan: What its techniques cost.
        way: How the training is paid for.
        on: The day of the market.
    """
    price = plan.of(way).price
    wait = price.calendar.wait if price else None
    is_trained = assessment.advice and assessment.advice.standing
    if wait is None or not is_trained or assessment.verdict == LATER:
        return NOT_CLOSING
    if why := _hosted_closes(assessment, wait, on) if way == _HOSTED else "":
        return Closing(why, _stay_open(on))
    if wait.is_ready:
        return NOT_CLOSING
    return Closing("the model would not be ready within 12 months", _stay_open(on))


def _hosted_closes(assessment: Assessment, wait: Wait, on: date) -> str:
    """Say until when a hosted model can be trained, if that is too early."""
    market = catalogue(on)
    model = market.landscape.models.get(assessment.numbers.get("tuned", ""))
    until = market.tunable(model.id).until if model else None
    if model is None or until is None:
        return ""
    if until > wait.until or (until == wait.until and wait.is_ready):
        return ""
    return (
        f"{model.name} can be trained only until {in_words(until)}, before it could be "
        "ready"
    )


def _stay_open(on: date) -> tuple[str, ...]:
    """Return the models that can be tuned for 12 months or more."""
    market = catalogue(on)
    models = market.models.values()
    return tuple(x.name for x in models if market.tunable(x.id).status == "open")

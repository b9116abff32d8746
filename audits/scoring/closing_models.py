"""Whether the model to train can still be trained by the day on which it is needed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.scoring.costs.cost_calendar import Wait
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.days import in_words
from audits.scoring.explaining.advice import Advice, standing_of
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.explain import as_approved, instead
from audits.scoring.money.of_assessment import LATER, recommended_way, ruled_out
from audits.scoring.pricing.cost_plan import CostPlan
from audits.scoring.pricing.economics import Economics

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


def advice_priced(
    assessment: Assessment,
    costs: Economics | None,
    numbers: Mapping[str, str],
    on: date,
) -> Advice | None:
    """Return the advice, which approves no training without a price or too late.

    A small part has none here, and the paper says so.
    """
    advised = assessment.advice
    if advised is None or assessment.verdict == "train_small_part":
        return advised
    way = recommended_way(assessment, costs.plan) if costs else None
    found = NOT_CLOSING
    if costs and way:
        known = replace(assessment, numbers=dict(numbers))
        found = closing_of(known, costs.plan, way, on)
    return _with_price(
        advised,
        is_priced=way is not None,
        closes=found.why,
        stay_open=found.stay_open,
    )


def _with_price(
    advised: Advice,
    *,
    is_priced: bool,
    closes: str = "",
    stay_open: tuple[str, ...] = (),
) -> Advice:
    """Return advice once it is known whether training has a price, and is in time."""
    if advised.standing is None:
        return advised
    standing = standing_of(
        advised.subject_to,
        advised.unproven_answers,
        is_priced=is_priced,
        closes=closes,
    )
    return replace(
        advised,
        standing=standing,
        is_priced=is_priced,
        closes=closes,
        stay_open=stay_open,
    )


def in_time(framework: Framework, assessment: Assessment, advice: Advice | None) -> str:
    """Return the headline, which lets no training go ahead that is late or unpriced."""
    if advice is None or advice.prerequisite:
        return assessment.headline
    if advice.standing == "no_price":
        return as_approved(framework, assessment.verdict, advice, assessment.headline)
    if advice.standing != "closing":
        return assessment.headline
    context = instead(framework, assessment)
    meanwhile = advice.interim.says.format(context=context)
    why = f"{advice.closes[:1].upper()}{advice.closes[1:]}"
    return f"{why}. Choose another model first. Meanwhile {meanwhile}."


def not_to_follow(
    assessment: Assessment, costs: Economics
) -> frozenset[PricedTechnique]:
    """Return what may not follow a tuned model that ends within the 12 months.

    Args:
        assessment: The verdict, which says what is ruled out.
        costs: What was priced before that was known.

    Returns:
        The techniques that are ruled out; none where no prompt follows a tuned model,
        or where it may.
    """
    out = ruled_out(assessment)
    tuned = costs.plan.of("fine_tune_hosted").price
    follows = tuned is not None and not tuned.stays_trained
    return frozenset(out) if follows and "prompt" in out else frozenset()

"""Assesses all inputs of a use case with the market of a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from audits.frameworks import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.assess import assess
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.economics import Economics
from audits.scoring.costs.numbers import numbers_of
from audits.scoring.costs.pricing import economics, swings_about
from audits.scoring.costs.sensitivity import Swing
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.market import circumstances_on, with_computed
from audits.scoring.money import recommended_way


def assess_on(
    framework: Framework,
    inputs: Inputs,
    on: date,
    *,
    open_only: bool = False,
) -> Assessment:
    """Assess a use case on a day, with its costs.

    Args:
        framework: The framework the answers were given to.
        inputs: The team's answers, levels and numbers.
        on: The day of the market and its prices, from 2022-01-01.
        open_only: As in `assess`.

    Raises:
        ValueError: The landscape does not reach back to the day.
    """
    under, codes = circumstances_on(framework, on, inputs.levels), dict(inputs.codes)
    failed = smaller_failed(framework, codes)
    costs = costs_on(inputs.numbers, on, smaller_failed=failed)
    if costs:
        under, codes = with_computed(costs, under, codes)
    assessment = assess(framework, codes, under, open_only=open_only)
    if costs:
        costs = _about_the_recommended(costs, assessment, inputs.numbers, failed)
    return replace(
        assessment,
        on=on,
        levels=dict(inputs.levels),
        numbers=dict(inputs.numbers),
        costs=costs,
    )


def assess_again(
    framework: Framework, assessment: Assessment, on: date | None = None
) -> Assessment:
    """Assess the inputs of an assessment again.

    Args:
        framework: The framework to use.
        assessment: An assessment, of which only the inputs are used.
        on: Another day; None for its own.

    Raises:
        ValueError: It names no day, or the landscape does not reach back to it.
    """
    day = on or assessment.on
    if day is None:
        message = "the assessment does not say on which day it was made"
        raise ValueError(message)
    before = assessment.costs or costs_on(assessment.numbers, assessment.on or day)
    computed = before.computed if before else {}
    answers = {q: x for q, x in assessment.codes.items() if computed.get(q) != x}
    inputs = Inputs(codes=answers, levels=assessment.levels, numbers=assessment.numbers)
    return assess_on(framework, inputs, day)


def costs_on(
    numbers: Mapping[str, str], on: date, *, smaller_failed: bool = False
) -> Economics | None:
    """Return what the techniques cost on a day; None if no number was given.

    If a model has left the market, its techniques have no price, but the others have
    one, and the use case still gets a verdict.

    Args:
        numbers: As they were given.
        on: The day.
        smaller_failed: Whether the smaller model failed the test.
    """
    if not numbers:
        return None
    return _costs(tuple(sorted(numbers.items())), on, smaller_failed)


def smaller_failed(framework: Framework, answers: Mapping[str, Code]) -> bool:
    """Return whether an answer that counts says that the smaller model failed."""
    if answers.get("smaller_model") != "fails":
        return False
    return "smaller_model" in flow.relevant(framework, answers)


def _about_the_recommended(
    costs: Economics, assessment: Assessment, numbers: Mapping[str, str], failed: bool
) -> Economics:
    """Return what changes the lead of the recommended technique, cheapest or not."""
    way = recommended_way(assessment, costs.plan)
    cheapest = costs.plan.cheapest
    if way is None or (cheapest and cheapest.technique == way):
        return costs
    swings = _swings(way, tuple(sorted(numbers.items())), costs.plan.on, failed)
    return replace(costs, swings=swings)


@lru_cache(maxsize=256)
def _swings(
    way: PricedTechnique, numbers: tuple[tuple[str, str], ...], on: date, failed: bool
) -> tuple[Swing, ...]:
    return swings_about(way, numbers_of(dict(numbers), smaller_failed=failed), on)


@lru_cache(maxsize=256)
def _costs(numbers: tuple[tuple[str, str], ...], on: date, failed: bool) -> Economics:
    """Price once, and not again for each saved answer."""
    return economics(numbers_of(dict(numbers), smaller_failed=failed), on)

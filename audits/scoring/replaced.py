"""Finds what numbers outside of their usual ranges move in the money of a verdict."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import recommended_way
from audits.scoring.money.ways import priced as priced_way
from audits.scoring.numbers.beyond_usual import replaced_numbers, replaced_rate
from audits.scoring.numbers.currency import in_dollars
from audits.scoring.numbers.replaced import Replaced
from audits.scoring.pricing.economics import Economics

type Pricing = Callable[[Mapping[str, str]], Economics | None]


def replaced_behind(assessment: Assessment, priced: Pricing) -> Replaced | None:
    """Return the numbers outside of their usual ranges behind the money.

    Args:
        assessment: An assessment with its numbers, costs, proposal and day.
        priced: Prices numbers as those of the assessment are priced.
    """
    rate = replaced_rate(assessment.proposal)
    found = _moving(assessment, priced) or (Replaced() if rate else None)
    return replace(found, rate=rate) if found else None


def _moving(assessment: Assessment, priced: Pricing) -> Replaced | None:
    numbers, costs, on = assessment.numbers, assessment.costs, assessment.on
    if costs is None or on is None:
        return None
    beyond = tuple(replaced_numbers(in_dollars(numbers, on) or {}, on))
    out = {each.input_id for each in beyond}
    usual = priced({k: x for k, x in numbers.items() if k not in out}) if out else None
    if usual is None:
        return None
    moving = tuple(each for each in beyond if each.input_id in usual.plan.defaults)
    if not moving:
        return None
    way = recommended_way(assessment, costs.plan)
    year, usual_year = _year(costs, way), _year(usual, way)
    today = priced_way(costs.plan, numbers.get("today"))
    moves_plan = _year(costs, today) != _year(usual, today)
    if year is None or usual_year is None:
        return Replaced(numbers=moving, moves_plan=moves_plan)
    return Replaced(
        numbers=moving,
        technique=way,
        year=year,
        usual_year=usual_year,
        moves_plan=moves_plan,
    )


def _year(costs: Economics, way: PricedTechnique | None) -> Decimal | None:
    price = costs.plan.of(way).price if way else None
    return price.year_as_printed.expected if price else None

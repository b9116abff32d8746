"""Finds what a team's own numbers move in the money of a verdict."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import recommended_way
from audits.scoring.money.ways import priced as priced_way
from audits.scoring.numbers.beyond_usual import replaced_numbers, replaced_rate
from audits.scoring.numbers.currency import in_dollars
from audits.scoring.numbers.replaced import Replaced, ReplacedNumber, ReplacedYear
from audits.scoring.pricing.economics import Economics

type Pricing = Callable[[Mapping[str, str]], Economics | None]


def replaced_behind(assessment: Assessment, priced: Pricing) -> Replaced | None:
    """Return a team's own numbers behind the money; None without any.

    Args:
        assessment: An assessment with its numbers, costs, proposal and day.
        priced: Prices numbers as those of the assessment are priced.
    """
    rate = replaced_rate(assessment.proposal)
    numbers, usual = _own(assessment, priced)
    if not numbers and rate is None:
        return None
    years = tuple(_years(assessment, usual)) if usual else ()
    return Replaced(numbers=numbers, years=years, rate=rate)


def _own(
    assessment: Assessment, priced: Pricing
) -> tuple[tuple[ReplacedNumber, ...], Economics | None]:
    """Return the own numbers that a price reads, and the prices without them."""
    numbers, on = assessment.numbers, assessment.on
    if assessment.costs is None or on is None:
        return (), None
    own = tuple(replaced_numbers(in_dollars(numbers, on) or {}, on))
    out = {each.input_id for each in own}
    usual = priced({k: x for k, x in numbers.items() if k not in out}) if out else None
    read = usual.plan.defaults if usual else ()
    # What is assumed without a range is read only once a team enters it.
    moving = tuple(x for x in own if x.usual.is_certain or x.input_id in read)
    return moving, usual if moving else None


def _years(assessment: Assessment, usual: Economics) -> Iterator[ReplacedYear]:
    """Yield 12 months of what the verdict leads to, and of today's plan if another."""
    if (costs := assessment.costs) is None:
        return
    way = recommended_way(assessment, costs.plan)
    today = priced_way(costs.plan, assessment.numbers.get("today"))
    for each in dict.fromkeys((way, today)):
        year, usual_year = _year(costs, each), _year(usual, each)
        if each and year is not None and usual_year is not None:
            yield ReplacedYear(technique=each, year=year, usual_year=usual_year)


def _year(costs: Economics, way: PricedTechnique | None) -> Decimal | None:
    price = costs.plan.of(way).price if way else None
    return price.year_as_printed.expected if price else None

"""Which costs to show first: those of the advice, then what can be chosen instead."""

from itertools import islice

from audits.scoring.explaining.advised_ways import advised_ways
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import technique_of
from audits.scoring.money.ways import advised_way
from audits.scoring.options.option_reasons import why_out
from audits.scoring.pricing.cost_plan import CostPlan, TechniqueCost


def advised_first(assessment: Assessment, most: int) -> tuple[TechniqueCost, ...]:
    """Return what is advised, even without a price, and the cheapest priced others.

    What is ruled out comes last: its amount leaves out what rules it out.

    Args:
        assessment: What was decided; without costs, there is nothing to show.
        most: How many to return.
    """
    if assessment.costs is None:
        return ()
    plan = assessment.costs.plan
    advised = _advised(assessment, plan)
    priced = (x for x in plan.techniques if x.price and x != advised)
    others = sorted(priced, key=lambda x: bool(why_out(assessment, x.technique)))
    first = (advised,) if advised else ()
    return (*first, *islice(others, most - len(first)))


def _advised(assessment: Assessment, plan: CostPlan) -> TechniqueCost | None:
    """Return the cost of the advised way; None if the plan has no such way."""
    technique = technique_of(assessment)
    if technique is None:
        return None
    ways = advised_ways(assessment, technique)
    way = advised_way(assessment, plan, technique)
    return next(
        (
            x
            for x in plan.techniques
            if x.technique == way or (not way and x.technique in ways)
        ),
        None,
    )

"""What each of the 12 months of a plan costs, as its signed assessment has them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from audits.models import Audit
from audits.scoring.board.freed import PlanMonths
from audits.scoring.costs.cost_calendar import months_from
from audits.scoring.money.of_assessment import todays_plan
from audits.scoring.money.ways import price_of
from audits.services.verdicts.assessments import assessment_of


def plan_months(
    audit: Audit, money: Mapping[str, Any], freed_on: date
) -> PlanMonths | None:
    """Return the 12 months of a plan; alike where only their sum is known.

    Args:
        audit: The audit.
        money: The columns of money of its row.
        freed_on: A day on which some of the plan is freed.

    Returns:
        The months; None for a plan without a price.

    Note: it reads the stored assessment.
    """
    if money["year"] is None:
        return None
    assessment = assessment_of(audit)
    plan = todays_plan(assessment)
    if plan is None or assessment.costs is None:
        costs = money["year"] - (money["once"] or 0)
        return PlanMonths.even(money["since"] or freed_on, costs)
    price = price_of(assessment.costs.plan, plan.technique)
    calendar = price.calendar.as_printed
    months = calendar.months
    return PlanMonths(
        starts=months_from(months[0].start),
        running=tuple(month.running for month in months),
        # What is paid on the first day was paid before anything could be freed.
        paid=tuple(
            (x.day, x.amount) for x in calendar.one_offs if x.day > months[0].start
        ),
    )

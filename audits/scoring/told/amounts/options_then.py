"""The options of a decision, with its plans from the day on which it is taken."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import todays_plan
from audits.scoring.money.rows import row_of
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.scoring.options.option_names import option_name
from audits.scoring.options.option_reasons import is_large
from audits.scoring.options.options import (
    DO_NOTHING,
    Choice,
    in_range,
    options,
    told_to_board,
)
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.asked.period import counted_from


def options_then(
    framework: Framework,
    assessment: Assessment,
    state: PlanState,
    then: Money | None,
    day: date | None,
) -> tuple[Choice, ...]:
    """Return the options for a board, each with what it costs from its decision on.

    What no technique prices alone, such as a move or an offer, keeps its price.

    Args:
        framework: The framework, which has the words.
        assessment: What was decided.
        state: The state of the current plan's money.
        then: The money from the day of the decision; None without a price.
        day: That day; None if nobody said.
    """
    found = told_to_board(options(framework, assessment, state))
    if then is None or state == "stopped" or todays_plan(assessment) is None:
        return found
    large, plan, advice = is_large(assessment), then.today, then.chosen
    is_asked = then.role == "recommended" and not then.measuring
    years = dict(_years(assessment, state, day))

    def cost(choice: Choice) -> Choice:
        if plan and choice.name.startswith(DO_NOTHING):
            return replace(choice, cost=in_range(plan.year, large))
        if is_asked and choice.is_chosen and choice.amount is not None:
            year = advice.year
            return replace(choice, cost=in_range(year, large), amount=year.expected)
        if choice.is_chosen or choice.amount is None:
            return choice
        if own := years.get(choice.name):
            return replace(choice, cost=in_range(own, large), amount=own.expected)
        return choice

    return tuple(map(cost, found))


def _years(
    assessment: Assessment, state: PlanState, day: date | None
) -> Iterator[tuple[str, Band]]:
    """Yield what 12 months of each technique cost from a day, by the option's name."""
    for each in assessment.costs.plan.techniques if assessment.costs else ():
        if each.price:
            row = row_of(each.technique, each.price, (), state)
            yield option_name(assessment, each.technique), counted_from(row, day).year

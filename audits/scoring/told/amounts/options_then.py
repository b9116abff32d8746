"""The options of a decision, with its plans from the day on which it is taken."""

from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import todays_plan
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

_BESIDE = (("next_best",), ("cheapest_other",))


def options_then(
    framework: Framework, assessment: Assessment, state: PlanState, then: Money | None
) -> tuple[Choice, ...]:
    """Return the options for a board: doing nothing costs what its plan does then.

    So do what is recommended, where that is what is asked for, and its alternative.

    Args:
        framework: The framework, which has the words.
        assessment: What was decided.
        state: The state of the current plan's money.
        then: The money from the day of the decision; None without a price.
    """
    found = told_to_board(options(framework, assessment, state))
    if then is None or state == "stopped" or todays_plan(assessment) is None:
        return found
    large, plan, advice = is_large(assessment), then.today, then.chosen
    is_asked = then.role == "recommended" and not then.measuring
    rows = {option_name(assessment, row.technique): row for row in then.rows}

    def cost(choice: Choice) -> Choice:
        if plan and choice.name.startswith(DO_NOTHING):
            return replace(choice, cost=in_range(plan.year, large))
        if is_asked and choice.is_chosen and choice.amount is not None:
            year = advice.year
            return replace(choice, cost=in_range(year, large), amount=year.expected)
        row = rows.get(choice.name)
        if row and row.roles in _BESIDE and choice.amount is not None:
            year = row.year
            return replace(choice, cost=in_range(year, large), amount=year.expected)
        return choice

    return tuple(map(cost, found))

"""The worked examples of 12 months: a price that doubles, and a base that ends."""

from dataclasses import replace
from decimal import Decimal

from audits.scoring.calendars.dated_costs import DatedCosts
from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.costs.cost_numbers import InputId
from tests.scoring.costs.cost_cases import DAY, DEFAULTS, SMALL, TUNED
from tests.scoring.costs.worked_prices import ARGON

type Numbers = dict[str, Decimal | int | bool]


def inputs(numbers: dict[InputId, int], **models: object) -> CostInputs:
    given = {key: Decimal(number) for key, number in numbers.items()}
    given |= {"cache_hit": Decimal("0.9"), "retry_rate": Decimal(0)}
    return replace(
        CostInputs(on=DAY, given=given, defaults=DEFAULTS),
        **models,  # type: ignore[arg-type]
    )


# A million requests as in V9, by a prompt that is there and that nobody keeps up.
DOUBLING = inputs(
    {
        "requests": 1_000_000,
        "prefix_tokens": 0,
        "variable_tokens": 1000,
        "output_tokens": 200,
        "upkeep_share_prompt": 0,
    },
    model=ARGON,
    today="prompt",
)
# The tuned model of V7, hosted for nothing, and the small model of V2 after it.
ENDING = inputs(
    {
        "requests": 100_000,
        "prefix_tokens": 6000,
        "variable_tokens": 500,
        "output_tokens": 300,
        "tuned_hosting_hour": 0,
    },
    tuned=replace(TUNED, successor=SMALL),
)


def v13() -> Numbers:
    calendar = DatedCosts("prompt", DOUBLING).calendar
    first, second = calendar.months[:2]
    return {
        "month_1": first.amount,
        "month_2": second.amount,
        "year": calendar.total,
    }


def v14() -> Numbers:
    calendar = DatedCosts("fine_tune_hosted", ENDING).calendar
    first, second, third = calendar.months[:3]
    return {
        "one_off": calendar.at_start,
        "month_1": first.amount,
        "month_2_running": second.running,
        "move": second.once,
        "month_3": third.amount,
        "year": calendar.total,
    }

"""How much work a call is for GPUs, and which peaks they are rented for, in words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import ceil

from audits.landscape.catalogue import catalogue
from audits.scoring.calendars.break_even import Machines
from audits.scoring.costs.cost_drivers import MONTH_HOURS
from audits.scoring.costs.training_costs import HOUR_SECONDS

_TENTH = Decimal("0.1")
# What a trained model reads and writes: not the text that is repeated in every call.
_WORKED_ON = ("variable_tokens", "output_tokens")


def load_said(numbers: Mapping[str, str], gpus: Machines, on: date) -> str:
    """Say of how many tokens the calls are, and of which peaks.

    With the tokens a second, they give the calls that the GPUs serve.

    Args:
        numbers: The numbers that were entered.
        gpus: The GPUs.
        on: The day of the market.
    """
    assumed = catalogue(on).landscape.assumptions["gpu_tokens_per_second"].expected
    speed = Decimal(numbers.get("gpu_tokens_per_second", assumed))
    tokens = max(sum(ceil(Decimal(numbers[each])) for each in _WORKED_ON), 1)
    load = speed * MONTH_HOURS * HOUR_SECONDS / gpus.requests / tokens
    models = Decimal(numbers.get("sharing_models", 1))
    peak = (load / models).quantize(_TENTH).normalize()
    return (
        f" ({tokens:,} tokens each, without the repeated text; peaks of {peak:f} times "
        "the average)"
    )

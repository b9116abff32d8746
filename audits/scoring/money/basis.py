"""What the prices of a plan are for, in sentences."""

import math
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from audits.landscape.catalogue import Catalogue, catalogue
from audits.scoring.costs.cost_numbers import (
    OWN_GPUS,
    SHORT_NAMES,
    PricedTechnique,
)
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.numbers.written_numbers import ENGLISH, written
from audits.scoring.on_smaller import priced_on_smaller
from audits.scoring.pricing.cost_plan import CostPlan
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.scoring.pricing.gpu_load import load_said

type Shown = frozenset[PricedTechnique | None]

_DIGITS = 3  # more would promise more than the assumption holds
_OTHER_MACHINES = (GPU, "hours_a_day", "sharing_models")
_DAY = Decimal(24)  # hours


def basis(
    assessment: Assessment, plan: CostPlan, shown: Iterable[PricedTechnique | None]
) -> str:
    """Return what the prices are for: which machines, and where.

    Args:
        assessment: The assessment, with its numbers.
        plan: The plan it is priced by.
        shown: The techniques that are compared.
    """
    techniques = frozenset(shown)
    said = [*_machines(assessment, plan, techniques)]
    if smaller := priced_on_smaller(assessment, techniques):
        said.append(smaller)
    machines = assessment.means.machines
    if machines:
        said.append(
            "Prices cover providers’ models and rented GPUs, not your own machines."
        )
    if _shared(assessment.numbers) and "devices" in machines:
        said.append(
            "Each device runs a model of its own, so nothing is shared there: enter 1 "
            "as the number of tuned models that share the machines."
        )
    return " ".join(said)


def as_rented(assessment: Assessment) -> tuple[PricedTechnique, ...]:
    """Return what runs on own servers and is priced as if they were rented."""
    return OWN_GPUS if assessment.means.machines else ()


def lacks_rented(assessment: Assessment, technique: PricedTechnique) -> bool:
    """Return whether own servers are priced as rented, and its name does not say so."""
    return technique in as_rented(assessment) and "rented" not in SHORT_NAMES[technique]


def short_name(assessment: Assessment, technique: PricedTechnique) -> str:
    """Name a technique, and say if own servers are priced as rented ones."""
    rented = ", rented" if lacks_rented(assessment, technique) else ""
    return f"{SHORT_NAMES[technique]}{rented}"


def rented_machines(assessment: Assessment) -> str:
    """Say beside a price on which machines it is; empty on the usual ones."""
    numbers = assessment.numbers
    if numbers.keys().isdisjoint(_OTHER_MACHINES):
        return ""
    kind, shared = numbers.get(GPU, ""), _shared(numbers)
    return ", ".join(filter(None, (kind, _hours(numbers), shared)))


def _hours(numbers: Mapping[str, str]) -> str:
    """Say when machines run that do not run day and night; empty if they do."""
    hours = Decimal(numbers.get("hours_a_day", _DAY))
    if hours >= _DAY:
        return ""
    return f"{written(hours, ENGLISH)} hour{'' if hours == 1 else 's'} a day"


def _shared(numbers: Mapping[str, str]) -> str:
    """Say how many models share the machines; empty if one has them alone."""
    models = math.ceil(Decimal(numbers.get("sharing_models", 1)))
    return f"shared by {models:,} tuned models" if models > 1 else ""


def _machines(assessment: Assessment, plan: CostPlan, shown: Shown) -> Iterator[str]:
    """Say how many GPUs are priced and what they serve.

    What was measured on the usual machines needs no words.
    """
    numbers, is_other = assessment.numbers, rented_machines(assessment)
    if "gpu_tokens_per_second" in numbers and not is_other:
        return
    kind = f" ({numbers[GPU]})" if GPU in numbers else ""
    rented = _hours(numbers) or "day and night"
    shared = _shared(numbers)
    together = f" and {shared} with as many calls each" if shared else ""
    prices = {x: plan.of(x).price for x in OWN_GPUS if x in shown}
    sized = {x: each.line.machines for x, each in prices.items() if each}
    calls = Decimal(assessment.numbers["requests"])
    for gpus in dict.fromkeys(each for each in sized.values() if each):
        named = [f"“{SHORT_NAMES[x]}”" for x, each in sized.items() if each == gpus]
        count = gpus.count(calls)
        gpu = "GPU" if count == 1 else "GPUs"
        yield (
            f"{' and '.join(named)}: {count:f} {gpu}{kind}, "
            f"rented {rented}{together}, serve up to "
            f"{_rounded_down(gpus.requests * count):,} calls a month"
            f"{' of each' if shared else ''}{load_said(numbers, gpus, plan.on)}, if "
            f"each GPU handles {_speed(numbers, catalogue(plan.on))}."
        )


def _speed(numbers: Mapping[str, str], market: Catalogue) -> str:
    """Return what one GPU is taken to do, and where that is from."""
    if own := numbers.get("gpu_tokens_per_second"):
        return f"{written(Decimal(own), ENGLISH)} tokens a second, as entered"
    speed = market.landscape.assumptions["gpu_tokens_per_second"]
    return (
        f"{speed.expected:,f} tokens a second, half the speed of a full-load test "
        f"({market.sources(speed)[0].title}, checked on "
        f"{in_words(speed.as_of)})"
    )


def _rounded_down(calls: Decimal) -> int:
    whole = int(calls)
    unit: int = 10 ** max(len(str(whole)) - _DIGITS, 0)
    return whole // unit * unit

"""What the prices of a plan are for, in sentences."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from audits.landscape.catalogue import catalogue
from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.cost_plan import OWN_GPUS, CostPlan
from audits.scoring.explaining.assessment import Assessment

type Shown = frozenset[PricedTechnique | None]

# Where only a model on machines of the team's own may run.
_OWN_PLACES = ("self_host", "device")


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
    if assessment.codes.get("hosting") in _OWN_PLACES:
        said.append(
            "All prices are for models of a provider and for rented GPUs: machines of "
            "your own are not priced."
        )
    return " ".join(said)


def _machines(assessment: Assessment, plan: CostPlan, shown: Shown) -> Iterator[str]:
    named = [each for each in OWN_GPUS if each in shown]
    # With a measured throughput there are as many machines as the volume needs.
    if not named or "gpu_tokens_per_second" in assessment.numbers:
        return
    names = " and ".join(f"“{SHORT_NAMES[each]}”" for each in named)
    given = assessment.numbers.get("serving_replicas")
    usual = catalogue(plan.on).landscape.assumptions["serving_replicas"].expected
    count = Decimal(given or usual)
    calls = int(Decimal(assessment.numbers["requests"]))
    yield (
        f"{names}: {count:f} GPUs rented day and night, whatever the volume; that they "
        f"can serve {calls:,} calls a month is not tested."
    )

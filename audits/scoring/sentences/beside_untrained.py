"""How what is recommended compares with the cheapest technique without training."""

from collections.abc import Iterator
from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.rounding import written


def beside_untrained(
    technique: PricedTechnique,
    year: Decimal,
    candidate: tuple[PricedTechnique, Decimal] | None,
) -> Iterator[tuple[str, str]]:
    """Yield how 12 months of one compare with the cheapest without training left."""
    if candidate is None:
        return
    cheapest, least = candidate
    net = year - least
    word = "more" if net >= 0 else "less"
    yield (
        "candidate",
        f"Over 12 months, “{SHORT_NAMES[technique]}” costs ${written(abs(net))} "
        f"{word} than “{SHORT_NAMES[cheapest]}”, the cheapest untrained technique "
        "that is not ruled out.",
    )

"""How what is recommended compares with the cheapest technique without training."""

from collections.abc import Iterator
from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.rounding import written
from audits.scoring.money.rows import MoneyRow


def beside_untrained(
    row: MoneyRow, candidate: tuple[PricedTechnique, Decimal] | None
) -> Iterator[tuple[str, str]]:
    """Yield how a row compares with the cheapest untrained technique that is left."""
    if candidate is None:
        return
    technique, year = candidate
    net = row.year.expected - year
    word = "more" if net >= 0 else "less"
    yield (
        "candidate",
        f"Over 12 months, “{SHORT_NAMES[row.technique]}” costs ${written(abs(net))} "
        f"{word} than “{SHORT_NAMES[technique]}”, the cheapest untrained technique "
        "that is not ruled out.",
    )

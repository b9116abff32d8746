"""Says that usage is far off what a paper counts a month with."""

from decimal import Decimal

from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.tracking.outcome_words import span_of
from audits.scoring.tracking.since_papers import SincePapers

SYNTHETIC = "Synthetic"  # invented for practice
FAR = 2  # times: from which on numbers need a check


def is_far(one: Decimal, other: Decimal) -> bool:
    """Return whether one of two amounts is far more than the other.

    >>> is_far(Decimal(9692), Decimal(2527)), is_far(Decimal(2000), Decimal(1000))
    (True, False)
    """
    return max(one, other) > min(one, other) * FAR


def far_off(found: SincePapers, counted: Decimal, *, model: str = "") -> str:
    """Say what a month cost by usage, where that is far off; empty where it is not.

    Args:
        found: The months of one use case.
        counted: What its paper counts a month with.
        model: The id of the model that its paper counts with. Usage of others alone
            contradicts no number.
    """
    total = found.total
    if total.cost is None or not total.held.compared:
        return ""
    paid, here = as_printed(total.cost / total.held.compared), as_printed(counted)
    if not is_far(paid, here):
        return ""
    usage = f"{SYNTHETIC} usage" if found.is_synthetic else "Usage"
    other = bool(model and total.models) and model not in total.models
    check = "whose model is another one" if other else "check its numbers"
    comma = "," if other else ":"
    return (
        f"{usage} of {span_of(total.first, total.last)} cost ${written(paid)} a month, "
        f"and this paper counts ${written(here)}{comma} {check}."
    )

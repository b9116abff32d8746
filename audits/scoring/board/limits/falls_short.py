"""Which result would bring a decision back to the board."""

from decimal import ROUND_CEILING, Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.scored.results_price import serving_row


def falls_short(assessment: Assessment, money: Money | None) -> str:
    """Say from how few passed cases on what is advised misses its target.

    Empty where nothing tested is advised, or where it misses the target already.

    Args:
        assessment: What was decided.
        money: The money behind it; None if it is not known.
    """
    found = assessment.candidates
    if found is None or not found.target or money is None or not money.recommended:
        return ""
    way = money.recommended.technique
    row = serving_row(found, assessment.codes, way, is_kept=True)
    cases = row.with_score if row else 0
    if row is None or row.passed is None or not cases:
        return ""
    least = fewest(found.target, cases)
    if row.passed < least:
        return ""
    return (
        f"If fewer than {least:,} of the {cases:,} cases pass when tested again, "
        f"“{SHORT_NAMES[way]}” misses its target."
    )


def fewest(target: Decimal, cases: int) -> int:
    """Return how many cases reach a share that has to pass.

    >>> fewest(Decimal("0.9"), 240), fewest(Decimal("0.95"), 30)
    (216, 29)
    """
    return int((target * cases).to_integral_value(ROUND_CEILING))

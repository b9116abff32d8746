"""That what goes on stays below its target, as the board pays for readiness alone."""

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money


def stays_below(assessment: Assessment, money: Money | None) -> str:
    """Say what the best test got, and that a yes does not change it; may be empty.

    Only where the sum sets up what it takes to run a model: then the plan goes on for
    its 12 months, whatever the board decides.

    Args:
        assessment: What was decided.
        money: The money behind it; None without a price.
    """
    found = assessment.candidates
    if money is None or money.goes_on is None or found is None or not found.target:
        return ""
    counted = (
        x
        for x in found.rows
        if not (x.is_removed or found.why_not(x, assessment.codes))
    )
    known = ((x.passed, x.with_score) for x in counted)
    shares = [right / of for right, of in known if right is not None and of]
    if not shares or max(shares) >= found.target:
        return ""
    best, target = max(shares) * 100, float(found.target) * 100
    return (
        f"The best tested option gets {best:.3g} of 100 right, below the target of "
        f"{target:g}; a yes does not change that in these 12 months."
    )

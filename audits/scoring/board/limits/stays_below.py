"""That what goes on stays below its target, as the board pays for readiness alone."""

from audits.evaluations.words import of_100
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.scored.against import share_interval


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
    known = [
        (x.passed / x.with_score, x)
        for x in counted
        if x.passed is not None and x.with_score
    ]
    share, best = max(known, key=lambda each: each[0], default=(1.0, None))
    chance = share_interval(best) if best else None
    if chance is None or share >= found.target:
        return ""
    target = float(found.target)
    between = of_100(chance, target).removesuffix(" of 100")
    return (
        f"{share * 100:.3g} of 100 were right in the best test ({between}), below the "
        f"target of {target * 100:g}; a yes does not change that in these 12 months."
    )

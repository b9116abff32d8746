"""What may serve until a model is trained, where no result says which way is best."""

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.advice_rows import CHECKED
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.ways import serving
from audits.scoring.untested import is_tested

_SEVERAL = 2


def is_best_unknown(assessment: Assessment) -> bool:
    """Return whether several ways missed the target and no result says which is best.

    Then the best of them serves, where people check every answer.
    """
    advice = assessment.advice
    if advice is None or advice.best or advice.interim.id != CHECKED:
        return False
    return len(assessment.means.tested) >= _SEVERAL


def may_serve(assessment: Assessment) -> frozenset[PricedTechnique]:
    """Return what may serve until a model is trained; empty if nothing does."""
    way, advice, costs = serving(assessment), assessment.advice, assessment.costs
    if way is None or advice is None or costs is None:
        return frozenset()
    if not is_best_unknown(assessment):
        return frozenset([way])
    # What was tested itself missed the target, and is ruled out for that alone.
    out, priced = advice.ruled_out, (x.technique for x in costs.plan.techniques)
    tested = [x for x in priced if x in out and is_tested(assessment, x)]
    return frozenset([way, *(x for x in tested if out[x] == out.get(way))])

"""What the row of a technique is among the money behind a verdict."""

from audits.frameworks.questions import UNKNOWN
from audits.scoring.costs.cost_numbers import FEW_SHOT, PricedTechnique
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import recommended_way, role_of
from audits.scoring.money.rows import MoneyRow, Role
from audits.scoring.ways_there import reviewed_there

_OTHERS: tuple[Role, ...] = ("next_best", "cheapest_other")
_FOR_A_PROMPT = 10  # good examples


def standing_of(assessment: Assessment, row: MoneyRow) -> str:
    """Return the roles of a row in words, and what an alternative lacks.

    It waits for examples, or it adds facts to what is trained for another fault.

    Args:
        assessment: What was decided.
        row: A row of its money.
    """
    codes, words = assessment.codes, row.standing
    is_other = bool({*_OTHERS} & {*row.roles})
    if is_other and adds_other_facts(assessment, row.technique):
        return f"{words}, though facts are not the fault"
    if is_other and _costs_about_the_same(assessment, row):
        words = f"{words}, which costs about the same"
    is_other = is_other and row.technique in FEW_SHOT
    is_known = codes.get("examples") not in (None, UNKNOWN)
    was_tested = "examples" in codes.get("tried", ())
    if not is_other or not is_known or was_tested:
        return words
    is_short = reviewed_there(codes) < _FOR_A_PROMPT
    return f"{words}, once there are 10 good examples" if is_short else words


def adds_other_facts(assessment: Assessment, technique: PricedTechnique) -> bool:
    """Whether it is a search beside training, and a search puts nothing right."""
    is_search = technique == "rag" and bool(assessment.trained_layer)
    return is_search and not assessment.means.found_by_search


def _costs_about_the_same(assessment: Assessment, row: MoneyRow) -> bool:
    """Whether it costs less than what is recommended, by less than a hundredth."""
    plan = assessment.costs.plan if assessment.costs else None
    way = recommended_way(assessment, plan) if plan else None
    price = plan.of(way).price if plan and way else None
    if price is None or role_of(assessment) != "recommended":
        return False
    chosen = price.year_as_printed.expected
    return 0 < chosen - row.year.expected < chosen / 100

"""What the row of a technique is among the money behind a verdict."""

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import recommended_way, role_of
from audits.scoring.money.rows import MoneyRow, Role
from audits.scoring.untested import lacks_examples

_OTHERS: tuple[Role, ...] = ("next_best", "cheapest_other")


def standing_of(assessment: Assessment, row: MoneyRow) -> str:
    """Return the roles of a row in words, and what an alternative lacks.

    It waits for examples, or would not help: it adds facts, and the fault is another.

    Args:
        assessment: What was decided.
        row: A row of its money.
    """
    words = row.standing
    is_other = bool({*_OTHERS} & {*row.roles})
    if is_other and adds_other_facts(assessment, row.technique):
        return "Would not help, as facts are not the fault"
    if is_other and _costs_about_the_same(assessment, row):
        words = f"{words}, which costs about the same"
    is_short = is_other and lacks_examples(assessment, row.technique)
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

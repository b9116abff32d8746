"""What the techniques cost that have no row of their own beside the plan."""

from collections.abc import Iterator

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.options.option_reasons import why_out
from audits.scoring.pricing.cost_plan import TechniqueCost


def other_costs(assessment: Assessment, money: Money) -> str:
    """Say what each other technique costs over 12 months; empty without one.

    Those that are ruled out come last.

    Args:
        assessment: What was decided.
        money: The money behind it, whose rows say what the others cost.
    """
    if assessment.costs is None:
        return ""
    told = {row.technique for row in money.rows}
    techniques = assessment.costs.plan.techniques
    others = [x for x in techniques if x.price and x.technique not in told]
    out = [x for x in others if why_out(assessment, x.technique)]
    parts = [", ".join(_said(x for x in others if x not in out))]
    if out:
        parts.append(f"ruled out: {', '.join(_said(iter(out)))}")
    said = "; ".join(filter(None, parts))
    return f"{said[:1].upper()}{said[1:]}" if said else ""


def _said(costs: Iterator[TechniqueCost]) -> Iterator[str]:
    for cost in costs:
        if cost.price:
            amount = written(cost.price.year_as_printed.expected)
            yield f"“{SHORT_NAMES[cost.technique]}” ${amount}"

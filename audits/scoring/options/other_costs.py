"""What the techniques cost that have no row of their own beside the plan."""

from decimal import Decimal
from itertools import groupby

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.scoring.options.meanwhile import may_serve
from audits.scoring.options.option_reasons import why_out
from audits.scoring.pricing.cost_plan import TechniqueCost

_MEANWHILE = " for all 12 (needed only until the trained model is ready)"
_MAY_SERVE = " for all 12 (allowed only until the trained model is ready)"


def set_up_apart(assessment: Assessment) -> str:
    """Say that setting up the option that serves meanwhile is in the row of that one.

    Empty where nothing is set up before what is measured is known.

    Args:
        assessment: What was decided.
    """
    money = money_of(assessment)
    if money is None or money.at_once is None or not money.one_off:
        return ""
    name = SHORT_NAMES[money.chosen.technique]
    return f": “{name}” has its ${written(money.one_off)} up front"


def other_costs(assessment: Assessment, money: Money) -> str:
    """Say what each other technique costs, after “over 12 months”; empty without one.

    What serves until a model is trained is said to, and whether it is ruled out for
    later; its amount is that of all 12 months. Those that are ruled out for good come
    last, the cheaper ones with why.

    Args:
        assessment: What was decided.
        money: The money behind it, whose rows say what the others cost.
    """
    if assessment.costs is None:
        return ""
    told = {row.technique for row in money.rows}
    techniques = assessment.costs.plan.techniques
    others = [x for x in techniques if x.price and x.technique not in told]
    serves = [x for x in others if x.technique in may_serve(assessment)]
    out = [x for x in others if why_out(assessment, x.technique)]
    until = _MAY_SERVE if serves and serves[0] in out else _MEANWHILE
    out = [x for x in out if x not in serves]
    left = [x for x in others if x not in out and x not in serves]
    meanwhile = " and ".join(filter(None, (_said(serves[:-1]), _said(serves[-1:]))))
    said_left = ", ".join(
        filter(None, (meanwhile and f"{meanwhile}{until}", _said(left)))
    )
    if not out:
        return f": {said_left}" if said_left else ""
    said = _out(assessment, out, money.chosen.year.expected)
    if not said_left:
        return f", all ruled out: {said}"
    return f": {said_left}; ruled out: {said}"


def _out(assessment: Assessment, costs: list[TechniqueCost], than: Decimal) -> str:
    """Say what they cost, and what rules out those that cost less, each reason once."""

    def why(cost: TechniqueCost) -> str:
        is_cheaper = cost.price and cost.price.year_as_printed.expected < than
        return why_out(assessment, cost.technique) if is_cheaper else ""

    said = []
    for reason, alike in groupby(costs, key=why):
        *first, last = (_said([each]) for each in alike)
        both = f"{', '.join(first)} and {last}" if first else last
        whose = _whose(len(first) + 1)
        said.append(
            f"{both} ({whose}{reason})" if reason else ", ".join([*first, last])
        )
    return ", ".join(said)


def _whose(number: int) -> str:
    """Say that a reason is that of all techniques before it, if there are several."""
    return {1: "", 2: "both: "}.get(number, f"all {number}: ")


def _said(costs: list[TechniqueCost]) -> str:
    return ", ".join(
        f"“{SHORT_NAMES[x.technique]}” ${written(x.price.year_as_printed.expected)}"
        for x in costs
        if x.price
    )

"""What the plan of a decided audit costs, beside the form for what is freed of it."""

from decimal import Decimal

from audits.models import Audit
from audits.scoring.costs.cost_calendar import MONTHS
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.of_assessment import TodaysPlan, money_of, todays_plan
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import plan_state
from audits.scoring.proposals.proposal import DOLLARS
from audits.services.verdicts.assessments import assessment_of


def plan_said(audit: Audit) -> str:
    """Return what the signed plan costs, in sentences; empty without a price."""
    row, plan = _row(audit), todays_plan(assessment_of(audit))
    if row is None or plan is None:
        return ""
    then = f", and {row.then}" if row.then else ""
    return (
        f"As signed, the plan costs ${written(row.month.expected)} a month{then}. "
        f"12 months cost ${written(row.year.expected)}{_once(plan)}."
    )


def above_plan(audit: Audit, amount: Decimal | None, currency: str) -> str:
    """Say that 12 months of a freed amount are more than the plan costs, or nothing.

    Args:
        audit: The audit.
        amount: What is said to be freed a month.
        currency: The currency of the amount; another than the plan's is not compared.
    """
    row = _row(audit)
    if row is None or row.changes is None or not amount or currency != DOLLARS:
        return ""
    day, later = row.changes
    if amount <= later:
        return ""
    return (
        f"12 months of ${written(amount)} are ${written(MONTHS * amount)}, but from "
        f"{in_words(day)} the plan costs ${written(later)} a month, so no more than "
        "that is freed from then on. The portfolio takes off what the plan costs, and "
        "no more."
    )


def _row(audit: Audit) -> MoneyRow | None:
    money = money_of(assessment_of(audit), plan_state(audit.use_case.stage))
    return money.today if money else None


def _once(plan: TodaysPlan) -> str:
    if not plan.once:
        return ""
    said = f", with ${written(plan.once)} paid once"
    if not plan.training:
        return said
    return f"{said}, ${written(plan.training)} of it for training"

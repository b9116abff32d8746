"""A proposal beside what runs today and what a verdict recommends."""

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_calendar import CostCalendar
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.rows import row_of
from audits.scoring.proposals.proposal import Beside, ComparedProposal
from audits.scoring.proposals.proposal_comparison import compared
from audits.scoring.proposals.proposal_parts import currencies, proposal_of
from audits.scoring.proposals.trained_model import trained_by


def compared_proposal(
    framework: Framework, assessment: Assessment
) -> ComparedProposal | None:
    """Return the proposal among the numbers of an assessment, compared.

    Nothing is priced for it: it is compared even where its model has no known price.

    Args:
        framework: The framework, which names the techniques.
        assessment: An assessment with its numbers, its costs and its day.

    Returns:
        The comparison; None if there is no proposal, not enough of one, or no rate of
            its currency.
    """
    proposal = proposal_of(assessment.numbers)
    if proposal is None or assessment.on is None:
        return None
    if proposal.rate is None and proposal.currency not in currencies():
        return None
    requests = assessment.numbers.get("requests")
    technique = proposal.technique
    today, no_today = _today(assessment)
    recommended, no_recommended = _recommended(assessment)
    found = compared(
        proposal,
        assessment.on,
        technique_name=framework.techniques[technique] if technique else "",
        requests=int(Decimal(requests)) if requests else None,
        plans=(today, recommended),
        missing=(no_today, no_recommended),
        until=_until(assessment),
    )
    return replace(
        found, trains=trained_by(proposal, assessment.numbers, assessment.on)
    )


def _until(assessment: Assessment) -> CostCalendar | Literal["nothing"] | None:
    """Return what runs until a proposal begins; None if it has no price."""
    named = assessment.numbers.get("today")
    if assessment.costs is None or named is None:
        return "nothing" if named is None else None
    cost = next(x for x in assessment.costs.plan.techniques if x.technique == named)
    return cost.price.calendar.as_printed if cost.price else None


def _today(assessment: Assessment) -> tuple[Beside | None, str]:
    """Return what runs today, or why it has no amount."""
    named = assessment.numbers.get("today")
    if assessment.costs is None or named is None:
        return None, "Not entered"
    cost = next(x for x in assessment.costs.plan.techniques if x.technique == named)
    if cost.price is None:
        return None, f"“{SHORT_NAMES[cost.technique]}” has no price: {cost.unpriced}"
    return Beside(
        technique=cost.technique,
        standing="Current plan",
        month=row_of(cost.technique, cost.price, ("today",), "running").month_told,
        once=cost.price.calendar.as_printed.once,
        year=cost.price.year_as_printed.expected,
    ), ""


def _recommended(assessment: Assessment) -> tuple[Beside | None, str]:
    """Return what the verdict leads to, or why it has no amount."""
    if not assessment.answered:
        return None, "There is no verdict yet"
    if assessment.prerequisite:
        return None, "Nothing yet: something has to be settled first"
    money = money_of(assessment)
    if money is None:
        return None, f"{assessment.verdict_name}: no price is known"
    row = money.chosen
    return Beside(
        technique=row.technique,
        standing=money.standing,
        month=row.month_told,
        once=row.calendar.once,
        year=row.year.expected,
    ), ""

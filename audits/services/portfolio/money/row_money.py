"""The money that a portfolio row has of an assessment."""

from datetime import date
from decimal import Decimal
from typing import Any

from audits.scoring import Assessment
from audits.scoring.calendars.payback import in_tenths
from audits.scoring.money.assumed import assumed_numbers
from audits.scoring.money.of_assessment import money_of, todays_plan
from audits.scoring.money.states import is_against
from audits.scoring.money.words import Money
from audits.services.portfolio.served import model_of, provider_of

_CENT = Decimal("0.01")
# Nobody spends more than a trillion dollars a month: a unit was wrong. The column, and
# a sum over many, hold no more, and the typed number must be saved all the same.
_MOST = Decimal("999999999999.99")


def money_columns(assessment: Assessment) -> dict[str, Any]:
    """Return the money of a use case as its row has it, rounded as papers print it."""
    today, money = todays_plan(assessment), money_of(assessment)
    amounts = {
        "spend_low": today.month.low if today else None,
        "spend": today.month.expected if today else None,
        "spend_high": today.month.high if today else None,
        "year_low": today.year.low if today else None,
        "year": today.year.expected if today else None,
        "year_high": today.year.high if today else None,
        "once": today.once if today else None,
        "training_once": today.training if today else None,
        **_of_verdict(money),
    }
    return {
        "provider": provider_of(assessment),
        "model": model_of(assessment),
        "since": assessment.costs.plan.on if assessment.costs else None,
        "assumed": today.assumed if today else None,
        "cost_assumed": _assumed(assessment, money),
        "is_payment_known": "training_paid" in assessment.numbers,
        "asked_if": money.if_passes if money else "",
        "spend_later_on": _later_on(money),
        "at_risk": bool(today and is_against(today.is_against, assessment.family)),
        "payback_months": _payback(money),
        **{name: cents(amount) for name, amount in amounts.items()},
    }


def overridden_columns(money: Money | None, *, has_plan: bool) -> dict[str, Any]:
    """Return what an override changes in the money of a row.

    Args:
        money: The money of its option; None where that has no price.
        has_plan: Whether today's plan has a price.
    """
    amounts = _of_verdict(money)
    return {
        "cost_assumed": None,
        "asked_if": "",
        "spend_later_on": _later_on(money),
        "at_risk": bool(has_plan and money and money.is_against),
        "payback_months": _payback(money),
        **{name: cents(amount) for name, amount in amounts.items()},
    }


def _of_verdict(money: Money | None) -> dict[str, Decimal | None]:
    """Return the amounts of what a verdict leads to; None where it has no price."""
    names = ("cost", "cost_year", "proposed", "proposed_year")
    found: dict[str, Decimal | None] = dict.fromkeys(
        (*names, "one_off", "saving", "saving_year", "lost_if_failed", "spend_later")
    )
    if money and money.at_risk_if == "its_test_fails":
        found["lost_if_failed"] = money.at_risk
    recommended = money.recommended if money else None
    if money is None or recommended is None:
        return found
    found["cost"] = recommended.month_told
    found["cost_year"] = recommended.year.expected
    found["one_off"] = recommended.calendar.once
    # Following the verdict proposes and saves nothing if it is today's plan.
    if recommended != money.today:
        found["proposed"] = found["cost"]
        found["proposed_year"] = found["cost_year"]
    if money.today:
        found["saving"] = money.saving or Decimal(0)
        found["saving_year"] = money.saving_year or Decimal(0)
        found["spend_later"] = money.today.last_month
    return found


def _later_on(money: Money | None) -> date | None:
    """Return from when a month of today's plan costs what the last one does."""
    if money is None or money.recommended is None or money.today is None:
        return None
    return money.today.changes[0] if money.today.changes else None


def _assumed(assessment: Assessment, money: Money | None) -> int | None:
    if money is None or money.recommended is None:
        return None
    return assumed_numbers(assessment, money.recommended.technique)


def _payback(money: Money | None) -> Decimal | None:
    if money is None or money.recommended is None or money.payback_months is None:
        return None
    return in_tenths(money.payback_months)


def offer_columns(assessment: Assessment) -> dict[str, Any]:
    """Return what an offer costs over 12 months, and how much more than the plans.

    An offer for a part of the calls or months costs at least so much more, or is not
    compared.
    """
    found = assessment.proposal
    if found is None:
        amounts = dict.fromkeys(("offer", "offer_over_today", "offer_over_advised"))
        return {"offer_by": "", "offer_covers": None, "offer_is_least": False} | amounts
    nets = [
        found.net_year(plan) if plan else None
        for plan in (found.today, found.recommended)
    ]
    over_today, over_advised = (net.amount if net else None for net in nets)
    return {
        "offer_by": found.proposal.by,
        "offer": cents(found.year.printed),
        "offer_over_today": cents(over_today),
        "offer_over_advised": cents(over_advised),
        "offer_is_least": any(net.is_least for net in nets if net),
        "offer_covers": False if found.ends_early else found.covers_volume,
    }


def cents(amount: Decimal | None) -> Decimal | None:
    """Return an amount in cents, as its column has it."""
    if amount is None:
        return None
    return max(-_MOST, min(amount, _MOST)).quantize(_CENT)

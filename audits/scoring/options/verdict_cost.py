"""What the option that is recommended costs, and what that is for."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.earned import is_never, pays_too_little
from audits.scoring.money.measuring import (
    hours_cost,
    is_to_be_shown,
    measuring_cost,
    people_cost,
    practices_cost,
)
from audits.scoring.money.moves import move_of
from audits.scoring.money.of_assessment import money_of, recommended_way, role_of
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.scoring.pricing.added_up import Part, added_up, of_days, year_of
from audits.scoring.pricing.cost_plan import Band

_MEASURES, _SERVED = "; only to measure", "; to measure, with 12 months of "
# How a recommendation begins whose amount has no 12 months of what it leads to.
NOT_RUNNING = ("Recommended; only ", f"Recommended{_SERVED}")


def plan_that_goes_on(assessment: Assessment, state: PlanState) -> MoneyRow | None:
    """Return the current plan, if what it takes to run a model comes on top of it."""
    money = money_of(assessment, state)
    return money.goes_on if money else None


def never_pays(assessment: Assessment, state: PlanState) -> str:
    """Say that what is recommended costs more than it earns; empty if it does not."""
    too_little = pays_too_little(assessment, money_of(assessment, state))
    return "; never pays off" if is_never(too_little) else ""


def is_least(money: Money) -> bool:
    """Return whether no other way that is shown beside the chosen row costs less.

    The current plan is no other way: what is advised is to take its place.
    """
    ways = [row for row in money.rows if "today" not in row.roles]
    return all(row.year.expected >= money.chosen.year.expected for row in ways)


def only_for(assessment: Assessment, on: MoneyRow | None) -> str:
    """Say what the amount of the verdict is for where it is not that of a technique.

    What is set up while something is measured has its 12 months in it, as all others.
    """
    if is_to_be_shown(assessment):
        return f"; only to show what “{assessment.verdict_name}” rests on"
    if measuring_cost(assessment):
        serves = _set_up_meanwhile(assessment)
        return f"{_SERVED}“{SHORT_NAMES[serves.technique]}”" if serves else _MEASURES
    if role_of(assessment) != "later":
        return ""
    beside = f"; “{SHORT_NAMES[on.technique]}” goes on and is included" if on else ""
    return f"; only for what it takes to run it{beside}"


def proof_named(assessment: Assessment) -> str:
    """Name the work to show what training rests on; empty of any other verdict.

    Its amount is not that of the training, whose name would look free beside it.
    """
    work = measuring_cost(assessment) if is_to_be_shown(assessment) else None
    if work is None or not work.hours:
        return ""
    return "1 hour of proof" if work.hours == 1 else f"{work.hours:,} hours of proof"


def cost_of_verdict(assessment: Assessment, on: MoneyRow | None) -> Band | None:
    """Return the 12 months of a technique, or of what comes before one.

    The plan that goes `on` beside it is in it, as it is in what is paid without it.
    What is set up while something is measured is in it with its 12 months.
    """
    if measuring := measuring_cost(assessment):
        serves = _set_up_meanwhile(assessment)
        if measuring.amount is None:
            return serves.year if serves else None
        measured = of_days(measuring.amount, measuring.day)
        return added_up([measured, *_year(assessment, serves)])
    if role_of(assessment) == "later":
        practices, people = practices_cost(assessment), people_cost(assessment)
        day = hours_cost(assessment, 0).day
        work = [of_days(x, day) for x in (practices,) if x and x.number]
        run = [Part(band=people)] if people else []
        return added_up([*work, *run, *_year(assessment, on)])
    if move := move_of(assessment):
        return move.candidates[0].price.year_as_printed
    if assessment.costs is None or role_of(assessment) != "recommended":
        return None
    plan = assessment.costs.plan
    way = recommended_way(assessment, plan)
    price = plan.of(way).price if way else None
    return price.year_as_printed if price else None


def _year(assessment: Assessment, row: MoneyRow | None) -> list[Part]:
    """Return the 12 months of a row as a part of a sum; none without a row."""
    if row is None:
        return []
    price = assessment.costs and assessment.costs.plan.of(row.technique).price
    return [year_of(price) if price else Part(band=row.year)]


def _set_up_meanwhile(assessment: Assessment) -> MoneyRow | None:
    """Return what is set up until the measurements are done; None if nothing is."""
    money = money_of(assessment)
    is_set_up = money is not None and money.at_once is not None and money.one_off
    return money.chosen if money and is_set_up else None

"""The money of a verdict that a person put in place of the computed one."""

from dataclasses import replace

from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.techniques import TECHNIQUE_OF, WAYS
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.basis import basis
from audits.scoring.money.rows import MoneyRow, row_of
from audits.scoring.money.states import PlanState
from audits.scoring.money.ways import cheapest_of, price_of, priced
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import CostPlan
from audits.scoring.sentences.money_sentences import Kind


def option_of(
    assessment: Assessment, plan: CostPlan, verdict: Verdict
) -> PricedTechnique | None:
    """Return the option that a verdict names; None where it has no price.

    A model that is kept is paid for as it is today. So are a prompt and examples, if
    they run today, else in their first way: nobody has said that a smaller model would
    do. A training takes the cheapest.
    """
    today = priced(plan, assessment.numbers.get("today"))
    technique = TECHNIQUE_OF.get(verdict)
    if technique is None:
        return today if verdict == "keep" else None
    ways = WAYS[technique]
    if technique == "fine_tune":
        return cheapest_of(plan, ways)
    return today if today in ways else priced(plan, ways[0])


def money_overridden(
    framework: Framework, assessment: Assessment, verdict: Verdict, state: PlanState
) -> Money | None:
    """Return the money of the option of an overriding verdict, beside today's plan.

    Args:
        framework: The framework, which has the families of verdicts.
        assessment: The computed assessment; nothing is priced again.
        verdict: The verdict that counts in its place.
        state: The state of the current plan's money.

    Returns:
        The money; None where no numbers were given, or the verdict's option has no
        price.
    """
    if assessment.costs is None:
        return None
    plan = assessment.costs.plan
    way = option_of(assessment, plan, verdict)
    if way is None:
        return None
    today, price = priced(plan, assessment.numbers.get("today")), price_of(plan, way)
    own = row_of(way, price, ("recommended",), state)
    rows: tuple[MoneyRow, ...]
    if today == way:
        rows = (row_of(way, price, ("today", "recommended"), state),)
    elif today:
        rows = (row_of(today, price_of(plan, today), ("today",), state), own)
    else:
        rows = (own,)
    return Money(
        on=plan.on,
        rows=rows,
        one_off=price.calendar.as_printed.at_start,
        at_risk=None,
        at_risk_if=None,
        crossing=None,
        kind=_kind_of(framework, verdict),
        state=state,
        is_against=today not in (None, way),
        basis=basis(assessment, plan, {way, today}),
        is_payment_known="training_paid" in assessment.numbers,
    )


def with_counting(money: Money, own: MoneyRow | None) -> Money:
    """Return the computed money with the row of the option that counts, if it has one.

    Args:
        money: The money of the computed verdict.
        own: The row of the overriding verdict; None without a price.
    """
    if own is None or any(row.technique == own.technique for row in money.rows):
        return money
    return replace(money, rows=(*money.rows, replace(own, roles=())))


def counts_instead(row: MoneyRow, own: MoneyRow | None) -> bool:
    """Return whether a row is what counts once an override does; none is, unpriced.

    Args:
        row: A row of the computed money, or the one beside it.
        own: The row of the overriding verdict; None without a price.
    """
    return bool(own) and row.technique == own.technique  # type: ignore[union-attr]


def standing_beside(standing: str, *, counts: bool, waits: bool = False) -> str:
    """Say what a row of the computed money is where an override counts.

    Args:
        standing: What it is without the override.
        counts: Whether it is the option of the override.
        waits: Whether it waits for examples then.

    >>> standing_beside("Today, recommended", counts=False)
    'Today, computed'
    >>> standing_beside("Next best", counts=True)
    'Counts, by override'
    """
    if counts:
        return f"Counts, by override{', once there are 10 good examples' * waits}"
    for word in ("recommended", "proposed"):
        standing = standing.replace(word, "computed")
        standing = standing.replace(word.capitalize(), "Computed")
    return standing


def _kind_of(framework: Framework, verdict: Verdict) -> Kind:
    """Return the kind of decision: what trains, what is kept, or what replaces it."""
    family = framework.verdicts[verdict].family
    if framework.families[family].trains:
        return "train"
    return "keep" if family == "keep" else "rebuild"

"""What each decision of a pack asks for, releases and holds, and one total of them.

Every amount is in US dollars over 12 months, rounded as papers print it, so the rows
add up to the total. What is asked for is proposed money and has one sum; what is
released or held is running or planned and has a sum for each (docs/decisions/0051).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.money_states import PlanState
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.money_sums import Decided, Effect

# What is said where a decision asks for no amount.
_NO_AMOUNT: Mapping[Effect, str] = {
    "same": "Nothing new",
    "stopped": "Nothing new",
    "settled": "Nothing yet",
}
_STATES: tuple[PlanState, ...] = ("running", "planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One decision: what it asks for and `buys`, and the plan that it ends or holds.

    Without an amount that is asked for, `no_amount` says so. `released` and `held` are
    the expected 12 months of the current plan in its `state`; None if it is neither.
    """

    asked: Band | None
    no_amount: str
    buys: str
    released: Decimal | None
    held: Decimal | None
    state: PlanState


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSums:
    """The total of the rows: what is asked for, and what is released and held.

    `asked` is None if nothing that is asked for has a price, and `unpriced` counts the
    decisions that ask for what has none. `released` and `held` have a sum for each
    state, where there is one.
    """

    asked: Band | None
    unpriced: int
    released: Mapping[PlanState, Decimal]
    held: Mapping[PlanState, Decimal]

    @property
    def span(self) -> str:
        """The ends of the amount asked for, in words; empty without a span."""
        if self.asked is None or self.asked.low == self.asked.high:
            return ""
        return f"${written(self.asked.low)} to ${written(self.asked.high)}"


def decision_row(decided: Decided) -> DecisionRow:
    """Return what a decision asks for, releases and holds."""
    money, effect = decided.money, decided.effect
    asked, buys = decided.asked, ""
    if effect in ("replaced", "new") and money:
        asked, buys = money.chosen.year, SHORT_NAMES[money.chosen.technique]
    elif effect == "measured":
        buys = _measurements(decided)
    elif effect == "funded":
        buys = "People who run a model"
    year = money.today.year.expected if money and money.today else None
    waits = effect in ("measured", "settled") and decided.state in _STATES
    return DecisionRow(
        asked=asked,
        no_amount="" if asked else _NO_AMOUNT.get(effect, "Not priced"),
        buys=buys,
        released=year if effect == "replaced" else None,
        held=year if waits else None,
        state=decided.state,
    )


def decision_sums(rows: Sequence[DecisionRow]) -> DecisionSums:
    """Return the total of what decisions ask for, release and hold."""
    asked = [row.asked for row in rows if row.asked]
    total = Band(
        low=sum((x.low for x in asked), Decimal(0)),
        expected=sum((x.expected for x in asked), Decimal(0)),
        high=sum((x.high for x in asked), Decimal(0)),
    )
    return DecisionSums(
        asked=total if asked else None,
        unpriced=sum(row.no_amount == "Not priced" for row in rows),
        released=_by_state((row.state, row.released) for row in rows),
        held=_by_state((row.state, row.held) for row in rows),
    )


def _measurements(decided: Decided) -> str:
    hours = decided.measuring.hours if decided.measuring else 0
    said = f"{hours:,} hours of measurements" if hours else "Measurements"
    is_served = decided.asked and decided.money and decided.money.one_off
    return f"{said}, and setting up what serves meanwhile" if is_served else said


def _by_state(
    amounts: Iterable[tuple[PlanState, Decimal | None]],
) -> Mapping[PlanState, Decimal]:
    found: dict[PlanState, Decimal] = {}
    for state, amount in amounts:
        if amount is not None:
            found[state] = found.get(state, Decimal(0)) + amount
    return {state: found[state] for state in _STATES if state in found}

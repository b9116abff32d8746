"""What each decision of a pack asks for, ends and holds, and one total of them.

Every amount is in US dollars over 12 months, rounded as papers print it, so the rows
add up to the total. What is asked for is proposed money and has one sum; what is
released or held is running or planned and has a sum for each (docs/decisions/0051).
What is released is what the paper says: the 12 months of the plan that ends, with its
known changes, from the day of the decision where that is known (docs/decisions/0060
and 0197).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.over_time.changes import by_announced_price
from audits.scoring.money.states import PLAN_STATES, PlanState
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.asked.period import counted_from
from audits.scoring.sums.left_out import (
    comes_second,
    in_all,
    left_out,
    second_approvals,
)
from audits.scoring.sums.money_sums import Decided, Effect, net_year
from audits.scoring.sums.months_from_day import added
from audits.scoring.sums.year_parts import is_built

# What is said where a decision asks for no amount.
NOTHING_NEW = "Nothing new"
_NO_AMOUNT: Mapping[Effect, str] = {
    "same": NOTHING_NEW,
    "stopped": NOTHING_NEW,
    "settled": "Nothing yet",
    "told": "Nothing",
}
NOT_PRICED = "Not priced"
AT_LEAST, IN_PART, AS_EXPECTED = "at least", "in part", "expected"
_STATES: tuple[PlanState, ...] = ("running", "planned")


def bound(amount: Band | None, *, is_part: bool) -> str:
    """Say what an amount is as a number that something is left out of.

    It is a lower bound only if it cannot be lower itself; else it is so much in part.

    Args:
        amount: The amount; None if there is none.
        is_part: Whether something is left out of it.

    Returns:
        “at least” or “in part”; empty if there is no amount, or nothing is left out.

    >>> def band(low: int) -> Band:
    ...     return Band(low=Decimal(low), expected=Decimal(9), high=Decimal(9))
    >>> bound(band(9), is_part=True), bound(band(5), is_part=True)
    ('at least', 'in part')
    """
    if amount is None or not is_part:
        return ""
    return AT_LEAST if amount.low >= amount.expected else IN_PART


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One decision: what it asks for and `buys`, and the plan that it ends or holds.

    Without an amount that is asked for, `no_amount` says so. `released` are the 12
    months of the current plan in its `state` that ends, `price_rise` the part of them
    that an announced price adds, and `net` what is left of them after what replaces it.
    `held` are those of a plan that waits. None where it does not apply. `left_out` says
    what the amount asked for leaves out, `later` what second approvals add to it where
    that is all, `in_all` both where it only prepares for training, and `may_be_paid`
    which training in the net is paid already, if it is. `today` are the 12 months of
    the current plan whatever becomes of it, `goes_on` the same of one that the decision
    leaves as it is, and `recommended` those of `leads_to`, as the portfolio has them.
    It asks for less `if_passes` says that another option passes the test. `sets_up`
    names the technique that the amount asked for sets up, unless it `is_built`.
    `second` comes on top of a first part, as every list says it. Whether a plan goes on
    `is_chosen` by its owner, where the board only pays for getting ready.
    """

    name: str
    asked: Band | None
    no_amount: str
    buys: str
    released: Band | None
    price_rise: Decimal | None
    net: Band | None
    held: Band | None
    state: PlanState
    may_be_paid: Decimal | None = None
    left_out: tuple[str, ...] = ()
    later: Decimal | None = None
    in_all: Band | None = None
    today: Band | None = None
    recommended: Band | None = None
    leads_to: str = ""
    if_passes: str = ""
    goes_on: Band | None = None
    sets_up: str = ""
    is_built: bool = False
    second: Decimal | None = None
    is_chosen: bool = False

    @property
    def change(self) -> Decimal | None:
        """How much more it asks for than a plan costs that it ends."""
        if self.asked is None:
            return None
        ends = self.released.expected if self.released else Decimal(0)
        return self.asked.expected - ends

    @property
    def bound(self) -> str:
        """What the amount asked for is as a number, in words."""
        least = bound(self.asked, is_part=bool(self.left_out))
        return least or (AS_EXPECTED if self.if_passes and self.asked else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSums:
    """The total of the rows: what is asked for, and what is ended and held.

    `asked` is None if nothing that is asked for has a price. The rest has a sum for
    each state, where there is one; `replacing` is the part of `asked` that replaces
    plans which end. The ends of a span are the sums of all lows and of all highs.
    `today` has a sum of current plans for each state, `goes_on` one of those that the
    decisions leave as they are, and `recommended` the one of all that is recommended,
    which is proposed money. `may_be_paid` is the training in the `net` amounts that is
    paid already, if it is.
    """

    asked: Band | None
    released: Mapping[PlanState, Band]
    replacing: Mapping[PlanState, Band]
    net: Mapping[PlanState, Band]
    held: Mapping[PlanState, Band]
    today: Mapping[PlanState, Band]
    recommended: Band | None
    goes_on: Mapping[PlanState, Band]
    may_be_paid: Mapping[PlanState, Decimal]


def decision_row(decided: Decided) -> DecisionRow:
    """Return what a decision asks for, ends and holds."""
    money, effect = decided.money, decided.effect
    asked, buys, sets_up = decided.asked, "", ""
    if effect in ("replaced", "new") and money:
        asked = counted_from(money.chosen, decided.on).year
        sets_up = SHORT_NAMES[money.chosen.technique]
        buys = sets_up
    elif effect == "measured":
        buys = _measurements(decided)
    elif effect == "funded":
        buys = "Practices and people"
    elif asked and effect == "unpriced":
        buys = "The work before training"
    today = money.today if money else None
    year = counted_from(today, decided.on).year if today else None
    is_left = effect in ("same", "funded") and decided.state in _STATES
    waits = effect in ("measured", "settled") and decided.state in _STATES
    ends = today if effect == "replaced" else None
    return DecisionRow(
        name=decided.name,
        asked=asked,
        no_amount="" if asked else _NO_AMOUNT.get(effect, NOT_PRICED),
        buys=buys,
        released=year if ends else None,
        price_rise=by_announced_price(ends, money.chosen) if ends and money else None,
        net=net_year(decided, decided.on) if ends and asked else None,
        held=year if waits else None,
        state=decided.state,
        may_be_paid=may_be_paid(money) if ends and money else None,
        left_out=left_out(decided),
        later=second_approvals(decided),
        in_all=in_all(decided),
        if_passes=money.if_passes if money and asked else "",
        today=year if effect != "told" else None,
        **_leads_to(decided),
        goes_on=year if is_left else None,
        sets_up=sets_up,
        is_built=bool(sets_up and money and is_built(money.chosen)),
        second=comes_second(decided),
        is_chosen=effect == "funded",
    )


class _LeadsTo(TypedDict):
    recommended: Band | None
    leads_to: str


def _leads_to(decided: Decided) -> _LeadsTo:
    """Return what is recommended, unless nothing is asked or its plan has stopped."""
    is_over = decided.told or decided.state == "stopped"
    advised = None if is_over or not decided.money else decided.money.recommended
    if advised is None:
        return {"recommended": None, "leads_to": ""}
    year, name = counted_from(advised, decided.on).year, SHORT_NAMES[advised.technique]
    return {"recommended": year, "leads_to": name}


def decision_sums(rows: Sequence[DecisionRow]) -> DecisionSums:
    """Return the total of what decisions ask for, end and hold."""
    asked = [row.asked for row in rows if row.asked]
    recommended = [row.recommended for row in rows if row.recommended]
    return DecisionSums(
        asked=added(asked) if asked else None,
        released=_by_state((row.state, row.released) for row in rows),
        replacing=_by_state((row.state, row.net and row.asked) for row in rows),
        net=_by_state((row.state, row.net) for row in rows),
        held=_by_state((row.state, row.held) for row in rows),
        today=_by_state((row.state, row.today) for row in rows),
        recommended=added(recommended) if recommended else None,
        goes_on=_by_state((row.state, row.goes_on) for row in rows),
        may_be_paid={
            state: sum(found, Decimal(0))
            for state in PLAN_STATES
            if (found := _of_state(rows, state))
        },
    )


def _of_state(rows: Sequence[DecisionRow], state: PlanState) -> list[Decimal]:
    """Return what may be paid already of each row in a state."""
    return [x.may_be_paid for x in rows if x.state == state and x.may_be_paid]


def _measurements(decided: Decided) -> str:
    hours = decided.measuring.hours if decided.measuring else 0
    said = f"{hours:,} hours" if hours else "Measurements"
    if not (decided.asked and decided.sets_up):
        return said
    return f"{said}, and set-up"


def _by_state(
    bands: Iterable[tuple[PlanState, Band | None]],
) -> Mapping[PlanState, Band]:
    found: dict[PlanState, list[Band]] = {}
    for state, band in bands:
        if band is not None:
            found.setdefault(state, []).append(band)
    return {state: added(found[state]) for state in PLAN_STATES if state in found}

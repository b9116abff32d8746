"""What several decisions do to money: what they release, spend and hold.

Every amount is in US dollars over 12 months, rounded as papers print it. Sums of money
that runs, is planned and is new stay apart (docs/decisions/0051).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from audits.frameworks.schema import Family
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.measuring_money import MeasuringCost
from audits.scoring.money_states import MONEY_NAMES, MoneyState, PlanState
from audits.scoring.money_words import Money, MoneyRow
from audits.scoring.pricing.cost_plan import Band

type Effect = Literal[
    "replaced", "new", "same", "settled", "measured", "funded", "stopped", "unpriced"
]
type Kind = Literal["release", "spend", "net", "hold"]
_RELEASING: tuple[PlanState, ...] = ("running", "planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision, with the money of its use case as far as that is priced.

    Without a `family`, it waits for a step that comes before all that it says.
    """

    name: str
    family: Family | None
    money: Money | None
    state: PlanState = "running"
    measuring: MeasuringCost | None = None

    @property
    def effect(self) -> Effect:
        """What the decision does to money.

        What waits, only funds measurements or what training lacks, or has stopped
        already, ends no plan.
        """
        if self.family is None:
            return "settled"
        if self.family == "gather":
            return "measured"
        if self.state == "stopped":
            return "stopped"
        if self.money and self.money.role == "later":
            return "funded"
        if self.money is None or self.money.recommended is None:
            return "unpriced"
        if self.money.today is None:
            return "new"
        return "same" if self.money.today == self.money.recommended else "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A plan that a decision ends, what replaces it, and the difference.

    `month` is the running month, `year` 12 months `since` a day, as is `cost`. `net` is
    what is spent less, negative if it is more.
    """

    name: str
    state: PlanState
    month: Decimal
    year: Decimal
    replaced_by: str
    cost: Decimal
    net: Decimal
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLine:
    """One kind of money: how many decisions, and their sum with its span.

    `head` is what a headline names it by, the same for lines that go together. What is
    spent is negative. The ends of a span are the sums of all lows and of all highs, so
    they are as wide as can be. The sum is None if nothing in it has a price; `unpriced`
    counts what is not in it.
    """

    state: MoneyState
    kind: Kind
    head: str
    what: str
    number: int
    amount: Band | None
    unpriced: int = 0

    @property
    def words(self) -> str:
        """The sum in a few words for a headline; empty without one."""
        if self.amount is None:
            return ""
        size = f"${written(abs(self.amount.expected))}"
        if self.kind == "net":
            return f"net {size} {'less' if self.amount.expected >= 0 else 'more'}"
        if self.kind == "hold":
            return f"{size} {MONEY_NAMES[self.state].lower()}"
        return f"{self.kind} {size}"

    @property
    def span(self) -> str:
        """Its low and high end in words; empty without a sum."""
        if self.amount is None:
            return ""
        return f"{written(self.amount.low)} to {written(self.amount.high)}"


def released(decisions: Iterable[Decided]) -> tuple[Release, ...]:
    """Return the plans that the decisions end, those that run first."""
    found = [_release(each) for each in decisions if each.effect == "replaced"]
    return tuple(sorted(found, key=lambda each: _RELEASING.index(each.state)))


def _release(decided: Decided) -> Release:
    today, chosen = _pair(decided)
    return Release(
        name=decided.name,
        state=decided.state,
        month=today.month.expected,
        year=today.year.expected,
        replaced_by=SHORT_NAMES[chosen.technique],
        cost=chosen.year.expected,
        net=today.year.expected - chosen.year.expected,
        since=chosen.starts,
    )


def sum_lines(decisions: Sequence[Decided]) -> tuple[SumLine, ...]:
    """Return the sums of each kind that has any decision, in order."""
    return tuple(_lines(decisions))


def _lines(decisions: Sequence[Decided]) -> Iterator[SumLine]:
    for state in _RELEASING:
        yield from _replaced(state, decisions)
    new = [each for each in decisions if each.effect == "new"]
    if new:
        costs = [each.money.chosen.year for each in new if each.money]
        yield _line(
            "proposed", "spend", "New", "what has no current plan", _spent(costs)
        )
    yield from _measured(decisions)
    if missing := sum(each.effect == "funded" for each in decisions):
        yield SumLine(
            state="proposed",
            kind="spend",
            head="Training",
            what="what training still lacks",
            number=missing,
            amount=None,
            unpriced=missing,
        )
    for state in _RELEASING:
        yield from _held(state, decisions)


def _replaced(state: PlanState, decisions: Sequence[Decided]) -> Iterator[SumLine]:
    found = [x for x in decisions if x.effect == "replaced" and x.state == state]
    if not found:
        return
    pairs = [_pair(each) for each in found]
    ended = [today.year for today, _ in pairs]
    spent = _spent(chosen.year for _, chosen in pairs)
    what = "plans that end" if state == "running" else "plans that are given up"
    head, number = MONEY_NAMES[state], len(found)
    yield _line(state, "release", head, what, ended)
    yield _line(state, "spend", head, "what replaces them", spent)
    yield _line(state, "net", head, "Net", (*ended, *spent), number=number)


def _measured(decisions: Sequence[Decided]) -> Iterator[SumLine]:
    plans = [x.measuring for x in decisions if x.effect == "measured" and x.measuring]
    if plans:
        priced = [plan.amount for plan in plans if plan.amount]
        hours = sum(plan.hours for plan in plans)
        yield SumLine(
            state="proposed",
            kind="spend",
            head="Measurements",
            what=f"{hours:,} hours",
            number=len(plans),
            amount=_added(_spent(priced)) if priced else None,
            unpriced=len(plans) - len(priced),
        )


def _held(state: PlanState, decisions: Sequence[Decided]) -> Iterator[SumLine]:
    waits = [x for x in decisions if x.effect in ("settled", "measured")]
    found = [x for x in waits if x.state == state]
    plans = [x.money.today.year for x in found if x.money and x.money.today]
    if plans:
        goes_on = "go on" if state == "running" else "wait"
        what = f"plans that {goes_on} until that is measured or settled"
        yield _line(state, "hold", "Hold", what, plans)


def _pair(decided: Decided) -> tuple[MoneyRow, MoneyRow]:
    """Return the rows of both plans of a decision between them."""
    money = decided.money
    if money is None or money.today is None or money.recommended is None:
        message = f"{decided.name} does not state two plans"
        raise ValueError(message)
    return money.today, money.recommended


def _line(
    state: MoneyState,
    kind: Kind,
    head: str,
    what: str,
    bands: Sequence[Band],
    *,
    number: int | None = None,
) -> SumLine:
    return SumLine(
        state=state,
        kind=kind,
        head=head,
        what=what,
        number=len(bands) if number is None else number,
        amount=_added(bands),
    )


def _spent(bands: Iterable[Band]) -> list[Band]:
    return [Band(low=-x.high, expected=-x.expected, high=-x.low) for x in bands]


def _added(bands: Iterable[Band]) -> Band:
    low, expected, high = (
        sum(column, Decimal(0))
        for column in zip(*((x.low, x.expected, x.high) for x in bands), strict=True)
    )
    return Band(low=low, expected=expected, high=high)

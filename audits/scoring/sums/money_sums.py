"""What several decisions do to money: what they end, spend and hold.

Every amount is in US dollars over 12 months, rounded as papers print it. Sums of money
that runs, is planned and is new stay apart (docs/decisions/0051).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from audits.frameworks.schema import Family
from audits.scoring.costs.rounding import written
from audits.scoring.money.measuring import MeasuringCost
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import MONEY_NAMES, MoneyState, PlanState
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.pricing.difference import Plans, net_band, net_from_day
from audits.scoring.sums.asked.period import counted_from
from audits.scoring.sums.months_from_day import added, paid

type Effect = Literal[
    "replaced",
    "new",
    "same",
    "settled",
    "measured",
    "funded",
    "stopped",
    "unpriced",
    "told",
]
type Kind = Literal["end", "spend", "net", "hold", "same"]
REPLACES = "what replaces them"
ENDED_STATES: tuple[PlanState, ...] = ("running", "planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision, with the money of its use case as far as that is priced.

    Without a `family`, it waits for a step that comes before all that it says. What is
    only `told` is for information, and asks for no decision. It is taken `on` a day, if
    that is known: its plan counts 12 months from it.
    """

    name: str
    family: Family | None
    money: Money | None
    state: PlanState = "running"
    measuring: MeasuringCost | None = None
    work: Band | None = None
    told: bool = False
    on: date | None = None

    @property
    def asked(self) -> Band | None:
        """What it asks for of itself, beside plans: page 1 asks for the same.

        It is measuring, with what serves meanwhile up front, or the people who run a
        trained model, or the `work` before a small part, which has no price itself;
        None if none of it has a price.
        """
        if self.effect == "unpriced":
            return self.work
        if self.effect == "funded":
            return self.money.funding if self.money else None
        if self.effect != "measured" or not self.measuring:
            return None
        at_once = self.money.at_once if self.money else None
        return at_once or self.measuring.amount

    @property
    def sets_up(self) -> bool:
        """Whether it asks for what sets up what serves meanwhile, beside measuring."""
        return self.family == "gather" and bool(self.money and self.money.one_off)

    @property
    def effect(self) -> Effect:
        """What the decision does to money.

        What is for information, waits, only funds measurements or what training lacks,
        or has stopped already, ends no plan.
        """
        if self.told:
            return "told"
        if self.family is None:
            return "settled"
        if self.family == "gather":
            return "measured"
        if self.state == "stopped":
            return "stopped"
        return _effect_of(self.money) if self.money else "unpriced"


def _effect_of(money: Money) -> Effect:
    """Return what a decision with a price does; one that waits for proof measures."""
    if money.measuring:
        return "measured"
    if money.role == "later":
        return "funded"
    if money.recommended is None:
        return "unpriced"
    if money.today is None:
        return "new"
    return "same" if money.today == money.recommended else "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLine:
    """One kind of money: how many decisions, and their sum with its span.

    `head` is what a headline names it by, the same for lines that go together. What is
    spent is negative, but has no sign as `shown`. The ends of a span are the sums
    of all lows and of all highs, so they are as wide as can be. The sum is None if
    nothing in it has a price; `unpriced` counts what is not in it. `from_day` is
    the same for 12 months from a later day, if one is known. `repeated` counts the
    decisions that another line has, too.
    """

    state: MoneyState
    kind: Kind
    head: str
    what: str
    number: int
    amount: Band | None
    from_day: Band | None = None
    unpriced: int = 0
    repeated: int = 0

    @property
    def counted(self) -> str:
        """How many decisions, which a column that adds up counts once.

        What replaces a plan, and a net, repeat those of the plans that end.
        """
        if self.kind == "net" or self.what == REPLACES:
            return ""
        if not self.repeated:
            return f"{self.number:,}"
        also = "also" if self.repeated == self.number else f"{self.repeated:,} also"
        return f"{self.number:,}, {also} above"

    @property
    def shown(self) -> str:
        """Its sum as printed, empty without one: a net is + if it is more."""
        return self._shown(self.amount)[1]

    @property
    def shown_from_day(self) -> str:
        """The same for 12 months from the later day."""
        return self._shown(self.from_day)[1]

    @property
    def span(self) -> str:
        """Its printed ends; empty without a sum, or if they are equal."""
        return _span(self._shown(self.amount))

    @property
    def span_from_day(self) -> str:
        """The same for 12 months from the later day."""
        return _span(self._shown(self.from_day))

    def _shown(self, band: Band | None) -> tuple[str, str, str]:
        if band is None:
            return "", "", ""
        if self.kind in ("spend", "net"):
            [band] = _spent([band])
        low, expected, high = (
            f"{'+' if self.kind == 'net' and each > 0 else ''}{written(each)}"
            for each in (band.low, band.expected, band.high)
        )
        return low, expected, high


def _span(shown: tuple[str, str, str]) -> str:
    low, _, high = shown
    return f"{low} to {high}" if low != high else ""


def net_said(net: Band) -> str:
    """Say how much less is spent, or more, with its range."""
    return f"net {less(net.expected)}{_from_to(net)}"


def _from_to(net: Band) -> str:
    """Return the range of a net in words, which may be a saving at one end only.

    The least that is spent comes first, as in the table.
    """
    if net.low == net.high:
        return ""
    return f", from {less(net.high)} to {less(net.low)}"


def less(net: Decimal) -> str:
    """Write how much less is spent, or how much more.

    >>> less(Decimal(120)), less(Decimal(-5))
    ('$120 less', '$5 more')
    """
    return f"${written(abs(net))} {'less' if net >= 0 else 'more'}"


def sum_lines(
    decisions: Sequence[Decided], on: date | None = None
) -> tuple[SumLine, ...]:
    """Return the sums of each kind that has any decision, in order.

    Args:
        decisions: The decisions.
        on: The day on which those are taken that have none, if it is known.
    """
    dated = [replace(each, on=each.on or on) for each in decisions]
    return tuple(_lines(dated, on))


def _lines(decisions: Sequence[Decided], on: date | None) -> Iterator[SumLine]:
    # In the order of the decisions.
    ended = [x.state for x in decisions if x.effect == "replaced"]
    for state in dict.fromkeys(ended):
        yield from _replaced(state, decisions)
    new = [x for x in decisions if x.effect == "new"]
    begun = [(x.money.chosen, x.on) for x in new if x.money]
    if begun:
        later = _from_day(begun, begins=True)
        yield _line(
            *("proposed", "spend", "New", "what has no current plan"),
            _spent(row.year for row, _ in begun),
            from_day=_sum(_spent(later)),
        )
    yield from _measured(decisions, on)
    yield from _unpriced(decisions, on)
    yield from _unchanged(decisions, on)
    for state in ENDED_STATES:
        yield from _held(state, decisions)


def _unchanged(decisions: Sequence[Decided], on: date | None) -> Iterator[SumLine]:
    nothing = Band(low=Decimal(0), expected=Decimal(0), high=Decimal(0))
    lines: Mapping[tuple[Effect, ...], tuple[str, str]] = {
        ("same", "stopped"): (
            "No change",
            "plans that stay as they are or have stopped",
        ),
        ("told",): ("For information", "papers that ask for nothing"),
    }
    for effects, (head, what) in lines.items():
        if number := sum(each.effect in effects for each in decisions):
            yield SumLine(
                state="planned",
                kind="same",
                head=head,
                what=what,
                number=number,
                amount=nothing,
                from_day=nothing if on else None,
            )


def _unpriced(decisions: Sequence[Decided], on: date | None) -> Iterator[SumLine]:
    lacks: Mapping[Effect, tuple[str, str]] = {
        "funded": ("Training", "practices and people to run a model"),
        "unpriced": ("Other", "what has no price yet"),
    }
    for effect, (head, what) in lacks.items():
        found = [each for each in decisions if each.effect == effect]
        if found:
            asked = [each.asked for each in found if each.asked]
            yield _asked(head, what, asked, len(found), is_dated=on is not None)


def _replaced(state: PlanState, decisions: Sequence[Decided]) -> Iterator[SumLine]:
    found = [x for x in decisions if x.effect == "replaced" and x.state == state]
    if not found:
        return
    pairs = [(*both_plans(each), each.on) for each in found]
    ended = [today.year for today, _, _ in pairs]
    spent = _spent(chosen.year for _, chosen, _ in pairs)
    what = "plans that run" if state == "running" else "plans that are given up"
    head, number = MONEY_NAMES[state], len(found)
    later = _from_day(((today, on) for today, _, on in pairs), begins=False)
    begun = _from_day(((chosen, on) for _, chosen, on in pairs), begins=True)
    yield _line(state, "end", head, what, ended, from_day=_sum(later))
    yield _line(state, "spend", head, REPLACES, spent, from_day=_sum(_spent(begun)))
    nets = [net_year(each) for each in found]
    if later:
        later = [net_year(each, each.on) for each in found]
    yield _line(state, "net", head, "Net", nets, number=number, from_day=_sum(later))


def net_year(decided: Decided, on: date | None = None) -> Band:
    """Return what a decision that replaces a plan spends less over 12 months.

    Args:
        decided: The decision.
        on: The day from which they count; without it, that of the verdict.
    """
    today, chosen = both_plans(decided)
    same = decided.money.difference if decided.money else None
    year = Plans(today.year, chosen.year)
    net = net_band(year, same)
    later = Plans(counted_from(today, on).year, counted_from(chosen, on).year)
    return net if later == year else net_from_day(year, later, net)


def _measured(decisions: Sequence[Decided], on: date | None) -> Iterator[SumLine]:
    found = [each for each in decisions if each.effect == "measured"]
    if found:
        hours = sum(each.measuring.hours for each in found if each.measuring)
        what = f"{hours:,} hours" if hours else "hours not known"
        if any(each.sets_up for each in found):
            what += ", and setting up what serves meanwhile"
        asked = [each.asked for each in found if each.asked]
        yield _asked("Measurements", what, asked, len(found), is_dated=on is not None)


def _asked(
    head: str, what: str, asked: Sequence[Band], number: int, *, is_dated: bool
) -> SumLine:
    """Return the line of what decisions ask for of themselves."""
    amount = added(_spent(asked)) if asked else None
    return SumLine(
        state="proposed",
        kind="spend",
        head=head,
        what=what,
        number=number,
        amount=amount,
        from_day=amount if is_dated else None,
        unpriced=number - len(asked),
    )


def _held(state: PlanState, decisions: Sequence[Decided]) -> Iterator[SumLine]:
    waits = [x for x in decisions if x.effect in ("settled", "measured")]
    found = [x for x in waits if x.state == state]
    dated = [(x.money.today, x.on) for x in found if x.money and x.money.today]
    if dated:
        goes_on = "go on" if state == "running" else "wait"
        what = f"plans that {goes_on} until that is measured or settled"
        years = [plan.year for plan, _ in dated]
        later = _from_day(dated, begins=False)
        line = _line(state, "hold", "Hold", what, years, from_day=_sum(later))
        both = [x for x in found if x.money and x.money.today and x.family]
        yield replace(line, repeated=len(both))


def _from_day(
    rows: Iterable[tuple[MoneyRow, date | None]], *, begins: bool
) -> list[Band]:
    found = (paid(row, on, begins=begins).from_day for row, on in rows)
    return [band for band in found if band is not None]


def _sum(bands: Sequence[Band]) -> Band | None:
    return added(bands) if bands else None


def both_plans(decided: Decided) -> tuple[MoneyRow, MoneyRow]:
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
    from_day: Band | None = None,
) -> SumLine:
    return SumLine(
        state=state,
        kind=kind,
        head=head,
        what=what,
        number=len(bands) if number is None else number,
        amount=added(bands),
        from_day=from_day,
    )


def _spent(bands: Iterable[Band]) -> list[Band]:
    return [Band(low=-x.high, expected=-x.expected, high=-x.low) for x in bands]

"""The money behind a verdict in rows and in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from audits.scoring.calendars.payback import in_tenths, paid_back_after
from audits.scoring.costs.break_even import payback_months
from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.sentences.money_sentences import WORDINGS, Kind, filled
from audits.scoring.money.amounts import dollars as _dollars
from audits.scoring.money.amounts import in_range, measured
from audits.scoring.money.measuring import (
    MeasuringCost,
    PeopleCost,
    PracticesCost,
    approved_later,
    funded,
    funding,
)
from audits.scoring.money.moves import amounts_of, rows_of
from audits.scoring.money.once import paid_once
from audits.scoring.money.once_met import once_met
from audits.scoring.money.over_time.changes import (
    beside_after_its_end,
    by_announced_price,
    changed,
    ended,
    is_once_uncertain,
    paid_for_training,
    released,
)
from audits.scoring.money.rows import ROLE_WORDS, MoneyRow, Role, beside_untrained
from audits.scoring.money.states import PlanState
from audits.scoring.money.waiting import awaited, included
from audits.scoring.numbers.replaced import TIMES
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.pricing.crossing import Crossing
from audits.scoring.pricing.moves import Move
from audits.scoring.scored.results_price import ResultsPrice

# What a verdict leads to has one of them.
_CHOSEN: tuple[Role, ...] = (
    *("recommended", "proposed", "meanwhile", "later", "compared", "on_hold"),
)
type Documents = Literal["apart", "left_out"]
NO_AMOUNT = "No amount is asked for"
_AVOIDED = ", only because an announced price rise is avoided"
_LARGE = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """The money a board must know about, in US dollars at the prices of a day.

    `today` is the row of today's plan, None if none was named or it has no price.
    `chosen` is what the verdict leads to, and `recommended` the same row, None where
    what the verdict recommends has no price itself, or where it decides no spending
    yet: then `chosen` serves meanwhile, comes later, is compared with it, or is on hold
    while something else comes before it. `one_off` is what `chosen` costs before it
    runs. `at_risk` is the spend that may be lost within 12 months: today's plan if it
    runs and the verdict is against it, the one-off cost if a trained model may fail its
    test; `if_it_fails` is then what goes on, over 12 months. `kind` is the kind of
    decision, and `state` that of the current plan's money; `is_against` says
    whether the verdict ends or holds that plan. `candidate` is the cheapest untrained
    technique that is not ruled out, over 12 months. `is_wait_assumed` says that nobody
    entered how long it takes until a new model serves. `measuring` is the cost of
    measuring first, `at_once` that with what sets up what serves meanwhile, `people`
    that of those who run a trained model, over 12 months, `practices` that of setting
    up what it takes to run one, once. `unpriced` names what has no price, and which
    number is missing. `documents` says whether those that answers come from are missing
    in the price of `chosen`. `move` is that of a
    tuned model which ends. `basis` says what the prices are for. `ruled_out` are the
    techniques that cannot be chosen, whatever they cost, with why. `is_tested` says
    that a result that counts scored `chosen`, so it is there. `by_results` is what
    serves, at the price of its result where the plan has another. `waits_for` is what
    is done before an amount is asked for.

    Every amount is rounded as pages print it, so that they add up.
    """

    on: date
    rows: tuple[MoneyRow, ...]
    one_off: Decimal
    at_risk: Decimal | None
    at_risk_if: Literal["we_go_on", "its_test_fails"] | None
    crossing: Crossing | None
    if_it_fails: tuple[PricedTechnique, Decimal] | None = None
    kind: Kind = "rebuild"
    state: PlanState = "running"
    is_against: bool = False
    candidate: tuple[PricedTechnique, Decimal] | None = None
    is_wait_assumed: bool = True
    measuring: MeasuringCost | None = None
    at_once: Band | None = None
    people: PeopleCost | None = None
    practices: PracticesCost | None = None
    unpriced: str = ""
    move: Move | None = None
    basis: str = ""
    ruled_out: Mapping[PricedTechnique, str] = field(default_factory=dict)
    documents: Documents = "apart"
    is_tested: bool = False
    by_results: ResultsPrice | None = None
    waits_for: str = ""

    @property
    def saving(self) -> Decimal | None:
        """What a month saves against today's plan, after all known changes of both."""
        if self.today is None or self.today == self.chosen:
            return None
        return self.today.last_month - self.chosen.last_month

    @property
    def saving_year(self) -> Decimal | None:
        """What 12 months save against today's plan; None without one to compare."""
        if self.saving is None or self.today is None:
            return None
        return self.today.year.expected - self.chosen.year.expected

    @property
    def payback_months(self) -> Decimal | None:
        """How long it takes until it has cost no more than today's plan.

        None without a plan to compare with, or if that takes more than 12 months. What
        a tuned model that ends is moved to has none, as there is no plan to go on with.
        """
        if self.saving is None or self.today is None or self.kind == "move":
            return None
        return paid_back_after(self.chosen.calendar, self.today.calendar)

    @property
    def funding(self) -> Band | None:
        """What it takes to run a model: its practices, and people for 12 months."""
        return funding(self.people, self.practices)

    @property
    def is_undecided(self) -> bool:
        """Whether the verdict decides no spending yet, so nothing is saved by it."""
        waits = self.role in ("later", "on_hold")
        return waits or (self.role == "meanwhile" and not self.unpriced)

    @property
    def today(self) -> MoneyRow | None:
        """Today's plan."""
        return next((row for row in self.rows if "today" in row.roles), None)

    @property
    def chosen(self) -> MoneyRow:
        """The recommendation, or what is priced in its place."""
        return next(row for row in self.rows if {*_CHOSEN} & {*row.roles})

    @property
    def role(self) -> Role:
        """What the chosen row is."""
        return next(role for role in _CHOSEN if role in self.chosen.roles)

    @property
    def standing(self) -> str:
        """The same in words."""
        return ROLE_WORDS[self.role]

    @property
    def advised(self) -> PricedTechnique | None:
        """What a table or a chart of techniques marks; None if none is advised.

        A move costs more than the technique that it leads to.
        """
        return None if self.move or not self.picked else self.chosen.technique

    @property
    def picked(self) -> MoneyRow | None:
        """The row that page 1 marks; None while nothing is advised."""
        return None if self.role == "on_hold" else self.chosen

    @property
    def stated(self) -> tuple[MoneyRow, ...]:
        """The rows to state: today's plan alone while no amount is asked for.

        Other ways are options, and stated there.
        """
        shown = {"today", "otherwise", *_CHOSEN}
        roles = {"today"} if self.role == "on_hold" else shown
        return tuple(row for row in self.rows if roles & {*row.roles})

    @property
    def recommended(self) -> MoneyRow | None:
        """The recommendation, or what is proposed; None if it has no price."""
        return self.chosen if self.role in ("recommended", "proposed") else None

    @property
    def is_large(self) -> bool:
        """Whether whole dollars would not fit a column, so that thousands are shown."""
        return max(row.year.high for row in self.rows) >= _LARGE

    @property
    def message(self) -> str:
        """The finding, as a heading."""
        if self.role == "on_hold":
            return NO_AMOUNT
        name = f"“{SHORT_NAMES[self.chosen.technique]}”"
        if self.move:
            name = f"The move to {name}"
        year, saving = self.chosen.year.expected, self.saving_year
        if self.today is None or saving is None or not self.today.year.expected:
            return f"{name} costs about ${written(year)} over 12 months"
        share = saving / self.today.year.expected
        if 1 - share >= TIMES:
            said = f"about {1 - share:,.0f} times the {_plan(self)}"
        else:
            word = "less" if saving >= 0 else "more"
            said = f"{abs(share) * 100:,.0f}% {word} than the {_plan(self)}"
        return f"{name} costs {said} over 12 months"

    @property
    def depends(self) -> str:
        """What the finding depends on, in words that follow it; empty if on nothing."""
        net = self.saving_year
        return "" if self.role == "on_hold" or net is None else _depends(self, net)

    @property
    def asks(self) -> str:
        """What the decision asks for, releases and leaves open, in sentences."""
        said = filled(WORDINGS[self.kind].asks, dict(_amounts(self)))
        return once_met(said, self.waits_for)

    @property
    def asks_now(self) -> str:
        """What of it is asked for at once; empty if nothing is, as while it stopped."""
        sentences = () if self.state == "stopped" else WORDINGS[self.kind].now
        return once_met(filled(sentences, dict(_amounts(self))), self.waits_for)

    @property
    def note(self) -> str:
        """When the 12 months begin, what changes in them, and the money at risk.

        Source: docs/method.md, formula 10.
        """
        return filled(WORDINGS[self.kind].notes, dict(_amounts(self)))


def moved(money: Money, move: Move) -> Money:
    """Return the money of a verdict with a move that is proposed."""
    today, [chosen, *others] = money.today, rows_of(move, money.state)
    rows = (today, chosen, *others) if today else (chosen, *others)
    return replace(money, rows=rows, one_off=chosen.calendar.at_start, move=move)


def _amounts(money: Money) -> Iterator[tuple[str, str | None]]:
    """Yield each amount that a sentence may name; None or nothing if unknown."""
    chosen, today = money.chosen, money.today
    yield "name", f"“{SHORT_NAMES[chosen.technique]}”"
    yield "starts", in_words(chosen.starts)
    yield "year", in_range(chosen.year)
    yield "over", _dollars(chosen.year.expected)
    yield "month", _dollars(chosen.month.expected)
    yield "up_front", _dollars(money.one_off) if money.one_off else None
    yield "unpriced", money.unpriced or None
    yield from funded(money.people, money.practices)
    yield from approved_later(
        money.people, money.practices, chosen.year.expected, chosen.calendar
    )
    if money.move:
        yield from amounts_of(money.move, today)
    else:
        yield (
            "unmoving",
            None if money.documents == "left_out" and chosen == today else "",
        )
    yield "there", "" if money.is_tested and chosen != today else None
    is_told = chosen == today and money.kind in ("keep", "rebuild")
    yield "left_out", "" if money.documents == "left_out" and not is_told else None
    yield "volume", money.crossing.message if money.crossing else None
    yield "apart", "" if any(map(is_once_uncertain, money.stated)) else None
    yield from _by_results(money)
    yield from _against_today(money)
    yield from paid_once(chosen, money.one_off, is_today=chosen == today)
    yield from _risked(money)
    held = money.is_against and money.state == "planned"
    yield from measured(money.measuring, money.at_once, chosen, today if held else None)
    yield from beside_untrained(chosen, money.candidate)
    yield from awaited(chosen, is_assumed=money.is_wait_assumed)
    untold = [x for x in money.stated if x != chosen or money.kind != "train"]
    yield "included", included(untold, is_assumed=money.is_wait_assumed)
    same_price = (row.same_price for row in (today, chosen) if row)
    yield "assumed", next(filter(None, same_price), None)
    for name, row in (("changes", chosen), ("today_changes", today)):
        if row and not (name == "changes" and row is today):
            said = f"the {_plan(money)}" if row is today else f"“{row.name}”"
            yield name, changed(row, said, money.ruled_out)


def _against_today(money: Money) -> Iterator[tuple[str, str | None]]:
    chosen, today, net = money.chosen, money.today, money.saving_year
    if money.role == "compared":
        yield "compared", f", {_net(money, net)}" if net is not None else ""
    if today == chosen:
        yield "same", in_range(chosen.year)
        yield "more_than", "" if money.documents == "left_out" else None
    else:
        yield "new", ""
    if today is None or net is None:
        return
    added = by_announced_price(today, chosen)
    yield "net", _net(money, net) + _depends(money, net)
    if money.state != "stopped":
        if money.is_against:
            yield "released", released(today, added, money.state)
        yield from ended(today, net, money.state)
    yield "beside", beside_after_its_end(today, chosen) or None
    if added is not None and not money.is_undecided:
        left = net - added
        yield "saved_without" if left >= 0 else "more_without", _dollars(abs(left))
    yield from _paid_back(money)


def _by_results(money: Money) -> Iterator[tuple[str, str | None]]:
    """Say what serves costs by its result, in the place of “nothing more” or beside."""
    if (found := money.by_results) is None:
        return
    is_same = money.chosen == money.today and money.kind in ("keep", "rebuild")
    if is_same and (found.more or found.month is None):
        yield "instead", found.says
        yield "beyond", _dollars(found.more) if found.more else None
    else:
        yield "by_results", found.says


def _net(money: Money, net: Decimal) -> str:
    word = "less" if net >= 0 else "more"
    return f"{_dollars(abs(net))} {word} than the {_plan(money)}"


def _depends(money: Money, net: Decimal) -> str:
    """Say which price or payment makes the net what it is."""
    added = by_announced_price(money.today, money.chosen) if money.today else None
    is_avoided = added is not None and 0 <= net < added and not money.is_undecided
    spent = _if_spent(money, net) if money.is_against else ""
    return (_AVOIDED if is_avoided else "") + spent


def _if_spent(money: Money, net: Decimal) -> str:
    """Say what the net is if a plan's training was paid for before the decision."""
    spent = paid_for_training(money.today)
    if spent is None or money.is_undecided:
        return ""
    left = net - spent
    word = "less" if left >= 0 else "more"
    paid = f"if the {_dollars(spent)} for training is already paid"
    return f" ({_dollars(abs(left))} {word} {paid})"


def _paid_back(money: Money) -> Iterator[tuple[str, str | None]]:
    # What waits for a measurement, or is trained later at most, pays nothing back.
    if money.saving is None or money.is_undecided or not money.one_off:
        return
    if money.kind == "move":
        return
    months = money.payback_months
    if months is None:
        yield "never", ""
    elif not months:
        yield "at_once", ""
    elif money.chosen.calendar.wait:
        yield "payback_waiting", _months(months)
    elif months == payback_months(money.one_off, money.saving):
        yield "payback", _months(months)
        yield "saving", _dollars(money.saving)
    else:
        yield "payback_changing", _months(months)


def _risked(money: Money) -> Iterator[tuple[str, str | None]]:
    if money.at_risk is not None:
        yield _risk(money), _dollars(money.at_risk)
        if money.if_it_fails:
            technique, year = money.if_it_fails
            name = f"“{SHORT_NAMES[technique]}”"
            yield "fails", f"{name} then stays in use and costs {_dollars(year)}"


def _risk(money: Money) -> str:
    """Name what may be lost; nothing is with a plan that costs less than the advice."""
    if money.at_risk_if == "its_test_fails":
        return "lost"
    is_dearer = (money.saving_year or 0) < 0 and not money.is_undecided
    return "kept_up" if is_dearer else "at_risk"


def _plan(money: Money) -> str:
    return "stopped plan" if money.state == "stopped" else "current plan"


def _months(number: Decimal) -> str:
    return f"{in_tenths(number)} months"

"""The money behind a verdict in rows and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from audits.scoring.calendars.payback import paid_back_after
from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.rounding import written
from audits.scoring.money.measuring import (
    MeasuringCost,
    PeopleCost,
    PracticesCost,
    funding,
)
from audits.scoring.money.names.named_amounts import (
    depends,
    named_amounts,
    plan_in_words,
)
from audits.scoring.money.once_met import once_met, paid_once_met
from audits.scoring.money.rows import MoneyRow, Role, role_words
from audits.scoring.money.states import PlanState
from audits.scoring.numbers.replaced import TIMES
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.pricing.crossing import Crossing
from audits.scoring.pricing.moves import Move
from audits.scoring.scored.results_price import ResultsPrice
from audits.scoring.sentences.board_sentences import (
    BRIEF,
    CAVEATS,
    FURTHER,
    NET,
    PARTS,
    in_short,
)
from audits.scoring.sentences.money_sentences import WORDINGS, Kind, filled
from audits.scoring.sentences.once_resumed import without_meantime
from audits.scoring.ways_there import UNPROVEN_SET_UP

# What a verdict leads to has one of them.
_CHOSEN: tuple[Role, ...] = (
    *("recommended", "proposed", "meanwhile", "later", "compared", "on_hold"),
)
type Documents = Literal["apart", "left_out"]
NO_AMOUNT = "No amount is asked for"
_AVOIDED = ", only because an announced price rise is avoided"
_LARGE, _SEVEN_DIGITS = 10_000_000, 1_000_000


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
    test; `fallback` is then what goes on. `kind` is the kind of
    decision, and `state` that of the current plan's money; `is_against` says whether
    the verdict ends or holds that plan. `candidate` is the cheapest untrained technique
    that is not ruled out, over 12 months. `is_wait_assumed` says that nobody entered
    how long it takes until a new model serves. `measuring` is the cost of measuring
    first, `at_once` that with what sets up what serves meanwhile, `people` that of
    those who run a trained model, over 12 months, `practices` that of setting up what
    it takes to run one, once. `unpriced` names what has no price, and which number is
    missing. `documents` says whether those that answers come from are missing in the
    price of `chosen`. `move` is that of a tuned model which ends. `basis` says what the
    prices are for. `ruled_out` are the techniques that cannot be chosen, whatever they
    cost, with why. `is_tested` says that a result that counts scored `chosen`, so it is
    there; `built_again` is what its set-up costs if not, where no test proves it.
    `by_results` is what serves, at the price of its result where the plan has another.
    `waits_for` is what is done before an amount is asked for. `as_untested` is the
    cheapest option that is no less tested than `chosen`, with its 12 months, and
    `asked_on` the model of `chosen` where the other is a prompt on a cheaper one.
    `is_payment_known` says that somebody entered what is paid of a planned training by
    that day. `difference` is what `chosen` costs less than `today`, if that is known.

    Every amount is rounded as pages print it, so that they add up.
    """

    on: date
    rows: tuple[MoneyRow, ...]
    one_off: Decimal
    at_risk: Decimal | None
    at_risk_if: Literal["we_go_on", "its_test_fails"] | None
    crossing: Crossing | None
    fallback: MoneyRow | None = None
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
    built_again: Decimal | None = None
    by_results: ResultsPrice | None = None
    waits_for: str = ""
    as_untested: tuple[str, Decimal] | None = None
    asked_on: str = ""
    is_payment_known: bool = False
    difference: Band | None = None

    @property
    def only_tested(self) -> str:
        """The set-up that counts as done by a test, and about what it costs if not.

        Empty where it is paid for, or where a test proves that it is there.
        """
        is_new = self.is_tested and self.chosen != self.today
        # What runs and is not named may be what was tested.
        may_run = self.today is None and self.state == "running"
        if not is_new or may_run or self.state == "stopped":
            return ""
        said, cost = UNPROVEN_SET_UP.get(self.chosen.technique, ""), self.built_again
        return f"about ${written(cost)} to {said}" if said and cost else said

    @property
    def if_passes(self) -> str:
        """What is asked for instead if a cheaper option passes the test; may be empty.

        What is recommended is no better tested, so its amount is what is expected.
        """
        name, year = self.as_untested or ("", Decimal(0))
        return f"${written(year)} if “{name}” passes" if name else ""

    @property
    def if_it_fails(self) -> tuple[PricedTechnique, Decimal] | None:
        """What goes on if a trained model fails its test, and its 12 months.

        What is lost with the model is added.
        """
        if self.fallback is None or self.at_risk is None:
            return None
        return self.fallback.technique, self.at_risk + self.fallback.year.expected

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
    def goes_on(self) -> MoneyRow | None:
        """The plan that goes on beside what is asked for to run a model, if any."""
        is_left = self.kind == "fund" and self.state != "stopped"
        return self.today if is_left and self.today != self.chosen else None

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
        return role_words(self.state)[self.role]

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
    def is_wide(self) -> bool:
        """Whether an amount has seven digits, which need a wider column."""
        years = (row.year.high for row in self.stated)
        return not self.is_large and max(years, default=Decimal(0)) >= _SEVEN_DIGITS

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
            said = f"about {1 - share:,.0f} times the {plan_in_words(self)}"
        else:
            word = "less" if saving >= 0 else "more"
            said = f"{abs(share) * 100:,.0f}% {word} than the {plan_in_words(self)}"
        return f"{name} costs {said} over 12 months"

    @property
    def depends(self) -> str:
        """What the finding depends on, in words that follow it; empty if on nothing."""
        net = self.saving_year
        return "" if self.role == "on_hold" or net is None else depends(self, net)

    @property
    def asks(self) -> str:
        """What the decision asks for, releases and leaves open, in sentences."""
        said = filled(WORDINGS[self.kind].asks, dict(named_amounts(self)))
        return once_met(self._of_state(said), self.waits_for)

    @property
    def asks_now(self) -> str:
        """What of it is asked for at once; empty if nothing is, as while it stopped."""
        sentences = () if self.state == "stopped" else WORDINGS[self.kind].now
        return once_met(filled(sentences, dict(named_amounts(self))), self.waits_for)

    @property
    def note(self) -> str:
        """When the 12 months begin, what changes in them, and the money at risk.

        Source: docs/method.md, formula 10.
        """
        return filled(WORDINGS[self.kind].notes, dict(named_amounts(self)))

    @property
    def parts(self) -> str:
        """How what the decision asks for is made up, in one sentence; may be empty."""
        said = in_short(PARTS[self.kind], dict(named_amounts(self)))
        return paid_once_met(self._of_state(said), self.waits_for)

    @property
    def net(self) -> str:
        """What it costs beside the current plan, or else how it is made up."""
        amounts = dict(named_amounts(self))
        said = in_short(NET[self.kind], amounts) or in_short(PARTS[self.kind], amounts)
        return paid_once_met(self._of_state(said), self.waits_for)

    @property
    def caveats(self) -> str:
        """What its price leaves out, or what is at risk while nothing is asked for."""
        return filled(CAVEATS[self.kind], dict(named_amounts(self)))

    @property
    def brief(self) -> str:
        """The notes beside the amounts."""
        return filled(BRIEF[self.kind], dict(named_amounts(self)))

    @property
    def further(self) -> str:
        """The notes that its appendix has beside them."""
        return filled(FURTHER[self.kind], dict(named_amounts(self)))

    def _of_state(self, said: str) -> str:
        """Return sentences without the meantime of a plan that has stopped."""
        return without_meantime(said) if self.state == "stopped" else said

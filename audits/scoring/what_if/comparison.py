"""The use case as it is beside what it would be: what differs, and how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from audits.frameworks.answering.tally import Tally
from audits.frameworks.named import NamedVerdict
from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.grades.standings import STANDINGS
from audits.scoring.explaining.trace_shapes import NOT_ASKED
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.scoring.proposals.proposal_words import worded
from audits.scoring.sentences.documents import without_documents
from audits.scoring.sentences.on_own_servers import is_elsewhere
from audits.scoring.sentences.once_resumed import once_resumed
from audits.scoring.summary.first_steps import STEPS
from audits.scoring.summary.plan import plan_of
from audits.scoring.told.without_price import step_without_price

Part = Literal["verdict", "money", "offer", "steps"]
_CALLS = "requests"
_CACHED = (
    "More calls cost less here: they follow each other sooner, so more of the repeated "
    "text is read from the cache, which costs less than sending it new."
)
_REASON = "Reason: "
_DOES_NOT = "Does not hold"
_FORBIDS = "Forbids training"
_OF_BLOCKER = {
    "fired": _FORBIDS,
    "unknown": STANDINGS["unknown"],
    "not_asked": NOT_ASKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What inputs lead to.

    `year` is what the way that the verdict leads to costs over 12 months, in US
    dollars as pages print them; None where it has no price. `money` says it in a
    sentence without a full stop, and `offer` what an offer costs; empty without one.
    `plan_year` is what the current plan costs, None where nothing is compared with it.
    `way` is that way, and `years` are the 12 months of each that has a price with these
    inputs, the `numbers`; `is_dearer` than the current plan's are those of that way.
    `steps` are the first steps, three at most. `standings` say of each reason and
    blocker whether it holds.
    """

    named: NamedVerdict
    headline: str
    is_provisional: bool
    tally: Tally
    money: str
    year: Decimal | None
    steps: tuple[str, ...]
    standings: tuple[tuple[str, str], ...]
    way: PricedTechnique | None = None
    years: Mapping[PricedTechnique, Decimal] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    is_dearer: bool = False
    offer: str = ""
    plan_year: Decimal | None = None

    @property
    def holding(self) -> tuple[str, ...]:
        """The names of the reasons that hold, in quotation marks."""
        pairs = ((name.removeprefix(_REASON), said) for name, said in self.standings)
        return tuple(
            f"“{name}”" for name, said in pairs if said == STANDINGS["measured"]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How an outcome differs from the original.

    `parts` are those that differ; `saving` is what 12 months cost less than the way of
    the original would with the numbers of this outcome, negative if they cost more, and
    None where one of the two has no price with them. `kept_by` says what keeps the
    verdict of the original although it costs more; empty where it does not. `by_cache`
    says why more calls cost less; empty where they do not.
    """

    outcome: Outcome
    parts: frozenset[Part]
    saving: Decimal | None
    kept_by: str = ""
    by_cache: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The original, how each scenario differs, and the reasons that changed.

    `reasons` has a row for each reason and blocker that is not the same in all: its
    name, then its standing in the original and in each scenario.
    """

    original: Outcome
    scenarios: tuple[Difference, ...]
    reasons: tuple[tuple[str, ...], ...]

    @property
    def fell(self) -> Decimal | None:
        """What 12 months of the first scenario cost less than those of the original.

        Each has its own numbers. None where one of the two has no price.
        """
        was, now = self.original.year, self.scenarios[0].outcome.year
        return None if was is None or now is None else was - now


def outcome_of(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    state: PlanState = "running",
) -> Outcome:
    """Return what inputs lead to.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips, which the steps read.
        inputs: What it was decided from.
        state: The state of the current plan's money.
    """
    money = money_of(assessment, state)
    said = money.message + money.depends if money else ""
    if money and (apart := without_documents(assessment, money.chosen.technique)):
        said += f", {apart}"
    elif money and money.documents == "left_out":
        said += ", without documents"
    if money and is_elsewhere(assessment, money.chosen.technique):
        said += ", at a provider: on your own machines, its cost is not known"
    unpriced = step_without_price(assessment, money)
    plan = plan_of(framework, assessment, inputs)
    reasons = [
        (f"{_REASON}{reason.name}", STANDINGS[reason.shown])
        for reason in assessment.trace.reasons
    ]
    blockers = [
        (f"Blocker: {step.name}", _OF_BLOCKER.get(step.outcome, _DOES_NOT))
        for step in assessment.trace.blockers
    ]
    return Outcome(
        named=assessment.named,
        headline=once_resumed(assessment.headline, has_stopped=state == "stopped"),
        is_provisional=assessment.provisional is not None,
        tally=assessment.tally,
        money="; ".join(filter(None, (said, lower_first(unpriced)))),
        year=money.chosen.year.expected if money else None,
        steps=tuple(card.name for card in plan.first[:STEPS]),
        standings=(*reasons, *blockers),
        way=money.chosen.technique if money else None,
        years=_years(assessment),
        numbers=assessment.numbers,
        is_dearer=bool(money and not money.is_undecided and _net(money) < 0),
        offer=offer.title if (offer := worded(assessment.proposal)) else "",
        plan_year=_plan_year(money) if money else None,
    )


def _plan_year(money: Money) -> Decimal | None:
    """Return what the current plan costs, if something else is compared with it."""
    is_compared = money.saving_year is not None and money.today is not None
    return money.today.year.expected if is_compared and money.today else None


def _net(money: Money) -> Decimal:
    return money.saving_year or Decimal(0)


def _years(assessment: Assessment) -> dict[PricedTechnique, Decimal]:
    """Return what 12 months of each technique cost, as pages print them."""
    plan = assessment.costs.plan if assessment.costs else None
    return {
        each.technique: each.price.year_as_printed.expected
        for each in (plan.techniques if plan else ())
        if each.price
    }


def compared(original: Outcome, others: Sequence[Outcome]) -> Comparison:
    """Return how outcomes differ from the original.

    Args:
        original: What the inputs lead to as they are.
        others: What each scenario leads to. Reasons that its framework does not name
            are left out.
    """
    columns = [dict(each.standings) for each in (original, *others)]
    rows = [
        (name, *(each[name] for each in columns))
        for name, _ in original.standings
        if all(name in each for each in columns)
    ]
    return Comparison(
        original=original,
        scenarios=tuple(_difference(original, each) for each in others),
        reasons=tuple(row for row in rows if _is_told(*row)),
    )


def _is_told(name: str, *said: str) -> bool:
    """Whether a reason differs, or whether a blocker forbids training."""
    return len(set(said)) > 1 and (name.startswith(_REASON) or _FORBIDS in said)


def _difference(original: Outcome, other: Outcome) -> Difference:
    pairs: dict[Part, bool] = {
        "verdict": (original.named, original.headline) != (other.named, other.headline),
        "money": (original.money, original.year) != (other.money, other.year),
        "offer": original.offer != other.offer,
        "steps": original.steps != other.steps,
    }
    saving = None
    # Both at the numbers of the scenario: 2 calls against 11 would read as a saving.
    same = other.years.get(original.way) if original.way else None
    if same is not None and other.year is not None:
        saving = same - other.year
    parts = frozenset(part for part, differs in pairs.items() if differs)
    return Difference(
        outcome=other,
        parts=parts,
        saving=saving,
        kept_by=_kept_by(other) if parts - {"offer"} == {"money"} else "",
        by_cache=_by_cache(original, other),
    )


def _by_cache(original: Outcome, other: Outcome) -> str:
    """Say why more calls of the same way cost less; empty where they do not."""
    was, now = original.numbers, other.numbers
    changed = {key for key in (*was, *now) if was.get(key) != now.get(key)}
    if changed != {_CALLS} or not was.get(_CALLS) or not now.get(_CALLS):
        return ""
    if original.way != other.way or original.year is None or other.year is None:
        return ""
    calls = Decimal(now[_CALLS]) - Decimal(was[_CALLS])
    return _CACHED if calls * (other.year - original.year) < 0 else ""


def _kept_by(outcome: Outcome) -> str:
    """Say what keeps a verdict that costs more; empty where it does not."""
    if not outcome.is_dearer:
        return ""
    said = "What it costs does not decide the verdict; the answers do"
    if not outcome.holding:
        return f"{said}."
    names, hold = " and ".join(outcome.holding), "hold"
    if len(outcome.holding) == 1:
        hold = "holds"
    return f"{said}: with them, {names} still {hold}."

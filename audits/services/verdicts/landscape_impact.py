"""How market facts that are not in force yet would change submitted audits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import repeat

from django.utils import timezone

from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.landscape.schema import Landscape
from audits.models import Audit
from audits.scoring.assess_on import assess_on, costs_on
from audits.scoring.history.market_days import MarketDay
from audits.scoring.history.time_machine import Step, TimeMachine
from audits.scoring.inputs import Inputs
from audits.scoring.known import known_of
from audits.scoring.money.of_assessment import money_of
from audits.services.verdicts.assessments import framework_of

_READ = (
    *("framework", "framework_version", "answers", "levels", "numbers"),
    "candidates",
    *("use_case__name", "use_case__number"),
)
_NOT_KNOWN = "not known"
_CURRENT, _CHOSEN = "current plan", "what the verdict leads to"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedVerdict:
    """A use case that would get another verdict, with what causes it in words."""

    audit: Audit
    before: str
    after: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedSum:
    """What 12 months would cost, in US dollars; None where that has no price."""

    audit: Audit
    what: str
    before: Decimal | None
    after: Decimal | None

    @property
    def by(self) -> Decimal:
        """By how much it would move."""
        return abs((self.after or Decimal(0)) - (self.before or Decimal(0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LandscapeImpact:
    """How many submitted audits were looked at, and what would move; largest first."""

    audits: int
    verdicts: tuple[MovedVerdict, ...]
    sums: tuple[MovedSum, ...]


def landscape_impact(before: Landscape, after: Landscape) -> LandscapeImpact:
    """Decide and price the submitted audits in view under both; nothing is stored.

    Both are of today and of the same answers, so that only the facts tell them apart.

    Args:
        before: The landscape that is in force.
        after: The other one.
    """
    today = timezone.localdate()
    number, verdicts, sums = 0, list[MovedVerdict](), list[MovedSum]()
    sides = tuple(_Side(landscape, today) for landscape in (before, after))
    for audit in _submitted():
        try:
            framework = framework_of(audit)
        except LookupError:  # a version that this release no longer ships
            continue
        number += 1
        inputs = audit.inputs
        here, there = (side.market_day(framework, inputs) for side in sides)
        step = sides[1].machine(framework).step(inputs, here, there)
        if step:
            verdicts.append(_moved(framework, audit, step, here, there))
        plans = [side.plan(framework, inputs) for side in sides]
        if step or plans[0] != plans[1]:  # equal prices are not added up again
            sums += _sums(framework, audit, inputs, *sides)
    return LandscapeImpact(
        audits=number,
        verdicts=tuple(verdicts),
        sums=tuple(sorted(sums, key=lambda moved: moved.by, reverse=True)),
    )


class _Side:
    """One of the two landscapes; reads its market once for each framework."""

    def __init__(self, landscape: Landscape, today: date) -> None:
        self.find, self.today = partial(next, repeat(landscape)), today
        self._machines: dict[str, TimeMachine] = {}

    def machine(self, framework: Framework) -> TimeMachine:
        if framework.content_hash not in self._machines:
            with in_force.using(self.find):
                found = TimeMachine(framework, self.today, self.today)
            self._machines[framework.content_hash] = found
        return self._machines[framework.content_hash]

    def market_day(self, framework: Framework, inputs: Inputs) -> MarketDay:
        machine = self.machine(framework)
        with in_force.using(self.find):
            return machine.market_day(inputs, self.today)

    def plan(self, framework: Framework, inputs: Inputs) -> object:
        """Return what every technique costs, whatever the verdict is."""
        with in_force.using(self.find):
            known = known_of(framework, inputs.answered.codes)
            known = replace(known, meanwhile=())
            costs = costs_on(inputs.numbers, self.today, known)
        return costs and (costs.plan.techniques, costs.computed)

    def sums(self, framework: Framework, inputs: Inputs) -> dict[str, Decimal]:
        """Return the 12 months of today's plan and of what the verdict leads to."""
        with in_force.using(self.find):
            found = assess_on(framework, inputs, self.today, open_only=True)
            money = money_of(found)
        if money is None:
            return {}
        rows = {_CURRENT: money.today, _CHOSEN: money.chosen}
        if money.today == money.chosen:
            del rows[_CHOSEN]
        return {what: row.year.expected for what, row in rows.items() if row}


def _submitted() -> Iterator[Audit]:
    states = (Audit.State.IN_REVIEW, Audit.State.SIGNED_OFF)
    audits = Audit.objects.current().filter(state__in=states).select_related("use_case")
    yield from audits.only(*_READ).order_by("use_case__number").iterator(500)


def _sums(
    framework: Framework, audit: Audit, inputs: Inputs, old: _Side, new: _Side
) -> Iterator[MovedSum]:
    """Yield the sums that move."""
    before, after = old.sums(framework, inputs), new.sums(framework, inputs)
    for what in dict.fromkeys((*before, *after)):
        if before.get(what) != after.get(what):
            yield MovedSum(
                audit=audit,
                what=what,
                before=before.get(what),
                after=after.get(what),
            )


def _moved(
    framework: Framework, audit: Audit, step: Step, here: MarketDay, there: MarketDay
) -> MovedVerdict:
    causes = [
        f"{_name(framework, fact)}: {_said(framework, fact, here)} -> "
        f"{_said(framework, fact, there)}"
        for fact in step.facts
    ]
    return MovedVerdict(
        audit=audit,
        before=framework.verdicts[step.before].name,
        after=framework.verdicts[step.after].name,
        causes=tuple(causes),
    )


def _name(framework: Framework, fact: str) -> str:
    if fact in framework.market_by_id:
        return framework.market_by_id[fact].label
    return framework.answerable[fact].label


def _said(framework: Framework, fact: str, on: MarketDay) -> str:
    if fact in framework.market_by_id:
        return on.market[fact].said
    options = {o.id: o.name for o in framework.answerable[fact].options}
    return options.get(on.computed.get(fact, ""), _NOT_KNOWN)

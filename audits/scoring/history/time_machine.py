"""The verdict on another day, and the market fact that changed it.

It decides the same answers, levels and numbers with the market of a day. It makes no
explanation: only the decision, thousands of times a second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from audits.frameworks.answering.moving import moved
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Again
from audits.scoring.deciding.trial import Shift, Trial
from audits.scoring.history.causes import Cause, cause_of
from audits.scoring.history.market_days import (
    Market,
    MarketDay,
    computed,
    days_of,
    markets,
)
from audits.scoring.inputs import Inputs
from audits.scoring.market import computed_beside
from audits.scoring.scored.candidates import NO_CANDIDATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A day on which a verdict changed, and the facts that caused it.

    Each of `causes` alone changes the verdict, or all of them together do; `together`
    says which.
    """

    day: date
    before: Verdict
    after: Verdict
    causes: tuple[Cause, ...]
    together: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The verdict on the first day, and each change until the last."""

    first: Verdict
    flips: tuple[Flip, ...]

    def on(self, day: date) -> Verdict:
        """Return the verdict on a day."""
        past = [flip.after for flip in self.flips if flip.day <= day]
        return past[-1] if past else self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A verdict that another market changes, and the facts that do.

    `facts` are market facts and computed answers, as in `Flip`.
    """

    before: Verdict
    after: Verdict
    facts: tuple[str, ...]
    together: bool


class TimeMachine:
    """Re-scores use cases on any day between two; reads the market once for all.

    Amounts in another currency than US dollars have the rate of the last day on all.
    """

    def __init__(self, framework: Framework, first: date, last: date) -> None:
        self.framework, self.first, self.last = framework, first, last
        self._markets = markets(framework, first, last)

    def verdict(self, inputs: Inputs, day: date) -> Verdict:
        """Return the verdict of the same facts with the market of a day."""
        return _Held(self.framework, inputs, self.market_day(inputs, day)).first

    def history(self, inputs: Inputs) -> History:
        """Return the verdict on the first day, and every change."""
        market_days = self._market_days(inputs)
        here = next(market_days)
        held = _Held(self.framework, inputs, here)
        verdict = held.first
        flips = []
        for there in market_days:
            if there.is_like(here):
                continue
            after = held.verdict(there)
            if after != verdict:
                flips.append(self._flip(held, here, there, (verdict, after)))
            here, verdict = there, after
        return History(first=held.first, flips=tuple(flips))

    def step(self, inputs: Inputs, here: MarketDay, there: MarketDay) -> Step | None:
        """Return what another market makes of the verdict; None if it is the same.

        Args:
            inputs: What was given.
            here: The market to begin with.
            there: The other one, of another day or of another landscape.
        """
        held = _Held(self.framework, inputs, here)
        after = held.verdict(there)
        if after == held.first:
            return None
        changed = _changed(_values(here.market), _values(there.market))
        changed += _changed(here.computed, there.computed)
        facts, together = self._needed(held, here, there, changed, after)
        return Step(
            before=held.first, after=after, facts=tuple(facts), together=together
        )

    def market_day(self, inputs: Inputs, day: date) -> MarketDay:
        """Return the market of a day, and what a use case's numbers give on it."""
        answers = computed(inputs.numbers, day, self.last)
        return MarketDay(day, self._markets.on(day), answers)

    def _market_days(self, inputs: Inputs) -> Iterator[MarketDay]:
        """Yield the days on which an input may change, in order."""
        own = {self.first, *days_of(inputs.numbers, self.first, self.last)}
        answers: Mapping[str, str] = {}
        for day in sorted({*self._markets.by_day, *own}):
            if day in own:
                answers = computed(inputs.numbers, day, self.last)
            yield MarketDay(day, self._markets.on(day), answers)

    def _flip(
        self,
        held: "_Held",
        here: MarketDay,
        there: MarketDay,
        verdicts: tuple[Verdict, Verdict],
    ) -> Flip:
        before, after = verdicts
        changed = _changed(_values(here.market), _values(there.market))
        changed += _changed(here.computed, there.computed)
        needed, together = self._needed(held, here, there, changed, after)
        causes = [
            cause_of(self.framework, fact, there, held.inputs.numbers)
            for fact in needed
        ]
        return Flip(
            day=there.day,
            before=before,
            after=after,
            causes=tuple(causes),
            together=together,
        )

    def _needed(
        self,
        held: "_Held",
        here: MarketDay,
        there: MarketDay,
        changed: list[str],
        after: Verdict,
    ) -> tuple[list[str], bool]:
        """Return the facts that each cause the verdict alone, or the fewest together.

        The other facts stay as they were the day before.
        """

        def brings(facts: tuple[str, ...]) -> bool:
            return held.verdict(_swapped(here, there, facts)) == after

        if len(changed) == 1:
            return changed, False
        alone = [fact for fact in changed if brings((fact,))]
        if alone:
            return alone, False
        sizes = range(2, len(changed) + 1)
        sets = (facts for size in sizes for facts in combinations(changed, size))
        return list(next(facts for facts in sets if brings(facts))), True


class _Held:
    """The facts of a use case, decided on a first day and again on others."""

    def __init__(self, framework: Framework, inputs: Inputs, first: MarketDay) -> None:
        self.framework, self.inputs = framework, inputs
        self._answered = inputs.answered
        self._computed = self._added(first.computed)
        under = Circumstances(
            market=first.market,
            levels=self._answered.levels,
            failed=self._answered.failed,
            best=self._answered.best,
            unshown=self._answered.unshown,
        )
        given = {**self._answered.codes, **self._computed}
        self._trial = Trial.of(framework, given, under)
        self._again = Again(self._trial)
        _, self.first = self._again.decide(self._trial)

    def verdict(self, market_day: MarketDay) -> Verdict:
        """Return the verdict with the market of another day."""
        computed = self._added(market_day.computed)
        shift = Shift(
            answers={q: computed.get(q) for q in _changed(self._computed, computed)},
            measured=frozenset(),
            market=Circumstances(market=market_day.market).market_values(
                self.framework
            ),
        )
        _, verdict = self._again.decide(self._trial.after(shift))
        return verdict

    def _added(self, computed: Mapping[str, str]) -> Mapping[str, str]:
        """Return the computed answers that count; the team's own answers win."""
        return computed_beside(computed, self._answered.codes)


def refitted(before: Framework | None, after: Framework, inputs: Inputs) -> Inputs:
    """Return what another framework, or version of it, can read.

    Answers to questions that it does not ask, or with options that it does not have,
    do not count. Candidates count where a measurement needs a level.

    Args:
        before: The framework that was answered; None if it does not ship.
        after: The framework to read it.
        inputs: What was given.
    """
    return Inputs(
        codes=moved(before, after, inputs.codes),
        levels=inputs.levels,
        numbers=inputs.numbers,
        candidates=inputs.candidates if after.asserted_unless_marked else NO_CANDIDATES,
    )


def _values(market: Market) -> dict[str, object]:
    return {name: fact.value for name, fact in market.items()}


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    names = dict.fromkeys((*before, *after))
    return [name for name in names if before.get(name) != after.get(name)]


def _swapped(here: MarketDay, there: MarketDay, facts: tuple[str, ...]) -> MarketDay:
    """Return the earlier day with some facts of the later one."""
    market: Market = {
        name: there.market[name] if name in facts else value
        for name, value in here.market.items()
    }
    answers = dict(here.computed)
    for name in facts:
        if name in there.computed:
            answers[name] = there.computed[name]
        elif name not in market:
            answers.pop(name, None)
    return MarketDay(there.day, market, answers)

"""Conditions as formulas; mirrors `evaluation`.

Import it only where z3 is installed.
"""

from collections.abc import Mapping

import z3

from audits.frameworks import conditions as c
from audits.frameworks.schema import Framework
from audits.scoring.proofs.formulas import Formula, Kleene, all_of, any_of, settled
from audits.scoring.proofs.given import takes_several


class Reading:
    """What a condition may read, as `EvaluationContext` is, in formulas.

    With `believed`, answers that nothing proves are read as if something did. With
    `by_tick`, one simpler approach may be proved and another not.
    """

    def __init__(
        self,
        framework: Framework,
        market: Mapping[str, Formula],
        shown: Mapping[str, Formula],
        *,
        believed: bool = False,
        by_tick: bool = False,
    ) -> None:
        self.framework, self.market, self.shown = framework, market, shown
        self.believed, self.by_tick = believed, by_tick
        self._shown_ticks: dict[str, Formula] = {}
        self.picked: dict[str, Mapping[str, Formula]] = {}
        self.facts: dict[str, Kleene] = {}
        self.reasons: dict[str, dict[c.ReasonStatus, Formula]] = {}
        self.unproven: dict[str, Formula] = {}
        self.blocked: Formula = z3.BoolVal(False)
        self.layers: dict[str, Formula] = {}
        self.verdicts: dict[str, Formula] = {}

    def evaluate(self, condition: c.Condition) -> Kleene:
        """Return when a condition holds; mirrors `evaluation.evaluate`."""
        match condition:
            case c.All(parts):
                each = [self.evaluate(part) for part in parts]
                return Kleene(
                    all_of(x.true for x in each), any_of(x.false for x in each)
                )
            case c.Any(parts):
                each = [self.evaluate(part) for part in parts]
                return Kleene(
                    any_of(x.true for x in each), all_of(x.false for x in each)
                )
            case c.Not(part):
                inner = self.evaluate(part)
                return Kleene(inner.false, inner.true)
            case c.FactHolds(fact):
                return self.fact(fact)
            case c.Proven(test) if self.believed:
                return self.evaluate(test)
            case c.Is() | c.In() | c.Includes() | c.Only() | c.AtLeast():
                known = self.is_known(condition.question)
                passes = all_of((known, self._passes(condition)))
                return Kleene(passes, all_of((known, z3.Not(passes))))
            case _:
                return settled(self._settled(condition))

    def fact(self, fact_id: str) -> Kleene:
        """Return when a fact holds; it is read when a condition first asks for it."""
        if fact_id not in self.facts:
            fact = self.framework.facts_by_id[fact_id]
            when, unless = self.evaluate(fact.when), self.true(fact.unless)
            holds = all_of((when.true, z3.Not(unless)))
            self.facts[fact_id] = Kleene(holds, z3.Or(when.false, unless))
        return self.facts[fact_id]

    def true(self, condition: c.Condition | None) -> Formula:
        """Return when an optional condition is known to hold."""
        return self.evaluate(condition).true if condition else z3.BoolVal(False)

    def holds(self, when: c.Condition | None, unless: c.Condition | None) -> Formula:
        """Return when a row holds; mirrors `evaluation.holds`."""
        matches = self.evaluate(when).true if when else z3.BoolVal(True)
        return all_of((matches, z3.Not(self.true(unless))))

    def is_known(self, question: str) -> Formula:
        """Return when a question has an answer that does not leave it open."""
        item = self.framework.answerable[question]
        options = self.picked[question]
        is_several = takes_several(item)
        return any_of(
            options[o.id] for o in item.options if is_several or not o.is_open
        )

    def any_reason(self, standing: c.AnyReasonStatus) -> Formula:
        """Return when at least one reason has this standing."""
        if standing == "unproven":
            return any_of(self.unproven.values())
        return any_of(reason[standing] for reason in self.reasons.values())

    def only_reasons(self, reasons: tuple[str, ...]) -> Formula:
        """Return when some reason is measured, and none but these is."""
        others = [x["measured"] for r, x in self.reasons.items() if r not in reasons]
        return all_of((self.any_reason("measured"), z3.Not(any_of(others))))

    def _passes(self, leaf: c.AnswerLeaf) -> Formula:
        """Return when a known answer passes a test; mirrors `evaluation`."""
        options = self.picked[leaf.question]
        match leaf:
            case c.Only(_, allowed):
                return z3.Not(any_of(f for o, f in options.items() if o not in allowed))
            case c.Is(_, option):
                return options[option]
            case c.AtLeast(_, option):
                ids = list(options)
                return any_of(options[later] for later in ids[ids.index(option) :])
            case c.In(_, allowed) | c.Includes(_, allowed):
                return any_of(options[option] for option in allowed)
            case c.Known():
                return z3.BoolVal(True)

    def _settled(self, leaf: c.Condition) -> Formula:
        """Return when a leaf that is never unknown holds."""
        match leaf:
            case c.Known(question, known):
                return self.is_known(question) == known
            case c.Proven(test):
                passes = (self.evaluate(test).true, self._in_part(test))
                return all_of((*passes, self.shown[test.question]))
            case c.Lacks(test):
                return z3.Not(self.evaluate(test).true)
            case c.Failed(way):
                return self._failed(way)
            case c.MarketExists(market, exists):
                return self.market[market] == exists
            case c.MarketReaches(market, number):
                return self.market[market] >= number
            case _:
                return self._decided(leaf)

    def _in_part(self, test: c.In | c.Includes) -> Formula:
        """Return when an answer that is proved is so for what a test asks."""
        failure = self.framework.failure
        of_ways = failure is not None and test.question == failure.question
        if not (self.by_tick and of_ways):
            return z3.BoolVal(True)
        picked, ticks = self.picked[test.question], self._shown_ticks
        return any_of(
            all_of((picked[tick], ticks.setdefault(tick, z3.FreshBool())))
            for tick in test.options
        )

    def _decided(self, leaf: c.Condition) -> Formula:
        """Return when a leaf that reads what was decided before it holds."""
        match leaf:
            case c.ReasonStands(reason, statuses):
                return any_of(self.reasons[reason][standing] for standing in statuses)
            case c.AnyReason(standing):
                return self.any_reason(standing)
            case c.OnlyReasons(reasons):
                return self.only_reasons(reasons)
            case c.Blocked(blocked):
                return self.blocked if blocked else z3.Not(self.blocked)
            case c.ContextIs(layer):
                return self.layers[layer]
            case c.VerdictIs(verdict):
                return self.verdicts[verdict]
        raise TypeError(leaf)

    def _failed(self, way: str) -> Formula:
        """Return when a simpler way was ticked, and what was scored missed."""
        failure = self.framework.failure
        if failure is None or way not in failure.ways:
            return z3.BoolVal(False)
        ticked = self.picked[failure.question][way]
        return all_of((ticked, self.evaluate(failure.when).true))

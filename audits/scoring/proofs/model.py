"""A framework as formulas: every set of answers and every market at once.

It mirrors `evaluation` and `decision`, so that an SMT solver (z3) can prove for all
answers what a test shows for some. Import it only where z3 is installed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard, get_args

import z3

from audits.frameworks import conditions as c
from audits.frameworks import rules
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Computed, Question
from audits.frameworks.schema import Framework

type Formula = Any  # a Boolean of z3, which has no types of its own
type Row = rules.ContextRule | rules.VerdictRule | rules.Difference


@dataclass(frozen=True, slots=True)
class Kleene:
    """When a condition is known to hold, and when it is known not to."""

    true: Formula
    false: Formula


@dataclass(frozen=True, slots=True)
class Example:
    """Answers, as `flow.relevant` returns them, and a market."""

    codes: Mapping[str, Code]
    market: Mapping[str, bool | int]


@dataclass(slots=True)
class Table:
    """A table of rules: when each row holds, and when it is the first to."""

    rows: dict[str, Formula] = field(default_factory=dict)
    fires: dict[str, Formula] = field(default_factory=dict)


class Model:
    """The decision over answers that are left open.

    A question has a Boolean for each option, of which at most `most` are true, and none
    while the answer is not known or the question does not apply. No answer is only
    asserted.
    """

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.solver = z3.Solver()
        self.picked: dict[str, dict[str, Formula]] = {}
        self.market: dict[str, Formula] = {}
        self.facts: dict[str, Kleene] = {}
        self.reasons: dict[str, dict[c.ReasonStatus, Formula]] = {}
        self.unproven: dict[str, Formula] = {}
        self._open_market()
        for question in framework.questions:
            self._open_answer(question)
        for value in framework.computed:
            self._open_answer(value)
        for fact in framework.facts:
            self.facts[fact.id] = self._fact(fact)
        self._weigh_reasons()
        self.blockers = {row.id: self._holds(row) for row in framework.blockers}
        self.blocked = _any(self.blockers.values())
        self.context = self._table(framework.context_rules)
        self.verdict_table = self._table(framework.verdict_rules)
        self.verdicts = self._verdicts()
        self.trained = _any(
            self.verdicts[layer] for layer in get_args(rules.TrainedLayer)
        )
        self._read_literally()

    def find(self, *formulas: Formula) -> Example | None:
        """Return answers and a market for which the formulas hold; None if none are."""
        if self.solver.check(*formulas) == z3.unsat:
            return None
        return self._example(self.solver.model())

    def impossible(self, formulas: Sequence[Formula]) -> list[int]:
        """Return the places of the formulas that no answers make true.

        One set of answers makes many formulas true, so few of them are solved for.
        """
        impossible = []
        left = dict(enumerate(formulas))
        while left:
            place, formula = next(iter(left.items()))
            if self.solver.check(formula) != z3.sat:
                impossible.append(place)
                del left[place]
                continue
            found = self.solver.model()
            left = {
                place: formula
                for place, formula in left.items()
                if not z3.is_true(found.eval(formula, model_completion=True))
            }
        return impossible

    def evaluate(self, condition: c.Condition) -> Kleene:
        """Return when a condition holds; mirrors `evaluation.evaluate`."""
        match condition:
            case c.All(parts):
                each = [self.evaluate(part) for part in parts]
                return Kleene(_all(x.true for x in each), _any(x.false for x in each))
            case c.Any(parts):
                each = [self.evaluate(part) for part in parts]
                return Kleene(_any(x.true for x in each), _all(x.false for x in each))
            case c.Not(part):
                inner = self.evaluate(part)
                return Kleene(inner.false, inner.true)
            case c.FactHolds(fact):
                return self.facts[fact]
            case c.Known(question, known):
                holds = self.is_known(question)
                return _settled(holds if known else z3.Not(holds))
            case c.Is() | c.In() | c.Includes() | c.Only() | c.AtLeast():
                known = self.is_known(condition.question)
                passes = z3.And(known, self._passes(condition))
                return Kleene(passes, z3.And(known, z3.Not(passes)))
            case _:
                return _settled(self._decided(condition))

    def is_known(self, question: str) -> Formula:
        """Return when a question has an answer."""
        return _any(self.picked[question].values())

    def any_reason(self, standing: c.AnyReasonStatus) -> Formula:
        """Return when at least one reason has this status."""
        if standing == "unproven":
            return _any(self.unproven.values())
        return _any(reason[standing] for reason in self.reasons.values())

    def _passes(self, leaf: c.AnswerLeaf) -> Formula:
        """Return when a known answer passes a test; mirrors `evaluation`."""
        options = self.picked[leaf.question]
        match leaf:
            case c.Only(_, allowed):
                return z3.Not(_any(f for o, f in options.items() if o not in allowed))
            case c.Is(_, option):
                return options[option]
            case c.AtLeast(_, option):
                ids = list(options)
                return _any(options[later] for later in ids[ids.index(option) :])
            case c.In(_, allowed) | c.Includes(_, allowed):
                return _any(options[option] for option in allowed)
            case c.Known():
                return z3.BoolVal(True)

    def _decided(self, leaf: c.DecidedLeaf | c.MarketLeaf) -> Formula:
        """Return when a leaf that is never unknown holds."""
        match leaf:
            case c.MarketExists(market, exists):
                return self.market[market] == exists
            case c.MarketReaches(market, number):
                return self.market[market] >= number
            case c.ReasonStands(reason, statuses):
                return _any(self.reasons[reason][standing] for standing in statuses)
            case c.AnyReason(standing):
                return self.any_reason(standing)
            case c.OnlyReasons(reasons):
                others = [r for r in self.reasons if r not in reasons]
                measured = [self.reasons[r]["measured"] for r in others]
                return z3.And(self.any_reason("measured"), z3.Not(_any(measured)))
            case c.Blocked(blocked):
                return self.blocked if blocked else z3.Not(self.blocked)

    def _open_market(self) -> None:
        for fact in self.framework.market:
            if isinstance(fact.assumed, bool):
                self.market[fact.id] = z3.FreshBool()
            else:
                self.market[fact.id] = z3.FreshInt()
                self.solver.add(self.market[fact.id] >= 0)

    def _open_answer(self, item: Question | Computed) -> None:
        options = {o.id: z3.FreshBool() for o in item.options}
        self.picked[item.id] = options
        most = item.most if _takes_several(item) else 1
        self.solver.add(z3.AtMost(*options.values(), most))
        if isinstance(item, Question) and item.visible:
            applies = self.evaluate(item.visible.when).true
            self.solver.add(z3.Implies(self.is_known(item.id), applies))

    def _fact(self, fact: rules.Fact) -> Kleene:
        when, unless = self.evaluate(fact.when), self._true(fact.unless)
        holds = self._named(z3.And(when.true, z3.Not(unless)))
        return Kleene(holds, z3.Or(when.false, unless))

    def _weigh_reasons(self) -> None:
        proved = z3.Not(self.evaluate(self.framework.unproven_when).true)
        for reason in self.framework.reasons:
            stays = z3.Not(self._true(reason.unless))
            made = z3.And(stays, self._true(reason.when))
            said = z3.And(stays, self._true(reason.claimed_when))
            measured = self._named(z3.And(made, proved))
            claimed = z3.And(z3.Or(made, said), z3.Not(measured))
            self.reasons[reason.id] = {
                "measured": measured,
                "claimed": self._named(claimed),
                "absent": z3.Not(z3.Or(made, said)),
            }
            self.unproven[reason.id] = z3.And(made, z3.Not(proved))

    def _true(self, condition: c.Condition | None) -> Formula:
        """Return when an optional condition is known to hold."""
        return self.evaluate(condition).true if condition else z3.BoolVal(False)

    def _holds(self, row: rules.Blocker | Row) -> Formula:
        """Return when a row holds; mirrors `evaluation.holds`."""
        when = self.evaluate(row.when).true if row.when else z3.BoolVal(True)
        return z3.And(when, z3.Not(self._true(getattr(row, "unless", None))))

    def _table(self, rows: Iterable[Row]) -> Table:
        table = Table()
        for row in rows:
            earlier = _any(table.rows.values())
            holds = self._named(self._holds(row))
            table.fires[row.id] = z3.And(holds, z3.Not(earlier))
            table.rows[row.id] = holds
        return table

    def _verdicts(self) -> dict[str, Formula]:
        """Return when each verdict is given."""
        ways: dict[str, list[Formula]] = {v: [] for v in self.framework.verdicts}
        for rule in self.framework.verdict_rules:
            fires = self.verdict_table.fires[rule.id]
            if rule.verdict != "context_layer":
                ways[rule.verdict].append(fires)
                continue
            for row in self.framework.context_rules:
                ways[row.layer].append(z3.And(fires, self.context.fires[row.id]))
        return {verdict: _any(given) for verdict, given in ways.items()}

    def _read_literally(self) -> None:
        test = self.framework.literal_test
        literally = _any(self.evaluate(part.when).true for part in test.conditions)
        self.disagree = z3.Xor(literally, self.trained)
        self.differences = self._table(test.differences)

    def _named(self, formula: Formula) -> Formula:
        """Return a Boolean that is true when the formula is; short to solve with."""
        named = z3.FreshBool()
        self.solver.add(named == formula)
        return named

    def _example(self, found: Any) -> Example:
        def value(formula: Formula) -> Any:
            return found.eval(formula, model_completion=True)

        codes: dict[str, Code] = {}
        for item, options in self.picked.items():
            picks = tuple(o for o in options if z3.is_true(value(options[o])))
            several = _takes_several(self.framework.answerable[item])
            if picks:
                codes[item] = picks if several else picks[0]
        market = {
            fact.id: z3.is_true(value(self.market[fact.id]))
            if isinstance(fact.assumed, bool)
            else value(self.market[fact.id]).as_long()
            for fact in self.framework.market
        }
        return Example(codes, market)


def prove(framework: Framework, law: Callable[[Model], Formula]) -> Example | None:
    """Return None if a law holds for all answers and markets, or an example against it.

    Args:
        framework: The framework that decides.
        law: What must hold, as a formula over the parts of the model.
    """
    model = Model(framework)
    return model.find(z3.Not(law(model)))


def _takes_several(item: Question | Computed) -> TypeGuard[Question]:
    return isinstance(item, Question) and item.kind == "several"


def _settled(holds: Formula) -> Kleene:
    return Kleene(holds, z3.Not(holds))


def _all(formulas: Iterable[Formula]) -> Formula:
    return z3.And(list(formulas))


def _any(formulas: Iterable[Formula]) -> Formula:
    return z3.Or(list(formulas))

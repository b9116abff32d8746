"""A framework as formulas: every set of answers and every market at once.

It mirrors `evaluation` and `decision`, so that an SMT solver (z3) can say of all
answers what a test says of some. Import it only where z3 is installed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import z3

from audits.frameworks import rules
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring.proofs.formulas import Formula, Kleene, all_of, any_of
from audits.scoring.proofs.given import (
    Given,
    is_true,
    open_given,
    open_market,
    picked_codes,
)
from audits.scoring.proofs.reading import Reading

type Row = (
    rules.ContextRule
    | rules.VerdictRule
    | rules.Difference
    | rules.AdviceRow
    | rules.Destination
    | rules.StepRule
)


@dataclass(frozen=True, slots=True)
class Example:
    """Answers, as `flow.relevant` returns them, and a market.

    `shown` are the questions whose answers are documented or measured.
    """

    codes: Mapping[str, Code]
    market: Mapping[str, bool | int]
    shown: frozenset[str] = frozenset()


@dataclass(slots=True)
class Table:
    """A table of rules: when each row holds, and when it is the first to."""

    rows: dict[str, Formula] = field(default_factory=dict)
    fires: dict[str, Formula] = field(default_factory=dict)


class Model(Reading):
    """The decision over answers that are left open.

    A question has a Boolean for each option, of which at most `most` are true, and
    none while the answer is not known or the question does not apply. Without
    `asserted_unless_marked` answers are taken as given: none is only asserted.

    A row of the verdict table that asks whether measuring is worth its while is no
    formula over one set of answers. It may fire wherever its condition holds, and need
    not. What holds of all sets of answers whichever it does holds of the decision.
    That something can happen below such a row says only that its conditions allow it.

    Args:
        framework: The framework that decides.
        beside: Another model, to compare with: it has the same market, and its solver.
        given: The answers, if they depend on those of the other model.
        by_tick: Whether one simpler approach may be proved, and another not.
    """

    def __init__(
        self,
        framework: Framework,
        *,
        beside: "Model | None" = None,
        given: Given | None = None,
        by_tick: bool = False,
    ) -> None:
        self.solver: Any = beside.solver if beside else z3.Solver()
        self.given = given or open_given(framework, self.solver)
        market = beside.market if beside else open_market(framework, self.solver)
        super().__init__(framework, market, self.given.shown, by_tick=by_tick)
        for question in framework.questions:
            self._ask(question)
        for value in framework.computed:
            self.picked[value.id] = self.given.options[value.id]
        for fact in framework.facts:
            self.fact(fact.id)
        self._weigh_reasons()
        self.blockers = {
            row.id: self.holds(row.when, row.unless) for row in framework.blockers
        }
        self.blocked = self.named(any_of(self.blockers.values()))
        self._decide()
        self._read_literally()

    def find(self, *formulas: Formula) -> Example | None:
        """Return answers and a market for which the formulas hold; None if none are."""
        if self.solver.check(*formulas) == z3.unsat:
            return None
        return self.example(self.solver.model())

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
                if not is_true(found, formula)
            }
        return impossible

    def table(self, rows: Iterable[Row]) -> Table:
        """Return when each row of a table holds, and when it is the first to."""
        table = Table()
        for row in rows:
            earlier = any_of(table.rows.values())
            holds = self.holds(row.when, getattr(row, "unless", None))
            if isinstance(row, rules.VerdictRule) and row.measuring:
                holds = all_of((holds, self.worth_measuring(row)))
            name = self.named(holds)
            table.fires[row.id] = all_of((name, z3.Not(earlier)))
            table.rows[row.id] = name
        return table

    def worth_measuring(self, row: rules.VerdictRule) -> Formula:
        """Return when measuring is worth its while, which is left open."""
        return z3.FreshBool()

    def named(self, formula: Formula) -> Formula:
        """Return a Boolean that is true when the formula is; short to solve with."""
        named = z3.FreshBool()
        self.solver.add(named == formula)
        return named

    def fact(self, fact_id: str) -> Kleene:
        """Return when a fact holds; named, since many conditions read it."""
        if fact_id not in self.facts:
            kleene = super().fact(fact_id)
            self.facts[fact_id] = Kleene(self.named(kleene.true), kleene.false)
        return self.facts[fact_id]

    def example(self, found: Any) -> Example:
        """Return the answers and the market of a solution of the solver."""
        market = {
            fact.id: is_true(found, self.market[fact.id])
            if isinstance(fact.assumed, bool)
            else found.eval(self.market[fact.id], model_completion=True).as_long()
            for fact in self.framework.market
        }
        codes = picked_codes(self.framework, self.picked, found)
        shown = frozenset(q for q in self.shown if is_true(found, self.shown[q]))
        return Example(codes, market, shown & codes.keys())

    def _ask(self, question: Question) -> None:
        """Leave an answer out where its question does not apply."""
        given = self.given.options[question.id]
        if question.visible:
            applies = self.named(self.evaluate(question.visible.when).true)
            given = {o: self.named(all_of((f, applies))) for o, f in given.items()}
        self.picked[question.id] = given

    def _weigh_reasons(self) -> None:
        unproven_when = self.framework.unproven_when
        proved = z3.Not(self.true(unproven_when))
        for reason in self.framework.reasons:
            stays = z3.Not(self.true(reason.unless))
            made = all_of((stays, self.true(reason.when)))
            said = all_of((stays, self.true(reason.claimed_when)))
            measured = self.named(all_of((made, proved)))
            claimed = all_of((any_of((made, said)), z3.Not(measured)))
            self.reasons[reason.id] = {
                "measured": measured,
                "claimed": self.named(claimed),
                "absent": z3.Not(z3.Or(made, said)),
            }
            self.unproven[reason.id] = all_of((made, z3.Not(proved)))

    def _decide(self) -> None:
        """Decide the context layer, then the verdict."""
        framework = self.framework
        self.context = self.table(framework.context_rules)
        self.layers = {
            layer: any_of(
                self.context.fires[row.id]
                for row in framework.context_rules
                if row.layer == layer
            )
            for layer in get_args(rules.ContextLayer)
        }
        self.verdict_table = self.table(framework.verdict_rules)
        ways: dict[str, list[Formula]] = {v: [] for v in framework.verdicts}
        for rule in framework.verdict_rules:
            fires = self.verdict_table.fires[rule.id]
            if rule.verdict != "context_layer":
                ways[rule.verdict].append(fires)
                continue
            for layer in {row.layer for row in framework.context_rules}:
                ways[layer].append(all_of((fires, self.layers[layer])))
        self.verdicts = {verdict: any_of(given) for verdict, given in ways.items()}
        trained = get_args(rules.TrainedLayer)
        self.trained = any_of(self.verdicts[v] for v in trained if v in self.verdicts)

    def _read_literally(self) -> None:
        test = self.framework.literal_test
        literally = any_of(self.evaluate(part.when).true for part in test.conditions)
        self.disagree = z3.Xor(literally, self.trained)
        self.differences = self.table(test.differences)


def prove(framework: Framework, law: Callable[[Model], Formula]) -> Example | None:
    """Return None if a law holds for all answers and markets, or an example against it.

    Args:
        framework: The framework that decides.
        law: What must hold, as a formula over the parts of the model.
    """
    model = Model(framework)
    return model.find(z3.Not(law(model)))

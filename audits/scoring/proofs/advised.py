"""What goes with a verdict, as formulas; mirrors `advice`.

Import it only where z3 is installed.
"""

import z3

from audits.scoring.proofs.formulas import Formula, Kleene, any_of
from audits.scoring.proofs.model import Model, Table
from audits.scoring.proofs.reading import Reading


class Advised:
    """The tables after the verdict, over the answers of a model.

    `trains` tells when a model is trained, small parts included; `approved` when no
    gate is open then.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        framework = model.framework
        self.trains = any_of(
            model.verdicts[verdict]
            for verdict, words in framework.verdicts.items()
            if framework.families[words.family].trains
        )
        self.applies = {
            gate.id: model.true(gate.applies) if gate.applies else z3.BoolVal(True)
            for gate in framework.gates
        }
        self.met = {gate.id: model.true(gate.holds) for gate in framework.gates}
        self.open_gates = {
            gate: z3.And(self.trains, applies, z3.Not(self.met[gate]))
            for gate, applies in self.applies.items()
        }
        is_open = any_of(self.open_gates.values())
        self.subject_to = z3.And(self.trains, is_open)
        self.approved = z3.And(self.trains, z3.Not(is_open))

    def tables(self) -> tuple[tuple[str, Table, Formula], ...]:
        """Return each table with its place, and with when it is read at all."""
        model, framework = self.model, self.model.framework
        always = z3.BoolVal(True)
        moves = self._given("migrate")
        destinations = model.table(framework.destinations)
        retrains = any_of(
            destinations.fires[row.id] for row in framework.destinations if row.trains
        )
        has_model = z3.Or(self.trains, z3.And(moves, retrains))
        return (
            ("step_rules", model.table(framework.step_rules), always),
            ("training_kinds", model.table(framework.training_kinds), has_model),
            ("servings", model.table(framework.servings), has_model),
            ("destinations", destinations, moves),
            ("deadlines", model.table(framework.deadlines), self._said("{deadline}")),
            (
                "label_sources",
                model.table(framework.label_sources),
                self._said("{labels}"),
            ),
            ("interim", model.table(framework.interim), always),
            ("strengths", model.table(framework.strengths), always),
        )

    def claims(self) -> dict[str, Kleene]:
        """Return, for each reason, when it would hold and not hold if believed."""
        model = self.model
        at = Reading(model.framework, model.market, model.shown, believed=True)
        at.picked = model.picked
        found = {}
        for reason in model.framework.reasons:
            when, unless = at.evaluate(reason.when), at.true(reason.unless)
            holds = z3.And(when.true, z3.Not(unless))
            found[reason.id] = Kleene(holds, z3.Or(when.false, unless))
        return found

    def _given(self, verdict: str) -> Formula:
        return self.model.verdicts.get(verdict, z3.BoolVal(False))

    def _said(self, place: str) -> Formula:
        """Return when the verdict is one whose headline has this place to fill."""
        return any_of(
            self.model.verdicts[verdict]
            for verdict, words in self.model.framework.verdicts.items()
            if any(place in headline for headline in words.headlines.values())
        )

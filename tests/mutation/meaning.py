"""Whether a changed framework means the same: asked of the solver, over all answers.

Two frameworks mean the same if the decision and all that goes with it are alike for
every set of answers, every level of evidence and every market.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import z3

from audits.frameworks import loader, rules
from audits.frameworks.condition_places import conditions_of
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring.proofs.advised import Advised
from audits.scoring.proofs.formulas import Formula
from audits.scoring.proofs.model import Model

# Conditions that no formula of the decision or of its advice is made of.
READ_BESIDE = (
    *("questions", "experiments", "cautions", "literal_test", "question_order"),
    *("named", "groundwork", "split"),
)


class Meaning:
    """What a framework decides, to compare changed ones with."""

    def __init__(self, framework: Framework) -> None:
        self.questions = _questions(framework)
        self.model = _Model(framework, {})
        self.said = dict(_said(self.model))

    def is_that_of(self, changed: Framework) -> bool:
        """Return whether no answers tell a changed framework apart.

        What is changed in a question itself, such as its ticks, is no formula, so it is
        never the same.
        """
        if _questions(changed) != self.questions:
            return False
        solver = self.model.solver
        solver.push()
        said = dict(_said(_Model(changed, self.model.worth, beside=self.model)))
        if said.keys() != self.said.keys():
            raise AssertionError(said.keys() ^ self.said.keys())
        found = solver.check(z3.Or([z3.Xor(self.said[x], said[x]) for x in said]))
        solver.pop()
        return bool(found == z3.unsat)


def meaning_of(file: str) -> Meaning:
    """Return the meaning of a framework file as it is."""
    return Meaning(loader.load(Path(file)))


class _Model(Model):
    """A model that takes measuring to be worth its while where another one does.

    That asks what outcomes would be decided, so it is the same where all decisions are.
    """

    def __init__(
        self,
        framework: Framework,
        worth: dict[str, Formula],
        beside: Model | None = None,
    ) -> None:
        self.worth = worth
        given = beside.given if beside else None
        super().__init__(framework, beside=beside, given=given)

    def worth_measuring(self, row: rules.VerdictRule) -> Formula:
        return self.worth.setdefault(row.id, z3.FreshBool())


def _questions(framework: Framework) -> list[Question]:
    return [replace(question, visible=None) for question in framework.questions]


def _said(model: Model) -> Iterator[tuple[tuple[str, str], Formula]]:
    """Yield when each part of a decision and of its advice is so."""
    yield from ((("verdict", x), f) for x, f in model.verdict_table.fires.items())
    yield from ((("context", x), f) for x, f in model.context.fires.items())
    yield from ((("blocker", x), f) for x, f in model.blockers.items())
    for reason, stands in model.reasons.items():
        yield ("reason", reason), stands["measured"]
    advised = Advised(model)
    yield from ((("gate", x), f) for x, f in advised.open_gates.items())
    for table, rows, is_read in advised.tables():
        yield from (((table, x), z3.And(is_read, f)) for x, f in rows.fires.items())
    for reason, claim in advised.claims().items():
        yield ("claim", reason), claim.true
        yield ("no claim", reason), claim.false
    for place, condition in conditions_of(model.framework):
        if place.startswith(READ_BESIDE):
            yield ("condition", place), model.true(condition)

"""Whether a changed framework means the same: asked of the solver, over all answers.

Two frameworks mean the same if the decision and all that goes with it are alike for
every set of answers, every level of evidence and every market.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import z3

from audits.frameworks import rules
from audits.frameworks.condition_places import conditions_of
from audits.frameworks.loading import loader
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring.proofs.advised import Advised
from audits.scoring.proofs.formulas import Formula
from audits.scoring.proofs.model import Example, Model
from tests.mutation import showing

# Conditions that no formula of the decision or of its advice is made of.
READ_BESIDE = (
    *("questions", "experiments", "literal_test", "question_order", "named"),
    *("groundwork", "split"),
)


class Meaning:
    """What a framework decides, to compare changed ones with."""

    def __init__(self, framework: Framework) -> None:
        self.framework, self.questions = framework, _questions(framework)
        self.model = _Model(framework, {})
        self.said = dict(_said(self.model))

    def is_read_of(self, changed: Framework) -> bool:
        """Return whether all that is changed is in the formulas.

        What is changed in a question itself, such as its ticks, is not.
        """
        return _questions(changed) == self.questions

    def difference(self, changed: Framework) -> Example | None:
        """Return answers that tell a changed framework apart; None if none do.

        Where it can, it returns answers whose decision surely shows it: one that hangs
        neither on measuring nor on a condition that may not be read there.
        """
        solver = self.model.solver
        solver.push()
        said = dict(_said(_Model(changed, self.model.worth, beside=self.model)))
        if said.keys() != self.said.keys():
            raise AssertionError(said.keys() ^ self.said.keys())
        differs = {part: z3.Xor(self.said[part], said[part]) for part in said}
        shown = [x for part, x in differs.items() if not self._may_be_hidden(part)]
        example = self.model.find(z3.Or(shown)) or self.model.find(
            z3.Or(list(differs.values()))
        )
        solver.pop()
        return example

    def _may_be_hidden(self, part: tuple[str, str]) -> bool:
        kind, row = part
        ids = [rule.id for rule in self.framework.verdict_rules]
        measuring = [rule.id for rule in self.framework.verdict_rules if rule.measuring]
        return kind == "condition" or (
            kind == "verdict" and ids.index(row) >= ids.index(measuring[0])
        )

    def row(self, changed: Framework, example: Example) -> str:
        """Return a row of tests that shows the change, made of answers that do."""
        return showing.row(self.framework, changed, example)


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
        for words, ids in _rows_by_words(model.framework, table).items():
            fires = z3.Or([rows.fires[each] for each in ids])
            yield (table, words), z3.And(is_read, fires)
    for reason, claim in advised.claims().items():
        is_open = z3.Not(model.reasons[reason]["measured"])
        yield ("claim", reason), z3.And(is_open, claim.true)
        yield ("no claim", reason), z3.And(is_open, claim.false)
    for caution in model.framework.cautions:
        is_told = z3.Or([model.verdicts[verdict] for verdict in caution.verdicts])
        yield ("caution", caution.id), z3.And(is_told, model.true(caution.when))
    for place, condition in conditions_of(model.framework):
        if place.startswith(READ_BESIDE):
            yield ("condition", place), model.true(condition)


def _rows_by_words(framework: Framework, table: str) -> dict[str, list[str]]:
    """Return the rows of a table of advice that say the same, by what they say."""
    found: dict[str, list[str]] = {}
    for row in getattr(framework, table):
        words = f"{row.step} {row.headline}" if table == "step_rules" else row.id
        found.setdefault(words, []).append(row.id)
    return found

"""Answers, proofs and a market that are left open: the unknowns of the formulas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

import z3

from audits.frameworks import conditions as c
from audits.frameworks.condition_places import conditions_of
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Computed, Question
from audits.frameworks.schema import Framework
from audits.scoring.proofs.formulas import Formula

type Options = Mapping[str, Mapping[str, Formula]]


@dataclass(frozen=True, slots=True)
class Given:
    """Answers as they were given, before what does not apply is left out.

    `options` has a Boolean for each option of each question, `shown` one for each
    question whose answer some condition wants proved.
    """

    options: Options
    shown: Mapping[str, Formula]


def open_given(framework: Framework, solver: Any) -> Given:
    """Return answers of which nothing is known but that each fits its question."""
    options = {}
    for item in framework.answerable.values():
        options[item.id] = {option.id: z3.FreshBool() for option in item.options}
        most = item.most if takes_several(item) else 1
        if most < len(item.options):
            solver.add(z3.AtMost(*options[item.id].values(), most))
    return Given(options, {item: z3.FreshBool() for item in _proved(framework)})


def open_market(framework: Framework, solver: Any) -> dict[str, Formula]:
    """Return a market of which nothing is known but that no number is negative."""
    market = {}
    for fact in framework.market:
        if isinstance(fact.assumed, bool):
            market[fact.id] = z3.FreshBool()
        else:
            market[fact.id] = z3.FreshInt()
            solver.add(market[fact.id] >= 0)
    return market


def picked_codes(framework: Framework, options: Options, found: Any) -> dict[str, Code]:
    """Return the answers that a solution of the solver picks."""
    codes: dict[str, Code] = {}
    for item, each in options.items():
        picks = tuple(o for o in each if is_true(found, each[o]))
        several = takes_several(framework.answerable[item])
        if picks:
            codes[item] = picks if several else picks[0]
    return codes


def is_true(found: Any, formula: Formula) -> bool:
    """Return whether a solution of the solver makes a formula true."""
    return bool(z3.is_true(found.eval(formula, model_completion=True)))


def takes_several(item: Question | Computed) -> TypeGuard[Question]:
    """Return whether several options may be picked."""
    return isinstance(item, Question) and item.kind == "several"


def _proved(framework: Framework) -> Iterator[str]:
    found = {
        leaf.question: None
        for _, condition in conditions_of(framework)
        for leaf in c.leaves(condition)
        if isinstance(leaf, c.Proven)
    }
    yield from found

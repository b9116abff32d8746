"""The same use case twice: as it is, and with less known or something changed.

Each function returns a model beside another one; what changed is left open, so that
one proof is about every such change. Import it only where z3 is installed.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import z3

from audits.scoring.proofs.formulas import Formula, all_of, any_of
from audits.scoring.proofs.given import Given
from audits.scoring.proofs.model import Model


def forgetting(model: Model, questions: Iterable[str]) -> Model:
    """Return the use case with any number of these answers forgotten, or none.

    An answer is forgotten as it was given: that may hide other answers, or show them.
    """
    options = dict(model.given.options)
    for question in questions:
        kept = z3.FreshBool()
        options[question] = {
            option: z3.And(picked, kept) for option, picked in options[question].items()
        }
    return _beside(model, Given(options, model.given.shown))


def asserting(model: Model) -> Model:
    """Return the use case with any number of proofs taken away, or none."""
    shown = {q: z3.And(each, z3.FreshBool()) for q, each in model.given.shown.items()}
    return _beside(model, Given(model.given.options, shown))


def changing(
    model: Model,
    to: Mapping[str, Sequence[str]],
    but: Mapping[str, Sequence[str]],
) -> Model:
    """Return the use case with any number of answers changed, or none.

    Args:
        model: The use case as it is.
        to: The options that an answer may be changed to, by question.
        but: The options that are not changed, by question.
    """
    options = dict(model.given.options)
    for question, allowed in to.items():
        given = model.given.options[question]
        stays = any_of(given[option] for option in but.get(question, ()))
        chosen = {option: z3.FreshBool() for option in allowed}
        model.solver.add(z3.AtMost(*chosen.values(), 1))
        is_changed = z3.And(any_of(chosen.values()), z3.Not(stays))
        options[question] = {
            option: z3.If(is_changed, chosen.get(option, z3.BoolVal(False)), picked)
            for option, picked in given.items()
        }
    return _beside(model, Given(options, model.given.shown))


def blank(model: Model, questions: Iterable[str]) -> Formula:
    """Return when none of these questions was answered."""
    options = chain.from_iterable(model.given.options[q].values() for q in questions)
    return z3.Not(any_of(options))


def is_same(model: Model, other: Model, question: str) -> Formula:
    """Return when a question was answered in the same way in both."""
    there = other.given.options[question]
    options = model.given.options[question].items()
    return all_of(there[option] == picked for option, picked in options)


def _beside(model: Model, given: Given) -> Model:
    return Model(model.framework, beside=model, given=given)

"""Formulas of a solver (z3), and truth with a third value in them.

Import it only where z3 is installed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import z3

type Formula = Any  # a Boolean of z3, which has no types of its own


@dataclass(frozen=True, slots=True)
class Kleene:
    """When a condition is known to hold, and when it is known not to."""

    true: Formula
    false: Formula


def settled(holds: Formula) -> Kleene:
    """Return what is never unknown."""
    return Kleene(holds, z3.Not(holds))


def all_of(formulas: Iterable[Formula]) -> Formula:
    """Return when every formula is true."""
    return _joined(z3.Z3_mk_and, formulas)


def any_of(formulas: Iterable[Formula]) -> Formula:
    """Return when at least one formula is true."""
    return _joined(z3.Z3_mk_or, formulas)


def _joined(join: Callable[..., Any], formulas: Iterable[Formula]) -> Formula:
    """Join formulas as z3.And and z3.Or do, without looking first what each is."""
    each = list(formulas)
    parts = (z3.Ast * len(each))(*(formula.as_ast() for formula in each))
    context = z3.main_ctx()
    return z3.BoolRef(join(context.ref(), len(each), parts), context)

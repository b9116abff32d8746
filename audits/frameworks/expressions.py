"""Conditions as Python expressions, over a context `at` and the bits `seen` in it.

There are two of each: that it holds, and that it fails. While neither is true, nobody
knows. Every name and option in them is written by `repr`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from audits.frameworks import conditions as c
from audits.frameworks.answer_tests import ANSWER_TESTS

if TYPE_CHECKING:
    from audits.frameworks.schema import Framework


class Expressions:
    """The conditions of one framework as expressions."""

    def __init__(self, framework: "Framework") -> None:
        self._framework = framework

    def row_holds(self, when: c.Condition | None, unless: c.Condition | None) -> str:
        """Return that `when` holds, or is missing, and nothing known cancels it."""
        holds = "True" if when is None else self.holds(when)
        return holds if unless is None else f"({holds} and not {self.holds(unless)})"

    def row_fails(self, when: c.Condition | None, unless: c.Condition | None) -> str:
        """Return that `when` does not hold, or that something known cancels it."""
        fails = "False" if when is None else self.fails(when)
        return fails if unless is None else f"({fails} or {self.holds(unless)})"

    def holds(self, condition: c.Condition) -> str:
        """Return that a condition is known to hold."""
        match condition:
            case c.All():
                parts = Taken.apart(condition, self._framework)
                return _joined("and", _every(parts.holds), self.holds, parts.others)
            case c.Any():
                parts = Taken.apart(condition, self._framework)
                return _joined("or", _some(parts.holds), self.holds, parts.others)
            case c.Not(part):
                return self.fails(part)
            case c.FactHolds(fact_id):
                fact = self._framework.facts_by_id[fact_id]
                return self.row_holds(fact.when, fact.unless)
            case _:
                return self._leaf(condition, holds=True)

    def fails(self, condition: c.Condition) -> str:
        """Return that a condition is known not to hold."""
        match condition:
            case c.All():
                parts = Taken.apart(condition, self._framework)
                return _joined("or", _some(parts.fails), self.fails, parts.others)
            case c.Any():
                parts = Taken.apart(condition, self._framework)
                return _joined("and", _every(parts.fails), self.fails, parts.others)
            case c.Not(part):
                return self.holds(part)
            case c.FactHolds(fact_id):
                fact = self._framework.facts_by_id[fact_id]
                return self.row_fails(fact.when, fact.unless)
            case _:
                return self._leaf(condition, holds=False)

    def _leaf(self, leaf: c.Leaf, *, holds: bool) -> str:
        bits = _bits_of(leaf, self._framework)
        if bits is not None:
            return _some(bits[0] if holds else bits[1])
        said = _SAID[type(leaf)](leaf)
        return f"({said})" if holds else f"(not {said})"


# What a leaf says of a context, of those that are never unknown.
_SAID: Mapping[type[c.Condition], Callable[[Any], str]] = {
    c.Failed: lambda leaf: f"{leaf.way!r} in at.failed",
    c.MarketExists: lambda leaf: f"at.market[{leaf.market!r}] is {leaf.exists}",
    c.MarketReaches: lambda leaf: f"at.reaches({leaf.market!r}, {leaf.at_least})",
    c.ReasonStands: lambda leaf: f"at.reasons[{leaf.reason!r}] in {leaf.statuses!r}",
    c.AnyReason: lambda leaf: f"at.has_reason({leaf.standing!r})",
    c.OnlyReasons: lambda leaf: f"at.has_only_reasons({leaf.reasons!r})",
    c.Blocked: lambda leaf: f"at.blocked is {leaf.blocked}",
    c.ContextIs: lambda leaf: f"at.context_layer == {leaf.layer!r}",
    c.VerdictIs: lambda leaf: f"at.verdict == {leaf.verdict!r}",
}


# `all` of nothing holds, and `any` of nothing does not.
_OF_NOTHING = {"and": "True", "or": "False"}


def _every(bits: int) -> str:
    return f"seen & {bits} == {bits}" if bits else ""


def _some(bits: int) -> str:
    return f"seen & {bits}" if bits else ""


def _joined(
    word: str,
    tests: str,
    says: Callable[[c.Condition], str],
    others: Iterable[c.Condition],
) -> str:
    parts = [*filter(None, (tests, *map(says, others)))]
    return f"({f' {word} '.join(parts)})" if parts else _OF_NOTHING[word]


def _bits_of(condition: c.Condition, framework: "Framework") -> tuple[int, int] | None:
    """Return the bits that a test holds and that it does not; None if it is no test.

    That a test does not hold is one too.
    """
    match condition:
        case c.Not(part):
            bits = _bits_of(part, framework)
            return bits and (bits[1], bits[0])
        case _ if isinstance(condition, ANSWER_TESTS):
            return framework.answer_tests.bits(condition)
        case _:
            return None


def _parts_of(
    condition: c.All | c.Any, framework: "Framework"
) -> Iterator[c.Condition]:
    """Yield the parts of a condition, with those that are like it taken apart."""
    for each in condition.parts:
        part = _without_name(each, framework)
        if type(part) is type(condition):
            yield from _parts_of(part, framework)
        else:
            yield part


def _without_name(condition: c.Condition, framework: "Framework") -> c.Condition:
    """Return what a fact says, if nothing cancels it."""
    while isinstance(condition, c.FactHolds):
        fact = framework.facts_by_id[condition.fact]
        if fact.unless is not None:
            break
        condition = fact.when
    return condition


@dataclass(frozen=True, slots=True)
class Taken:
    """A condition over parts, taken apart: all its tests as bits, and the others."""

    holds: int
    fails: int
    others: tuple[c.Condition, ...]

    @classmethod
    def apart(cls, condition: c.All | c.Any, framework: "Framework") -> Self:
        """Take a condition apart."""
        holds = fails = 0
        others = []
        for part in _parts_of(condition, framework):
            bits = _bits_of(part, framework)
            if bits is None:
                others.append(part)
            else:
                holds, fails = holds | bits[0], fails | bits[1]
        return cls(holds, fails, tuple(others))

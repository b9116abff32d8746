"""What conditions read, by subject: answers, the market, and what was decided before.

A condition is known by its identity here: it lives as long as its framework.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import get_args

from audits.frameworks.conditions import (
    Condition,
    DecidedLeaf,
    FactHolds,
    Failed,
    Includes,
    Leaf,
    leaves,
    subject,
)
from audits.frameworks.rules import Fact, Failure

_DECIDED: tuple[type[Leaf], ...] = get_args(DecidedLeaf.__value__)


class Subjects:
    """What conditions read; facts are replaced by what they read."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        failure: Failure | None,
        conditions: Iterable[Condition],
    ) -> None:
        self._facts, self._failure = facts, failure
        self._conditions = conditions
        self._found: dict[int, dict[str, Leaf]] = {}

    def read_by(self, condition: Condition) -> Mapping[str, Leaf]:
        """Return what a condition reads, by subject: the first leaf of each."""
        found = self._found.get(id(condition))
        if found is None:
            found = self._found[id(condition)] = {}
            for leaf in self._walk(condition):
                found.setdefault(subject(leaf), leaf)
        return found

    @cached_property
    def kept(self) -> frozenset[int]:
        """The conditions that read answers and the market, and nothing decided.

        Their values can be kept until what they read changes.
        """
        return frozenset(map(id, self._kept))

    @cached_property
    def kept_on(self) -> Mapping[str, tuple[int, ...]]:
        """The kept conditions that read each subject."""
        return _turned({id(each): self.read_by(each) for each in self._kept})

    @cached_property
    def facts_on(self) -> Mapping[str, tuple[str, ...]]:
        """The facts that read each subject."""
        return _turned(
            {key: map(subject, self._of_row(fact)) for key, fact in self._facts.items()}
        )

    @cached_property
    def _kept(self) -> tuple[Condition, ...]:
        return tuple(
            condition
            for condition in self._conditions
            if not any(isinstance(leaf, _DECIDED) for leaf in self._walk(condition))
        )

    def _walk(self, condition: Condition | None) -> Iterator[Leaf]:
        for leaf in leaves(condition) if condition else ():
            if isinstance(leaf, FactHolds):
                yield from self._of_row(self._facts[leaf.fact])
            elif isinstance(leaf, Failed) and self._failure:
                yield Includes(self._failure.question, (leaf.way,))
                yield from self._walk(self._failure.when)
            else:
                yield leaf

    def _of_row(self, fact: Fact) -> Iterator[Leaf]:
        yield from self._walk(fact.when)
        yield from self._walk(fact.unless)


def _turned[Key](read_by: Mapping[Key, Iterable[str]]) -> Mapping[str, tuple[Key, ...]]:
    """Return by subject what reads it."""
    found: dict[str, dict[Key, None]] = {}
    for key, read in read_by.items():
        for each in read:
            found.setdefault(each, {})[key] = None
    return {each: tuple(keys) for each, keys in found.items()}

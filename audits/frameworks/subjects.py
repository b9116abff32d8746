"""What conditions read, by subject: answers, the market, and what was decided before.

A condition is known by its identity here: it lives as long as its framework.
"""

from collections.abc import Iterator, Mapping
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
    """What the conditions of one framework read, with facts taken apart.

    `_rows` are the conditions of rows, and single ones, by the identity of either.
    """

    def __init__(
        self,
        facts: Mapping[str, Fact],
        failure: Failure | None,
        rows: Mapping[int, tuple[Condition, ...]],
    ) -> None:
        self._facts, self._failure, self._rows = facts, failure, rows
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
    def kept(self) -> Mapping[int | str, frozenset[str]]:
        """Facts and rows that read answers and the market alone, with their subjects.

        Their values can be kept until one of these changes.
        """
        read: dict[int | str, tuple[Leaf, ...]] = {}
        for fact in self._facts.values():
            read[fact.id] = tuple(self._of_fact(fact))
        for key, row in self._rows.items():
            read[key] = tuple(
                leaf for condition in row for leaf in self._walk(condition)
            )
        return {
            key: frozenset(map(subject, found))
            for key, found in read.items()
            if not any(isinstance(leaf, _DECIDED) for leaf in found)
        }

    @cached_property
    def kept_on(self) -> Mapping[str, tuple[int | str, ...]]:
        """The same by subject: what reads it."""
        found: dict[str, list[int | str]] = {}
        for key, read in self.kept.items():
            for each in read:
                found.setdefault(each, []).append(key)
        return {each: tuple(keys) for each, keys in found.items()}

    def _walk(self, condition: Condition | None) -> Iterator[Leaf]:
        for leaf in leaves(condition) if condition else ():
            if isinstance(leaf, FactHolds):
                yield from self._of_fact(self._facts[leaf.fact])
            elif isinstance(leaf, Failed) and self._failure:
                yield Includes(self._failure.question, (leaf.way,))
                yield from self._walk(self._failure.when)
            else:
                yield leaf

    def _of_fact(self, fact: Fact) -> Iterator[Leaf]:
        yield from self._walk(fact.when)
        yield from self._walk(fact.unless)

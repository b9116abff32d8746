"""Whether a condition could hold if some questions were answered otherwise.

A chance never misses an answer with which a condition would hold. It may see one where
there is none: it forgets that conditions may read the same answer, and what cancels.
Conditions of the verdict table, which read what is decided, have none.
"""

from collections.abc import Callable, Set
from typing import TYPE_CHECKING

from audits.frameworks import conditions as c

if TYPE_CHECKING:
    from audits.frameworks.evaluation import EvaluationContext
    from audits.frameworks.schema import Framework

# Of answers, and of the questions that may be answered otherwise.
type Chance = Callable[[EvaluationContext, Set[str]], bool]


class Chances:
    """The chances of the conditions of one framework, each made once."""

    def __init__(self, framework: "Framework") -> None:
        self._framework = framework
        # By identity: a condition lives as long as its framework.
        self._made: dict[int, Chance] = {}

    def of(self, condition: c.Condition) -> Chance:
        """Return the chance of a condition."""
        made = self._made.get(id(condition))
        if made is None:
            made = self._made[id(condition)] = self._make(condition)
        return made

    def _make(self, condition: c.Condition) -> Chance:
        framework = self._framework
        read, subjects = framework.readers.of(condition), framework.subjects
        read_by = frozenset(subjects.read_by(condition))
        if_told = self._if_told(condition)

        def chance(at: "EvaluationContext", told: Set[str]) -> bool:
            if told.isdisjoint(read_by):
                return read(at) is True
            return if_told(at, told)

        return chance

    def _if_told(self, condition: c.Condition) -> Chance:
        match condition:
            case c.All(parts):
                return _all(tuple(map(self.of, parts)))
            case c.Any(parts):
                return _any(tuple(map(self.of, parts)))
            case c.FactHolds(fact):
                return self.of(self._framework.facts_by_id[fact].when)
            case _:
                return lambda _at, _told: True


def _all(parts: tuple[Chance, ...]) -> Chance:
    def chance(at: "EvaluationContext", told: Set[str]) -> bool:
        for part in parts:  # noqa: SIM110 - a third quicker than `all`
            if not part(at, told):
                return False
        return True

    return chance


def _any(parts: tuple[Chance, ...]) -> Chance:
    def chance(at: "EvaluationContext", told: Set[str]) -> bool:
        for part in parts:  # noqa: SIM110 - a third quicker than `any`
            if part(at, told):
                return True
        return False

    return chance

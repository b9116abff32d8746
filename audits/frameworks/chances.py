"""Whether a condition could hold if some questions were answered otherwise.

A chance never misses an answer with which a condition would hold. It may see one where
there is none: it forgets that conditions may read the same answer, and what cancels.
Conditions of the verdict table, which read what is decided, have none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from audits.frameworks import conditions as c
from audits.frameworks.expressions import Taken
from audits.frameworks.readers import Certain

if TYPE_CHECKING:
    from audits.frameworks.evaluation import EvaluationContext
    from audits.frameworks.schema import Framework

# Of answers, and of the bits of the questions that may be answered otherwise.
type Chance = Callable[[EvaluationContext, int], bool]


@dataclass(frozen=True, slots=True)
class ReasonChance:
    """A reason: whether it is measured, and whether it could be."""

    measured: Certain
    chance: Chance
    read_by: int

    def may_hold(self, at: "EvaluationContext", told: int) -> bool:
        """Return whether it is measured, or could be with other answers."""
        if self.measured(at):
            return True
        return bool(told & self.read_by) and self.chance(at, told)


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

    @cached_property
    def reasons(self) -> tuple[ReasonChance, ...]:
        """The reasons, in their order."""
        framework = self._framework
        return tuple(
            ReasonChance(
                measured,
                self.of(reason.when),
                framework.subjects.bits_read_by(reason.when, reason.unless),
            )
            for reason, measured in framework.readers.table(framework.reasons)
        )

    @cached_property
    def blockers(self) -> tuple[tuple[Certain, int], ...]:
        """What says that a blocker holds, with the bits of the answers it reads.

        Those that read what is decided before them are left out.
        """
        framework, subjects = self._framework, self._framework.subjects
        return tuple(
            (holds, subjects.bits_read_by(row.when, row.unless))
            for row, holds in framework.readers.table(framework.blockers)
            if not subjects.reads_decided(row.when, row.unless)
        )

    def _make(self, condition: c.Condition) -> Chance:
        match condition:
            case c.All():
                return self._all(condition)
            case c.Any():
                return self._any(condition)
            case _:
                return self._other(condition)

    def _all(self, condition: c.All) -> Chance:
        taken = Taken.apart(condition, self._framework)
        holds, others = taken.holds, tuple(map(self.of, taken.others))

        def chance(at: "EvaluationContext", told: int) -> bool:
            if (at.seen | told) & holds != holds:
                return False
            for part in others:  # noqa: SIM110 - a third quicker than `all`
                if not part(at, told):
                    return False
            return True

        return chance

    def _any(self, condition: c.Any) -> Chance:
        taken = Taken.apart(condition, self._framework)
        holds, others = taken.holds, tuple(map(self.of, taken.others))

        def chance(at: "EvaluationContext", told: int) -> bool:
            if (at.seen | told) & holds:
                return True
            for part in others:  # noqa: SIM110 - a third quicker than `any`
                if part(at, told):
                    return True
            return False

        return chance

    def _other(self, condition: c.Condition) -> Chance:
        """Return a chance that is certain as soon as some answer may be another."""
        framework = self._framework
        is_certain = framework.readers.certain(condition)
        read_by = framework.subjects.bits_read_by(condition)
        if isinstance(condition, c.FactHolds):
            when = framework.facts_by_id[condition.fact].when
            if_told = self.of(when) if when else None
        else:
            if_told = None

        def chance(at: "EvaluationContext", told: int) -> bool:
            if not told & read_by:
                return is_certain(at)
            return if_told is None or if_told(at, told)

        return chance

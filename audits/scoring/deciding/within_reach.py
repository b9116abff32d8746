"""Which reasons answers to some questions could make measured, whatever they are.

It never misses any that could be. It forgets that conditions may read the same answer,
and what cancels a reason. That is much quicker than trying, and most often none could.
"""

from collections.abc import Iterable, Set

from audits.frameworks import conditions as c
from audits.frameworks.evaluation import EvaluationContext, evaluate
from audits.frameworks.rules import Reason


class Reach:
    """What could hold, beside what does."""

    def __init__(self, at: EvaluationContext) -> None:
        self.at, self.framework = at, at.framework
        self._missing: dict[str, list[c.Condition]] = {}

    def of(self, reasons: Iterable[Reason], told: Set[str]) -> list[Reason]:
        """Return the reasons that could be measured.

        Args:
            reasons: Those to look at.
            told: The questions that may be answered otherwise, and those that these may
                show or hide.
        """
        return [
            reason
            for reason in reasons
            if all(self._could_hold(part, told) for part in self._lacks(reason))
        ]

    def _lacks(self, reason: Reason) -> list[c.Condition]:
        """Return the parts of a reason that do not hold."""
        found = self._missing.get(reason.id)
        if found is None:
            when = reason.when
            parts = when.parts if isinstance(when, c.All) else (when,)
            found = [part for part in parts if evaluate(part, self.at) is not True]
            self._missing[reason.id] = found
        return found

    def _could_hold(self, condition: c.Condition, told: Set[str]) -> bool:
        if told.isdisjoint(self.framework.subjects.of(condition)):
            return evaluate(condition, self.at) is True
        match condition:
            case c.All(parts):
                return all(self._could_hold(part, told) for part in parts)
            case c.Any(parts):
                return any(self._could_hold(part, told) for part in parts)
            case c.FactHolds(fact):
                return self._could_hold(self.framework.facts_by_id[fact].when, told)
            case _:
                return True

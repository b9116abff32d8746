"""Whether answers to some questions could make a condition hold."""

from collections.abc import Set

from audits.frameworks import conditions as c
from audits.frameworks.evaluation import EvaluationContext, evaluate


def could_hold(condition: c.Condition, at: EvaluationContext, told: Set[str]) -> bool:
    """Return whether some answers to the questions told could make a condition hold.

    It never misses any; it forgets that conditions may read the same answer.

    Args:
        condition: What is to hold.
        at: The answers that count.
        told: The questions that may be answered otherwise, with those that they show
            or hide.
    """
    if told.isdisjoint(at.framework.read_by(condition)):
        return evaluate(condition, at) is True
    match condition:
        case c.All(parts):
            return all(could_hold(part, at, told) for part in parts)
        case c.Any(parts):
            return any(could_hold(part, at, told) for part in parts)
        case c.FactHolds(fact):
            return could_hold(at.framework.facts_by_id[fact].when, at, told)
        case _:
            return True

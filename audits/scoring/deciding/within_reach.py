"""Whether answers to some questions could lead to training, whatever they are.

It never misses any that could, and it is much quicker than trying: most often none can.
"""

from collections.abc import Sequence, Set

from audits.frameworks.evaluation import EvaluationContext
from audits.frameworks.rules import Reason


def within_reach(
    reasons: Sequence[Reason], at: EvaluationContext, told: Set[str]
) -> Sequence[Reason] | None:
    """Return the reasons that could be measured; None if nothing could train.

    Args:
        reasons: Those that matter.
        at: The answers.
        told: The questions that may be answered otherwise, and those that these may
            show or hide.
    """
    framework, chance_of = at.framework, at.framework.chances.of
    if framework.needs_no_blocker and _stays_blocked(at, told):
        return None
    found = [reason for reason in reasons if chance_of(reason.when)(at, told)]
    return found if found or not framework.needs_reason else None


def _stays_blocked(at: EvaluationContext, told: Set[str]) -> bool:
    read_by = at.framework.subjects.kept
    return any(
        holds(at) and told.isdisjoint(read_by[id(blocker)])
        for blocker, holds in at.framework.readers.table(at.framework.blockers)
        if id(blocker) in read_by
    )

"""Whether answers to some questions could lead to training, whatever they are.

It never misses any that could, and it is much quicker than trying: most often none can.
"""

from collections.abc import Sequence, Set

from audits.frameworks.evaluation import EvaluationContext
from audits.frameworks.readers import Reader
from audits.frameworks.rules import Reason

type Reasons = Sequence[tuple[Reason, Reader]]


def within_reach(
    reasons: Reasons, at: EvaluationContext, told: Set[str]
) -> Reasons | None:
    """Return the reasons that could be measured; None if nothing could train.

    Args:
        reasons: Those that matter, with how they are read.
        at: The answers.
        told: The questions that may be answered otherwise, and those that these may
            show or hide.
    """
    framework = at.framework
    if framework.needs_no_blocker and _stays_blocked(at, told):
        return None
    found = [
        (reason, measured)
        for reason, measured in reasons
        if measured(at) or _could_be_measured(reason, at, told)
    ]
    return found if found or not framework.needs_reason else None


def may_train(at: EvaluationContext) -> bool:
    """Return whether these answers, none of them open, could train a model."""
    framework = at.framework
    if framework.needs_no_blocker and _stays_blocked(at, frozenset()):
        return False
    if not framework.needs_reason:
        return True
    for _, measured in framework.readers.table(framework.reasons):
        if measured(at):
            return True
    return False


def _could_be_measured(reason: Reason, at: EvaluationContext, told: Set[str]) -> bool:
    framework = at.framework
    if told.isdisjoint(framework.subjects.kept[id(reason)]):
        return False
    return framework.chances.of(reason.when)(at, told)


def _stays_blocked(at: EvaluationContext, told: Set[str]) -> bool:
    read_by = at.framework.subjects.kept
    return any(
        blocks(at) and told.isdisjoint(read_by[id(blocker)])
        for blocker, blocks in at.framework.readers.table(at.framework.blockers)
        if id(blocker) in read_by
    )

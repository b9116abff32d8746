"""Whether answers to some questions could lead to training, whatever they are.

It never misses any that could, and it is much quicker than trying: most often none can.
"""

from collections.abc import Sequence

from audits.frameworks.chances import ReasonChance
from audits.frameworks.evaluation import EvaluationContext

type Reasons = Sequence[ReasonChance]


def within_reach(reasons: Reasons, at: EvaluationContext, told: int) -> Reasons | None:
    """Return the reasons that could be measured; None if nothing could train.

    Args:
        reasons: Those that matter.
        at: The answers.
        told: The bits of the questions that may be answered otherwise, and of those
            that these may show or hide.
    """
    framework = at.framework
    if framework.needs_no_blocker and _stays_blocked(at, told):
        return None
    found = [reason for reason in reasons if reason.may_hold(at, told)]
    return found if found or not framework.needs_reason else None


def may_train(at: EvaluationContext) -> bool:
    """Return whether these answers, none of them open, could train a model."""
    return within_reach(at.framework.chances.reasons, at, 0) is not None


def _stays_blocked(at: EvaluationContext, told: int) -> bool:
    blockers = at.framework.chances.blockers
    return any(holds(at) and not told & read_by for holds, read_by in blockers)

"""The approach that scored best, where it serves though it misses the target."""

from dataclasses import dataclass

from audits.frameworks.schema import Framework
from audits.scoring.deciding.decision import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class BestTested:
    """What scored best: its id among the approaches, how it is paid for, its words.

    What has no price of its own, such as a stronger model, has an empty `way`.
    """

    id: str
    way: str
    says: str


def best_tested(framework: Framework, decision: Decision) -> BestTested | None:
    """Return what scored best, where the context layer is that; None elsewhere.

    Args:
        framework: The framework of the decision.
        decision: What was decided.
    """
    best, failure = decision.under.best, framework.failure
    if best is None or failure is None or not decision.context_rule.instead:
        return None
    option = framework.question_by_id[failure.question].option(best)
    if option is None or best not in failure.instead:
        return None
    way = next(iter(option.tests), "")
    return BestTested(id=best, way=way, says=failure.instead[best])

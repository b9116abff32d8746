"""What a result page reads several times, worked out once."""

from functools import lru_cache
from typing import TYPE_CHECKING

from audits.scoring.money import of_assessment
from audits.scoring.money.words import Money
from audits.scoring.summary import plan, to_training

if TYPE_CHECKING:
    from audits.results.explained import Explained


@lru_cache(maxsize=1)
def plan_of(explained: "Explained") -> plan.Plan:
    """Return the steps."""
    found = plan.plan_of(explained.framework, explained.assessment, explained.inputs)
    return found.once_tested(explained.tested_since)


@lru_cache(maxsize=1)
def to_training_of(explained: "Explained") -> to_training.ToTraining | None:
    """Return the fewest answers that lead to training."""
    return to_training.to_training(explained.framework, explained.assessment)


# The head of a page reads it, too, which is drawn each time.
@lru_cache(maxsize=32)
def money_of(explained: "Explained") -> Money | None:
    """Return the money behind the verdict."""
    return of_assessment.money_of(explained.assessment, explained.plan_state)

"""What was ticked as tested beside results, without one, as every reader is told."""

from collections.abc import Iterator

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.summary.tried_by_hand import tried_of


def ticked(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield what people say was tested, where results show other approaches.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    tried = tried_of(assessment)
    if tried is None or not tried.by_hand or tried.level != "asserted":
        return
    words = framework.words(TRIED, {TRIED: tried.by_hand})
    are, they = ("are", "they count") if len(tried.by_hand) > 1 else ("is", "it counts")
    label = framework.question_by_id[TRIED].label
    yield f"“{label}”: {words} {are} ticked, without a result: {they} as asserted."

"""What was ticked as tested beside results, without one, as every reader is told."""

from collections.abc import Iterator

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.by_hand import TRIED, lacking
from audits.scoring.summary.found.tried_by_hand import tried_of


def ticked(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield what people say was tested, where results show other approaches.

    Where a result of it was typed that does not count, that says what it lacks.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    tried, found = tried_of(assessment), assessment.candidates
    if tried is None or not tried.by_hand or tried.level != "asserted":
        return
    label, bare = framework.question_by_id[TRIED].label, list[str]()
    for tick in tried.by_hand:
        words = framework.words(TRIED, {TRIED: (tick,)})
        if lacks := lacking(found.rows if found else (), tick):
            yield f"“{label}”: the typed result of {words} does not count yet: {lacks}."
        else:
            bare.append(tick)
    if bare:
        named = (framework.words(TRIED, {TRIED: (tick,)}) for tick in bare)
        words = ", ".join(f"“{each}”" for each in named)
        they = "they count" if len(bare) > 1 else "it counts"
        yield f"“{label}”: no result shows {words}, so {they} as asserted."

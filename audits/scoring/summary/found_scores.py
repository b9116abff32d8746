"""The score behind the answers that a row of page 1 names."""

from collections.abc import Collection

from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.words import score_of
from audits.scoring.summary.results.counted_twice import in_few_words

_GAP, _KEPT = "quality_gap", "passed"


def score_behind(assessment: Assessment, named: Collection[str]) -> str:
    """Return the score behind answers, if a single candidate has it.

    That there is no gap is said with the score of the candidate to keep, which meets
    the target, and not with the best score. The candidate's other results follow it.
    """
    told = [x for x in assessment.from_candidates if x.question in named]
    if not any(map(score_of, told)):
        return ""
    if any(each.question == _GAP for each in told):
        kept = (x for x in assessment.from_candidates if x.question == _KEPT)
        told = [*kept, *told]
    first, (inputs, _) = next(filter(score_of, told)), given_to(assessment)
    rows = inputs.answered.behind.get(first.question, ())
    others = in_few_words(inputs, rows[0]) if rows else ""
    return "; ".join(filter(None, (score_of(first), others)))

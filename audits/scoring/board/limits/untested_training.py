"""That no trained model was tested, where money leads to training."""

from audits.frameworks.schema import Family
from audits.scoring.explaining.assessment import Assessment

_TRAINS: frozenset[Family | None] = frozenset(("tune", "distil", "part"))
# Answers to how a trained model scored, by question.
_SCORES = {
    "trial": ("meets", "closer", "no_better"),
    "incumbent": ("meets", "misses", "beaten", "outdated"),
}


def untested_training(assessment: Assessment) -> str:
    """Say that nobody knows how a trained model would do; empty if one was tested.

    Only where the verdict is to train, now or later: else no money leads there.

    Args:
        assessment: What was decided.
    """
    codes, found = assessment.codes, assessment.candidates
    if assessment.family not in _TRAINS:
        return ""
    if any(codes.get(question) in told for question, told in _SCORES.items()):
        return ""
    rows = found.rows if found else ()
    trained = (x for x in rows if x.kind in ("tuned", "live") and not x.is_removed)
    if found and any(not found.why_not(x, codes) for x in trained):
        return ""
    if found and found.target:
        reach = f"reach {float(found.target) * 100:g} of 100"
    else:
        reach = "do better"
    return f"No trained model was tested; none is known to {reach}."

"""How well the reasons and the test of a decision in a pack are known."""

from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.explaining.grades.strength import NO_FILE
from audits.scoring.summary.why_rows import why_rows

# The weakest first.
_LEVELS = ("asserted", "documented", "measured")


def evidence_of(framework: Framework, assessment: Assessment) -> str:
    """Return how well the weakest reason of page 1 is known; see Asked."""
    rows = why_rows(framework, assessment)
    if any(row.level is None and row.rests_on_answers for row in rows):
        return "open"
    return min((x.level for x in rows if x.level), key=_LEVELS.index, default="")


def is_by_hand(assessment: Assessment) -> bool:
    """Return whether a test is only told: no results file shows one."""
    advice = assessment.advice
    return advice is not None and advice.strength.says.endswith(NO_FILE)

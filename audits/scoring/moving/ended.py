"""Results of a model that ends, which no more cases are worth running on."""

from dataclasses import replace

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.answers import Answered

_KNOWN = "simple"


def without_ended(assessment: Assessment, found: Answered) -> Answered:
    """Return what candidates answer, without a live model that something replaces.

    It ends, whatever more of its cases would show, and what it gives way to is known.

    Args:
        assessment: What was decided.
        found: What candidates answer.
    """
    to = assessment.advice.destination if assessment.advice else None
    if to is None or to.id != _KNOWN:
        return found
    behind = {
        question: rows
        for question, rows in found.behind.items()
        if all(row.kind != "live" for row in rows)
    }
    return replace(found, behind=behind)

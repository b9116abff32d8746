"""What a finding says of a small gap that is one of over 5 points."""

from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.marks.small_gaps import over_five_points

GAP, _SMALL = "quality_gap", "small"


def gap_found(assessment: Assessment) -> str:
    """Return it with its points and cases; empty if it is no such gap.

    The words of a framework call every small gap one of up to 5 points.
    """
    told = (x.because for x in assessment.from_candidates if x.question == GAP)
    return over_five_points(next(told, ""))


def with_gap_told(framework: Framework, assessment: Assessment) -> Assessment:
    """Return an assessment whose reasons say the points of such a gap.

    Args:
        framework: The framework of the assessment, which has the words.
        assessment: What was decided, with what candidates answer.
    """
    words, found = framework.findings.get(GAP), gap_found(assessment)
    if not found or words is None or _SMALL not in words.answers:
        return assessment
    plain = words.answers[_SMALL]
    pairs = ((plain, found), (plain.capitalize(), found.capitalize()))

    def told(because: str) -> str:
        for before, after in pairs:
            because = because.replace(before, after)
        return because

    reasons = (
        replace(each, because=told(each.because)) for each in assessment.trace.reasons
    )
    trace = replace(assessment.trace, reasons=tuple(reasons))
    return replace(assessment, trace=trace)

"""Why a verdict is so, beside what the page says of the tests above it."""

from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.summary.why import WhyLine, why_lines


def why_told(
    framework: Framework, assessment: Assessment, above: str
) -> tuple[WhyLine, ...]:
    """Return the conditions that decided, three at most.

    A row whose weakest proof is another answer says no score that is said `above`.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        above: What the page says of the best result; may be empty.
    """
    lines = why_lines(framework, assessment)
    return tuple(
        replace(line, basis="") if line.row.better and _is_in(above, line) else line
        for line in lines
    )


def _is_in(above: str, line: WhyLine) -> bool:
    score = line.basis.partition(", ")[0]
    return bool(score) and score in above

"""The conditions that decided as page 1 of a paper and its file have them."""

from dataclasses import replace
from itertools import islice

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.summary.found.found import Found
from audits.scoring.summary.why import LINES, deciding_conditions


def why_rows(framework: Framework, assessment: Assessment) -> tuple[Found, ...]:
    """Return the first three for page 1 of a paper, each score once.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    said: list[str] = []
    rows: list[Found] = []
    for row in islice(deciding_conditions(framework, assessment), LINES):
        rows.append(replace(row, score="" if row.score in said else row.score))
        said.append(row.score)
    return tuple(rows)

"""That two results were run on other cases, so that nothing compares them."""

from collections.abc import Iterator

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.deciding.apart import shared_by
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.words import name_of


def cases_apart(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield which two results answer a question no more, since their cases differ.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    if assessment.candidates is None:
        return
    inputs, _ = given_to(assessment)
    for question, rows in inputs.answered.apart.items():
        if any(inputs.candidates.why_not(row, inputs.codes) for row in rows):
            continue
        names = " and ".join(f"“{name_of(row)}”" for row in rows)
        label = framework.question_by_id[question].label
        yield (
            f"{cases_shared(shared_by(*rows) or 0)} run by both {names}, so these "
            f"results do not answer “{label}”."
        )


def cases_shared(cases: int) -> str:
    """Return how few cases two results have in common, as the start of a sentence.

    >>> [cases_shared(number) for number in (0, 1, 10)]
    ['No case was', 'Only 1 case was', 'Only 10 cases were']
    """
    if not cases:
        return "No case was"
    return f"Only {cases:,} case{'s were' if cases > 1 else ' was'}"

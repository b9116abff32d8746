"""What of a case nobody has found out, in words that its own answers have."""

from audits.frameworks.schema import Framework
from audits.scoring.explaining.advice_rows import in_a_row, lower_first
from audits.scoring.explaining.assessment import Assessment

_NOBODY = "nobody "
# What a board asks for first: whether those who know the job agree on what is right.
_FIRST = "example_quality"
_NAMED = 2  # questions without an answer


def real_unknown(framework: Framework, assessment: Assessment) -> str:
    """Say what nobody has checked, measured or asked; empty if nothing is open so.

    Args:
        framework: The framework, which has the words of each answer.
        assessment: What was decided.
    """
    found = []
    for question in framework.questions:
        code, words = (
            assessment.codes.get(question.id),
            framework.findings.get(question.id),
        )
        option = question.option(code) if isinstance(code, str) else None
        said = words.answers.get(str(code), "") if words else ""
        if option and option.not_yet and said.startswith(_NOBODY):
            found.append((question.id != _FIRST, said))
    if not found:
        # Those that can change the verdict are named with the evidence.
        told = {each.label for each in assessment.open_questions}
        labels = [x.label for x in assessment.unknowns if x.label not in told]
        more = f" and {len(labels) - _NAMED} more (A6)" if len(labels) > _NAMED else ""
        return (
            f"Not answered: {lower_first(in_a_row(labels[:_NAMED]))}{more}."
            if labels
            else ""
        )
    said = min(found, key=lambda each: each[0])[1]
    return f"{said[:1].upper()}{said[1:]}."

"""What a tuned model gives way to, in the decision to move off it."""

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.explain import instead

_OFF, _KNOWN = " off the tuned model ", "simple"


def with_successor(words: str, framework: Framework, assessment: Assessment) -> str:
    """Return a decision that names what to move to, where a test has settled that.

    Args:
        words: What the decision asks for.
        framework: The framework, which has the words.
        assessment: What was decided.
    """
    found = assessment.advice.destination if assessment.advice else None
    if assessment.prerequisite or found is None or found.id != _KNOWN:
        return words
    return words.replace(_OFF, f"{_OFF}to {instead(framework, assessment)} ", 1)

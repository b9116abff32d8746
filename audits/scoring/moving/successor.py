"""What a tuned model gives way to, in the decision to move off it."""

from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.explain import instead
from audits.scoring.money.words import Money

_OFF, _KNOWN = " off the tuned model ", "simple"


def with_successor(
    words: str, framework: Framework, assessment: Assessment, money: Money | None
) -> str:
    """Return a decision that names what to move to, where a test has settled that.

    The name that tables of amounts have for it goes with it, if that is another.

    Args:
        words: What the decision asks for.
        framework: The framework, which has the words.
        assessment: What was decided.
        money: The money behind it; None without a price.
    """
    found = assessment.advice.destination if assessment.advice else None
    if assessment.prerequisite or found is None or found.id != _KNOWN:
        return words
    to, row = instead(framework, assessment), money.recommended if money else None
    name = SHORT_NAMES[row.technique] if row else ""
    called = f" (“{name}”)" if name and name.lower() not in to.lower() else ""
    return words.replace(_OFF, f"{_OFF}to {to}{called} ", 1)

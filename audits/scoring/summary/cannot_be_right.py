"""What cannot all be right of an assessment, for everybody who reads its money."""

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.numbers.contradictions import contradictions


def cannot_be_right(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return what a price may be wrong by, in sentences.

    A number that is not counted changes no price, and is told where it is entered.

    Args:
        framework: The framework the answers were given to.
        assessment: An assessment; without a market, nothing is compared.
    """
    if assessment.on is None:
        return ()
    found = contradictions(
        framework, assessment.codes, assessment.numbers, assessment.on
    )
    return tuple(each.text for each in found if each.is_priced)

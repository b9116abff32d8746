"""What cannot all be right of an assessment, for everybody who reads its money."""

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.numbers.contradictions import CORRECT, behind_prices


def cannot_be_right(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return what a price may be wrong by, in sentences.

    A number that is not counted changes no price, and is told where it is entered.

    Args:
        framework: The framework the answers were given to.
        assessment: An assessment; without a market, nothing is compared.
    """
    if assessment.on is None:
        return ()
    given = assessment.codes, assessment.numbers
    found = behind_prices(framework, *given, assessment.on)
    return tuple(each.text for each in found)


def in_one_line(framework: Framework, assessment: Assessment) -> str:
    """Return the first of that, and how many more there are; empty if all can be right.

    The place says that it has to be corrected.

    For its arguments, see `cannot_be_right`.
    """
    found = cannot_be_right(framework, assessment)
    more = f"And {len(found) - 1} more." if len(found) > 1 else ""
    first = found[0].replace(f" {CORRECT}", "") if found else ""
    return f"{first} {more}".rstrip()

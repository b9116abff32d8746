"""What is known, and what is not, of the owner whom a sum is to fund."""

from audits.frameworks.schema import Framework
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.measuring import share_of_engineer
from audits.scoring.money.words import Money

_OWNER = "team"
_FUNDED = "dedicated"


def owner_funded(assessment: Assessment, money: Money | None) -> str:
    """Say which share of an engineer a sum pays as owner; may be empty.

    Args:
        assessment: What was decided.
        money: The money behind it; None without a price.
    """
    if money is None or money.kind != "fund" or money.people is None:
        return ""
    share = share_of_engineer(assessment)
    if share is None:
        return ""
    amount = f"${written(money.people.expected)}"
    assumed = ", assumed" if money.people.is_assumed else ""
    return f"{amount} pays {float(share * 100):.3g}% of an engineer{assumed}."


def owner_unknown(
    framework: Framework, assessment: Assessment, money: Money | None
) -> str:
    """Say that nobody is named as that owner, and that a hire is not ruled out.

    Empty where an engineer is named, or where the sum funds none.

    Args:
        framework: The framework, which has the words of the answer.
        assessment: What was decided.
        money: The money behind it; None without a price.
    """
    if not owner_funded(assessment, money) or _OWNER not in framework.question_by_id:
        return ""
    code = assessment.codes.get(_OWNER)
    if code == _FUNDED:
        return ""
    return "No model owner is named; hired or on the payroll is not known."

"""The prompt on another model that a decision names beside what it asks for."""

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Price
from audits.scoring.untested import on_replacement


def named_replacement(
    assessment: Assessment, money: Money | None
) -> tuple[str, Price] | None:
    """Return the prompt on a replacement that a decision names, with its price.

    None where it names none, or a technique, which the table of all has.
    """
    found = assessment.costs.replacement if assessment.costs else None
    named = money.as_untested if money else None
    if found is None or named is None or named[0] != on_replacement(found):
        return None
    return named[0], found.price

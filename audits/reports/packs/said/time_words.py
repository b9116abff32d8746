"""Which part of a plan that ends, and of what replaces it, is engineers’ time."""

from decimal import Decimal

from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.sums.month_parts import upkeep_of


def peoples_time(assessment: Assessment, money: Money | None) -> str:
    """Say which part of a plan that ends, and of what replaces it, is engineers’ time.

    The rest is billed. Empty where it is not known of both.

    Args:
        assessment: The assessment, with its numbers.
        money: The money behind it; None where none is known.
    """
    ends = money.today if money else None
    if money is None or ends is None:
        return ""
    said = [
        f"${written(people)} of the ${written(row.month_told)} a month {which}"
        for row, which in ((ends, "that end"), (money.chosen, "instead"))
        if (people := upkeep_of(assessment, row.technique)) is not None
        and people <= row.month_told
    ]
    if len(said) < len((ends, money.chosen)):
        return ""
    paid = ends.calendar.one_offs
    days = sum((x.amount for x in paid if x.is_work), Decimal(0))
    part = f"${written(days)} of the" if days < ends.once else "all"
    once = f", and {part} ${written(ends.once)} paid once"
    return f"{' and '.join(said)}{once if days else ''}"

"""The amounts of an exported assessment as pages and papers print them.

The assessment has what was computed, with its cents. A page rounds each amount once and
adds up the rounded ones (docs/decisions/0051), so its sums differ by a few dollars.
"""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.rows import row_of
from audits.scoring.pricing.cost_plan import Band, Price

NAME = "as_printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAmounts:
    """What a technique costs in US dollars, each amount rounded as pages print it.

    `month` is a running month on the day of pricing, or at the next prices where those
    of that day end within a week. `at_start` is paid once before it
    runs: it is the rounded `one_off` of the assessment. `once` is all that is paid once
    within the 12 months, later training included, as pages call “one-off”. `year` is
    the sum of the 12 rounded months, `once` included.
    """

    technique: PricedTechnique
    month: Band
    at_start: Decimal
    once: Decimal
    year: Band


def printed_amounts(assessment: Assessment) -> tuple[PrintedAmounts, ...]:
    """Return the printed amounts of each technique that has a price."""
    plan = assessment.costs.plan if assessment.costs else None
    techniques = plan.techniques if plan else ()
    return tuple(_of(x.technique, x.price) for x in techniques if x.price)


def _of(technique: PricedTechnique, price: Price) -> PrintedAmounts:
    calendar = price.calendar.as_printed
    return PrintedAmounts(
        technique=technique,
        month=row_of(technique, price, ("compared",), "running").told,
        at_start=calendar.at_start,
        once=calendar.once,
        year=price.year_as_printed,
    )

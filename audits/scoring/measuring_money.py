"""What it costs to measure first: the hours, and their price where one is known."""

from dataclasses import dataclass
from decimal import Decimal

from audits.landscape.catalogue import catalogue
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.pricing.cost_plan import Band

HOURS_A_DAY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuringCost:
    """Working hours of measurements, and a day's price in US dollars; None if unknown.

    `is_given` says that the team gave the price; else it is the usual one of the
    landscape, from `day.low` to `day.high`.
    """

    hours: int
    day: Band | None
    is_given: bool

    @property
    def amount(self) -> Band | None:
        """Dollars for all hours, rounded as pages print them."""
        if self.day is None:
            return None
        days = Decimal(self.hours) / HOURS_A_DAY
        low, expected, high = self.day.low, self.day.expected, self.day.high
        return Band(
            low=low * days, expected=expected * days, high=high * days
        ).as_printed

    @property
    def words(self) -> str:
        """The price in a sentence; empty if it is not known."""
        if self.day is None or self.amount is None:
            return ""
        price = written(as_printed(self.day.expected))
        whose = "" if self.is_given else ", an assumption"
        return (
            f"About ${written(self.amount.expected)}, at ${price} for a day of "
            f"{HOURS_A_DAY} hours{whose}."
        )


def measuring_cost(assessment: Assessment) -> MeasuringCost | None:
    """Return what the measurements before a decision cost; None if there are none.

    Args:
        assessment: The assessment. An hour has a price if the team gave that of an
            engineer's day, or if its use case is priced at all.
    """
    plan = assessment.measurements
    if plan is None:
        return None
    given = assessment.numbers.get("engineer_day")
    day = None
    if given:
        day = Band(low=Decimal(given), expected=Decimal(given), high=Decimal(given))
    elif assessment.costs:
        usual = catalogue(assessment.costs.plan.on).landscape.assumptions
        found = usual["engineer_day"]
        day = Band(low=found.low, expected=found.expected, high=found.high)
    return MeasuringCost(hours=plan.hours, day=day, is_given=bool(given))

"""What people cost: hours of measuring first, and those who run a trained model."""

from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from audits.landscape.catalogue import catalogue
from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.numbers.currency import converted
from audits.scoring.pricing.cost_plan import Band

HOURS_A_DAY = 8
# What people who run a trained model cost is a share of one, and a year of one.
_OF_PEOPLE = ("mlops_share_trained", "fte_cost")


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
        whose = "" if self.is_given else " (assumed)"
        return (
            f"About ${written(self.amount.expected)}, at ${price} for a day of "
            f"{HOURS_A_DAY} hours{whose}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleCost(Band):
    """What the people who run a trained model cost in 12 months, in US dollars.

    `is_assumed` says that the team gave neither number behind it.
    """

    is_assumed: bool

    @property
    def month(self) -> Decimal:
        """Dollars of a month, as pages print it."""
        return as_printed(self.expected / YEAR_MONTHS)


def measuring_cost(assessment: Assessment) -> MeasuringCost | None:
    """Return what the measurements before a decision cost; None if there are none.

    Args:
        assessment: The assessment. An hour has a price if the team gave that of an
            engineer's day, or if its use case is priced at all.
    """
    plan = assessment.measurements
    if plan is None:
        return None
    return MeasuringCost(
        hours=plan.hours,
        day=_number(assessment, "engineer_day"),
        is_given="engineer_day" in assessment.numbers,
    )


def people_cost(assessment: Assessment) -> PeopleCost | None:
    """Return what the people who run a trained model cost in 12 months.

    A share of an engineer, at the price of an engineer year. Their spans add like
    independent errors. None if no price is known.
    """
    share, year = (_number(assessment, name) for name in _OF_PEOPLE)
    if share is None or year is None:
        return None
    expected = share.expected * year.expected
    below, above = (
        sum(
            (
                (end_of(share) * year.expected - expected) ** 2,
                (share.expected * end_of(year) - expected) ** 2,
            ),
            Decimal(0),
        ).sqrt()
        for end_of in (attrgetter("low"), attrgetter("high"))
    )
    return PeopleCost(
        low=as_printed(expected - below),
        expected=as_printed(expected),
        high=as_printed(expected + above),
        is_assumed=assessment.numbers.keys().isdisjoint(_OF_PEOPLE),
    )


def _number(assessment: Assessment, name: str) -> Band | None:
    """Return a number that the team gave, or the usual one if prices are known."""
    given = converted(assessment.numbers, assessment.entered_in).get(name)
    if given:
        return Band(low=Decimal(given), expected=Decimal(given), high=Decimal(given))
    if assessment.costs is None:
        return None
    found = catalogue(assessment.costs.plan.on).landscape.assumptions[name]
    return Band(low=found.low, expected=found.expected, high=found.high)

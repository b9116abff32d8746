"""What people cost: measuring first, setting up practices, running a trained model."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import attrgetter, mul

from audits.landscape.catalogue import catalogue
from audits.scoring.costs.cost_calendar import CostCalendar
from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.numbers.currency import converted
from audits.scoring.pricing.cost_plan import Band, Price
from audits.scoring.pricing.counted_once import counted_once

HOURS_A_DAY = 8
# What people who run a trained model cost is a share of one, and a year of one.
_OF_PEOPLE = ("mlops_share_trained", "fte_cost")
_OF_PRACTICES = ("practice_days", "engineer_day")
_ZERO = Decimal(0)
_AS_PLANNED = Band(low=Decimal(1), expected=Decimal(1), high=Decimal(1))

type Moves = Iterable[tuple[Decimal, Decimal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuringCost:
    """Working hours of measurements, and a day's price in US dollars; None if unknown.

    `is_given` says that the team gave the price; else it is the usual one of the
    landscape, from `day.low` to `day.high`. `factor` is what they take of the hours.
    """

    hours: int
    day: Band | None
    is_given: bool
    factor: Band = _AS_PLANNED

    @property
    def amount(self) -> Band | None:
        """Dollars for all hours, with their span, rounded as pages print them."""
        if self.day is None:
            return None
        return _banded(self._expected(self.day), self.moves.values())

    @property
    def moves(self) -> Mapping[InputId, tuple[Decimal, Decimal]]:
        """What each number changes at its low and at its high end; {} if unknown."""
        if self.day is None:
            return {}
        expected = self._expected(self.day)
        return {
            "engineer_day": _ends(expected, self.day),
            "measuring_factor": _ends(expected, self.factor),
        }

    def _expected(self, day: Band) -> Decimal:
        return day.expected * self.hours / HOURS_A_DAY * self.factor.expected

    @property
    def words(self) -> str:
        """The price in a sentence; empty if it is not known."""
        return f"{self.price}, {self.rate}." if self.price else ""

    @property
    def price(self) -> str:
        """The dollars with their span; empty if they are not known."""
        return _in_range(self.amount) if self.amount else ""

    @property
    def rate(self) -> str:
        """The price of a day behind them; empty if it is not known."""
        if self.day is None:
            return ""
        whose = "" if self.is_given else " (assumed)"
        return f"at ${written(as_printed(self.day.expected))} a day{whose}"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticesCost(Band):
    """What it costs once to set up the practices that are missing, in US dollars.

    `number` is how many are, as expected, and `is_assumed` says that the team gave
    neither the days nor the price of one. `names` are those that are missing, which may
    be more; empty if the team did not say which, None if nobody looked.
    """

    number: int
    is_assumed: bool
    names: tuple[str, ...] | None = None

    @property
    def missing(self) -> str:
        """What is set up, in words."""
        number, names = self.number, self.names
        said = "1 practice that is" if number == 1 else f"{number} practices that are"
        if not names:
            unknown = " (the team did not say which)" if names is not None else ""
            return f"{said} missing{unknown}"
        *first, last = map(lower_first, names)
        is_choice = len(names) > number
        word = "or" if is_choice else "and"
        joined = f" {word} ".join(filter(None, (", ".join(first), last)))
        of = f"{number} of {len(names)}" if is_choice else f"{number}"
        return f"{of} missing practice{'s' * (len(names) > 1)} ({joined})"


def measuring_cost(assessment: Assessment) -> MeasuringCost | None:
    """Return what the measurements before a decision cost; None if there are none.

    Before training, that is the work to show what it rests on.

    Args:
        assessment: The assessment. An hour has a price if the team gave that of an
            engineer's day, or if its use case is priced at all.
    """
    if is_to_be_shown(assessment) and assessment.advice:
        advice = assessment.advice
        return hours_cost(assessment, advice.showing_hours + advice.testing_hours)
    plan = assessment.measurements
    return None if plan is None else hours_cost(assessment, plan.hours)


def is_to_be_shown(assessment: Assessment) -> bool:
    """Whether training waits until something shows the answers that it rests on."""
    return assessment.advice is not None and assessment.advice.standing == "not_shown"


def hours_cost(assessment: Assessment, hours: int) -> MeasuringCost:
    """Return what working hours of measuring cost.

    Args:
        assessment: The assessment, as for `measuring_cost`.
        hours: The hours as planned.
    """
    return MeasuringCost(
        hours=hours,
        day=_number(assessment, "engineer_day"),
        is_given="engineer_day" in assessment.numbers,
        factor=_number(assessment, "measuring_factor") or _AS_PLANNED,
    )


def asked_at_once(measuring: MeasuringCost | None, price: Price) -> Band | None:
    """Return what is asked for to measure and to set up what serves meanwhile.

    A number behind both moves them together. None if measuring has no price.
    """
    if measuring is None or measuring.amount is None:
        return None
    start = price.one_off
    moves = dict(measuring.moves)
    for number, low, high in price.start_ends:
        lower, higher = moves.get(number, (_ZERO, _ZERO))
        moves[number] = lower + low - start, higher + high - start
    expected = measuring.amount.expected + price.calendar.as_printed.at_start
    return _banded(expected, moves.values())


def people_cost(assessment: Assessment) -> PeopleCost | None:
    """Return what the people who run a trained model cost in 12 months.

    A share of an engineer, at the price of an engineer year. Their spans add like
    independent errors. None if no price is known.
    """
    factors = [_number(assessment, name) for name in _OF_PEOPLE]
    found = _product([each for each in factors if each])
    if None in factors:
        return None
    return PeopleCost(
        low=found.low,
        expected=found.expected,
        high=found.high,
        is_assumed=assessment.numbers.keys().isdisjoint(_OF_PEOPLE),
    )


def share_of_engineer(assessment: Assessment) -> Decimal | None:
    """Return which share of an engineer runs a trained model; None if not known."""
    found = _number(assessment, _OF_PEOPLE[0])
    return found.expected if found else None


def people_of_month(assessment: Assessment, share: InputId) -> Decimal | None:
    """Return what that share of an engineer costs a month; None if not known."""
    names = ("fte_cost", share)
    factors = [found for name in names if (found := _number(assessment, name))]
    if len(factors) < len(names):
        return None
    return as_printed(_product(factors).expected / YEAR_MONTHS)


def practices_cost(
    assessment: Assessment, missing: tuple[int, int] | None = None
) -> PracticesCost | None:
    """Return what it costs to set up the practices that are missing, as many as may be.

    Days for each, at the price of an engineer's day. None if no price is known.

    Args:
        assessment: The assessment, as for `measuring_cost`.
        missing: How many are, at least and at most; None for all that it takes to run
            a trained language model.
    """
    low, usual = assessment.means.missing if missing is None else missing
    number = Band(low=Decimal(low), expected=Decimal(usual), high=Decimal(usual))
    factors = [_number(assessment, name) for name in _OF_PRACTICES]
    if None in factors:
        return None
    found = _product([number, *(each for each in factors if each)])
    return PracticesCost(
        low=found.low,
        expected=found.expected,
        high=found.high,
        number=usual,
        is_assumed=assessment.numbers.keys().isdisjoint(_OF_PRACTICES),
    )


def together(*parts: Band | None) -> Band | None:
    """Return the sum of parts that do not depend on each other; None without one."""
    found = [part for part in parts if part]
    if not found:
        return None
    expected = sum((part.expected for part in found), _ZERO)
    return _banded(expected, [(x.low - x.expected, x.high - x.expected) for x in found])


def funding(people: PeopleCost | None, practices: PracticesCost | None) -> Band | None:
    """Return what it takes to run a model: its practices, and people for 12 months."""
    return together(practices if practices and practices.number else None, people)


def funded(
    people: PeopleCost | None, practices: PracticesCost | None
) -> Iterator[tuple[str, str | None]]:
    """Yield the same in words: people, and practices that are missing."""
    amount = funding(people, practices)
    if people is None or amount is None:
        return
    is_assumed = people.is_assumed or bool(practices and practices.is_assumed)
    assumed = ", assumed)" if is_assumed else ")"
    low, expected, high = (
        f"${written(x)}" for x in (amount.low, amount.expected, amount.high)
    )
    yield "funding", f"{expected} ({low} to {high}{assumed}"
    yield "funding_sum", expected
    yield "people", f"${written(people.expected)}"
    yield "people_month", f"${written(people.month)}"
    if practices and practices.number:
        yield "practices", f"${written(practices.expected)}"
        yield "missing", practices.missing


def served(people: PeopleCost, calendar: CostCalendar) -> Decimal:
    """Return what those people cost in the months in which the model serves, dollars.

    Of the 12 months of a calendar, these are the ones after the wait. A model that is
    not ready within them needs nobody.
    """
    wait, months = calendar.wait, YEAR_MONTHS
    if wait:
        months = months - wait.months if wait.is_ready else _ZERO
    return as_printed(people.expected * months / YEAR_MONTHS)


def approved_later(
    people: PeopleCost | None,
    practices: PracticesCost | None,
    year: Band,
    calendar: CostCalendar,
    plan: tuple[str, Decimal] | None = None,
) -> Iterator[tuple[str, str | None]]:
    """Yield in words what a later training adds to what it takes to run a model.

    Those people are funded before it, so its 12 months without them come on top, as
    the board is asked for them: gross of the plan that goes on without it.

    Args:
        people: Those people, for 12 months.
        practices: The practices that are missing.
        year: Dollars of the 12 months of the training.
        calendar: The same 12 months.
        plan: What goes on until then, with its 12 months; None if nothing does.
    """
    amount = funding(people, practices)
    if people is None or amount is None:
        return
    theirs = served(people, calendar)
    yield "second", ""
    yield "people_served", f"${written(theirs)}" if theirs else None
    yield "served_months", _months_of(calendar)
    if plan:
        name, goes_on = plan
        yield "plan", f"“{name}”"
        yield "with_plan", f"${written(amount.expected + goes_on)}"
    yield "more", f"${written(year.expected - theirs)}"
    yield "whole", _in_range(counted_once(amount, year, people, theirs))


def _months_of(calendar: CostCalendar) -> str:
    """Say for how many of its 12 months a model serves; empty if for all of them."""
    wait = calendar.wait
    return f"{(YEAR_MONTHS - wait.months).normalize():f} months of " if wait else ""


def _product(factors: Iterable[Band]) -> Band:
    """Return the product of independent numbers, each moved to its ends alone."""
    found = [*factors]
    expected = reduce(mul, (each.expected for each in found), Decimal(1))
    return _banded(expected, [_ends(expected, each) for each in found])


def _ends(expected: Decimal, factor: Band) -> tuple[Decimal, Decimal]:
    """Return how a product changes if one of its factors is at either end."""
    if not factor.expected:
        return _ZERO, _ZERO
    low, high = (
        expected * end(factor) / factor.expected - expected
        for end in (attrgetter("low"), attrgetter("high"))
    )
    return low, high


def _banded(expected: Decimal, moves: Moves) -> Band:
    """Return an amount with its span; effects add like independent errors."""
    found = [*moves]
    below = sum((min(low, _ZERO) ** 2 for low, _ in found), _ZERO).sqrt()
    above = sum((max(high, _ZERO) ** 2 for _, high in found), _ZERO).sqrt()
    return Band(
        low=as_printed(max(expected - below, _ZERO)),
        expected=as_printed(expected),
        high=as_printed(expected + above),
    )


def _in_range(band: Band) -> str:
    low, expected, high = (
        f"${written(x)}" for x in (band.low, band.expected, band.high)
    )
    return expected if low == high else f"{expected} ({low} to {high})"


def _number(assessment: Assessment, name: str) -> Band | None:
    """Return a number that the team gave, or the usual one if prices are known."""
    given = converted(assessment.numbers, assessment.entered_in).get(name)
    if given:
        return Band(low=Decimal(given), expected=Decimal(given), high=Decimal(given))
    if assessment.costs is None:
        return None
    found = catalogue(assessment.costs.plan.on).landscape.assumptions[name]
    return Band(low=found.low, expected=found.expected, high=found.high)

"""One technique priced over the 12 months from a day, again and again as numbers move.

Its cost is a sum of parts: requests and running from each day on that changes them, and
every line that is paid once. A number that moves changes the parts that read it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from audits.scoring.costs.break_even import CostLine, Machines
from audits.scoring.costs.building_costs import (
    BUILDS,
    FOLLOWS,
    MOVE_TO_PROMPT,
    MOVES,
    RETRAININGS,
    Line,
)
from audits.scoring.costs.cost_calendar import (
    CostCalendar,
    calendar_of,
    later,
    months_from,
    shares_of_months,
)
from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.cost_inputs import CostInputs, Part, Scenario, part_of
from audits.scoring.costs.cost_numbers import (
    OWN_GPUS,
    TRAINED,
    InputId,
    PricedTechnique,
)
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.model_events import ends_of, events_of
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.costs.technique_costs import (
    RUNNINGS,
    USAGES,
    Usage,
    gpus_of,
    model_of,
)
from audits.scoring.costs.training_costs import amortised_per_month

type Moved = Mapping[InputId, Decimal]
type Work = Literal["build", "move", "move_to_prompt", "follow", "again", "closed"]

_NOTHING: Moved = {}
_DAY = timedelta(days=1)
_ZERO, _ONE = Decimal(0), Decimal(1)


class Amounts(NamedTuple):
    """Dollars: of the running month on the day of pricing, and of 12 months."""

    month: Decimal
    year: Decimal


class Ends(NamedTuple):
    """An uncertain number, and the amounts if it is at its low and at its high end."""

    values: Range
    low: Amounts
    high: Amounts


class _Term(NamedTuple):
    """A part of the cost: its dollars, how often in the month, and in the 12 months."""

    part: Part[Usage] | Part[Decimal]
    dollars: Decimal
    month: Decimal
    year: Decimal

    def changed(self, amounts: Amounts, value: Usage | Decimal) -> Amounts:
        """Return amounts if the part comes to another value."""
        change = _dollars(value) - self.dollars
        month, year = amounts
        return Amounts(month + self.month * change, year + self.year * change)


@dataclass(slots=True)
class DatedCosts:
    """The costs of one technique over the 12 months from the day of its inputs.

    A part is priced when it is first asked for, which may raise what `dated_costs`
    raises.

    Source: docs/method.md, formula 13.
    """

    technique: PricedTechnique
    inputs: CostInputs
    _starts: tuple[date, ...] = ()
    _months: Mapping[date, Decimal] = field(default_factory=dict)
    _works: tuple[tuple[date, Work], ...] = ()
    _calendar: CostCalendar | None = None
    _expected: Amounts | None = None
    _ends: Mapping[InputId, Ends] | None = None
    _each_month: tuple[_Term, ...] = ()
    _read: dict[InputId, None] = field(default_factory=dict)
    _readers: dict[InputId, list[_Term]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        on = self.inputs.on
        self._starts = months_from(on)
        # What is missing first is what is said: a model, or a number to build it with.
        self._priced(USAGES[self.technique], on)
        for line in self._lines("build"):
            self._priced(line.price, on)
        model, last = self._model, self._starts[-1] - _DAY
        days = (on, *(model.changes(on, last) if model else ()))
        shares = shares_of_months(self._starts, days)
        months = (sum(parts, _ZERO) for parts in shares)
        self._months = dict(zip(days, months, strict=True))
        self._works = tuple(self._days_of_work(_NOTHING))

    def amounts(self, moved: Moved = _NOTHING) -> Amounts:
        """Return the amounts if some numbers are moved."""
        expected = self._as_expected()
        if not moved:
            return expected
        if "model_life" in moved:
            return self._with_another_life(moved)
        readers = (each for key in moved for each in self._readers.get(key, ()))
        found = expected
        for term in {id(term): term for term in readers}.values():
            found = term.changed(found, term.part.at(moved))
        return found

    @property
    def calendar(self) -> CostCalendar:
        """The 12 months, with what is spent once and what happens."""
        if self._calendar is None:
            self._calendar = self._made_calendar()
        return self._calendar

    @property
    def usage(self) -> Usage:
        """What requests cost on the day of pricing."""
        return self._usage(self.inputs.on)

    @property
    def line(self) -> CostLine:
        """A twelfth of the 12 months: fixed, of each request, and the machines."""
        fixed = per_request = _ZERO
        for day, months in self._months.items():
            part = months / YEAR_MONTHS
            fixed += part * self._running(day)
            per_request += part * self._usage(day).per_request
        works = (work for _, work in self._works)
        once = sum((self._once(work) for work in works), _ZERO)
        spread = amortised_per_month(once, YEAR_MONTHS)
        machines = self._machines
        if machines is not None:
            # They are in what runs at the volume of today.
            fixed -= machines.month * machines.count(self.inputs.expected["requests"])
        return CostLine(
            fixed=fixed + spread, per_request=per_request, machines=machines
        )

    @property
    def _machines(self) -> Machines | None:
        if self.technique not in OWN_GPUS:
            return None
        return self._priced(gpus_of, self.inputs.on)

    @property
    def stays_trained(self) -> bool:
        """Whether a trained model is used all 12 months, and nothing else follows."""
        works = {work for _, work in self._works}
        is_cut = bool(self._model and self._model.is_cut)
        return self._is_trained and not (is_cut or works & {"move_to_prompt", "follow"})

    @property
    def read(self) -> tuple[InputId, ...]:
        """The numbers behind the amounts, in order."""
        self._as_expected()
        return tuple(self._read)

    @property
    def uncertain(self) -> tuple[tuple[InputId, Range], ...]:
        """The numbers that were read and that are not one value, with their ranges."""
        given = self.inputs.given
        # One number is certain, and most of the given ones are one number.
        read = (x for x in self.read if not isinstance(given.get(x), Decimal))
        ranges = ((each, self.inputs.range_of(each)) for each in read)
        return tuple(
            (each, found) for each, found in ranges if found and not found.is_certain
        )

    @property
    def ends(self) -> Mapping[InputId, Ends]:
        """The amounts with each uncertain number at its ends, all else as expected."""
        if self._ends is None:
            self._ends = {each: self._at_ends(each, of) for each, of in self.uncertain}
        return self._ends

    def _at_ends(self, input_id: InputId, values: Range) -> Ends:
        if input_id == "model_life":
            low, high = (
                self.amounts({input_id: end} if end != values.expected else {})
                for end in (values.low, values.high)
            )
            return Ends(values, low, high)
        low = high = self._as_expected()
        for term in self._readers[input_id]:
            at_low, at_high = term.part.ends(input_id, values)
            low, high = term.changed(low, at_low), term.changed(high, at_high)
        return Ends(values, low, high)

    @property
    def defaulted(self) -> tuple[InputId, ...]:
        """The numbers that were read and that the team did not give."""
        return tuple(each for each in self.read if each not in self.inputs.given)

    @property
    def _model(self) -> PricedModel | None:
        return model_of(self.technique, self.inputs)

    @property
    def _is_trained(self) -> bool:
        return self.technique in TRAINED

    def _as_expected(self) -> Amounts:
        """Return the amounts, and note once which part reads which number."""
        if self._expected is None:
            self._each_month = tuple(self._terms_of_months())
            for term in (*self._each_month, *self._terms_once(self._works)):
                self._read |= term.part.read
                for each in term.part.read:
                    self._readers.setdefault(each, []).append(term)
            if self._is_trained:
                self._read["model_life"] = None
            on = self.inputs.on
            month = self._usage(on).month + self._running(on)
            self._expected = Amounts(month, self.calendar.total)
        return self._expected

    def _made_calendar(self) -> CostCalendar:
        rates = {
            day: self._usage(day).month + self._running(day) for day in self._months
        }
        one_offs = [
            line.on(day, self._priced(line.price, self.inputs.on), self.inputs)
            for day, work in self._works
            for line in self._lines(work)
        ]
        after = self.inputs.after_tuned if self._is_trained else "prompt"
        events = events_of(self._model, self._starts[-1], rates, self._works, after)
        return calendar_of(self._starts, rates, one_offs, events)

    def _usage(self, day: date) -> Usage:
        return self._priced(USAGES[self.technique], day)

    def _running(self, day: date) -> Decimal:
        parts = (self._priced(each, day) for each in RUNNINGS[self.technique])
        return sum(parts, _ZERO)

    def _once(self, work: Work) -> Decimal:
        on, lines = self.inputs.on, self._lines(work)
        return sum((self._priced(line.price, on) for line in lines), _ZERO)

    def _priced[Value](self, price: Callable[[Scenario], Value], day: date) -> Value:
        return part_of(price, self.inputs, day).expected

    def _terms_of_months(self) -> Iterator[_Term]:
        inputs, on = self.inputs, self.inputs.on
        usage, runnings = USAGES[self.technique], RUNNINGS[self.technique]
        for day, months in self._months.items():
            now = _ONE if day == on else _ZERO
            yield _term(part_of(usage, inputs, day), now, months)
            for each in runnings:
                yield _term(part_of(each, inputs, day), now, months)

    def _terms_once(self, works: Iterable[tuple[date, Work]]) -> Iterator[_Term]:
        lines = Counter([line for _, work in works for line in self._lines(work)])
        for line, times in lines.items():
            part = part_of(line.price, self.inputs, self.inputs.on)
            yield _term(part, _ZERO, Decimal(times))

    def _with_another_life(self, moved: Moved) -> Amounts:
        month = year = _ZERO
        once = self._terms_once(self._days_of_work(moved))
        for term in (*self._each_month, *once):
            dollars = _dollars(term.part.at(moved))
            month, year = month + term.month * dollars, year + term.year * dollars
        return Amounts(month, year)

    def _lines(self, work: Work) -> tuple[Line, ...]:
        technique, inputs = self.technique, self.inputs
        if work == "build":
            is_paid = inputs.is_live if self._is_trained else inputs.is_built
            is_there = is_paid and technique == inputs.today
            return () if is_there else BUILDS[technique]
        if work == "move_to_prompt":
            return MOVE_TO_PROMPT
        if work == "follow":
            return FOLLOWS[inputs.after_tuned]
        # What can no longer be trained where it is due is moved too.
        return (RETRAININGS if work == "again" else MOVES)[technique]

    def _days_of_work(self, moved: Moved) -> Iterator[tuple[date, Work]]:
        """Yield the days of building, of moves and of training again, in order."""
        on, model, end = self.inputs.on, self._model, self._starts[-1]
        ends = [each.ends for each in ends_of(model, end) if each.ends]
        yield on, "build"
        if not self._is_trained:
            yield from ((day, "move_to_prompt") for day in ends)
            return
        life = _life(Scenario(inputs=self.inputs, day=on, moved=moved))
        closes = model.tuning_ends if model else None
        made, is_tuned = on, True
        for stop in (*ends, end):
            while is_tuned and (made := later(made, life)) < stop:
                yield made, "closed" if closes and closes <= made else "again"
            if stop < end:
                was_tuned, is_tuned = (
                    is_tuned,
                    model is None or model.is_trained_on(stop),
                )
                yield stop, self._moved_by(was_tuned=was_tuned, is_tuned=is_tuned)
                made = stop

    def _moved_by(self, *, was_tuned: bool, is_tuned: bool) -> Work:
        if is_tuned:
            return "move"
        is_prompt = self.inputs.after_tuned == "prompt" or not was_tuned
        return "move_to_prompt" if is_prompt else "follow"


def dated_costs(technique: PricedTechnique, inputs: CostInputs) -> DatedCosts:
    """Return the costs of a technique, all priced, and once from the same inputs.

    Raises:
        UnpricedError: A number or a model is missing; says which.
        ValueError: A number is negative, or a share above 1; names it.
    """
    found: DatedCosts | None = inputs.known.get(technique)
    if found is None:
        found = DatedCosts(technique, inputs)
        found.amounts()
        inputs.known[technique] = found
    return found


def _term(part: Part[Usage] | Part[Decimal], month: Decimal, year: Decimal) -> _Term:
    return _Term(part, _dollars(part.expected), month, year)


def _dollars(value: Usage | Decimal) -> Decimal:
    return value.month if isinstance(value, Usage) else value


def _life(scenario: Scenario) -> Decimal:
    """Return the months until a model is trained again.

    Raises:
        ValueError: It is not above 0.
    """
    life = scenario.number("model_life")
    if life <= 0:
        message = f"a lifetime must be longer than 0 months, not {life}"
        raise ValueError(message)
    return life

"""One technique priced over the 12 months from a day, again and again as numbers move.

Its cost is a sum of parts: requests and running from each day on that changes them, and
every line that is paid once. A number that moves changes the parts that read it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from audits.scoring.calendars.break_even import CostLine, Machines
from audits.scoring.calendars.cached_reads import cached_reads
from audits.scoring.calendars.model_events import ends_of, events_of
from audits.scoring.calendars.technique_costs import RUNNINGS, Usage, gpus_of, model_of
from audits.scoring.calendars.usages import READ_IN_VAIN, USAGES
from audits.scoring.calendars.waiting import (
    WAIT,
    Span,
    days_of,
    spans_of,
    then_of,
    wait_events,
)
from audits.scoring.calendars.work_days import Work, lines_of, works_of
from audits.scoring.costs.cost_calendar import (
    CostCalendar,
    MonthCount,
    Wait,
    calendar_of,
    months_from,
)
from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.cost_inputs import (
    CostInputs,
    Part,
    Scenario,
    part_of,
)
from audits.scoring.costs.cost_numbers import (
    OWN_GPUS,
    TRAINED,
    InputId,
    PricedTechnique,
)
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.costs.training_costs import amortised_per_month

type Moved = Mapping[InputId, Decimal]

_NOTHING: Moved = {}
_DAY = timedelta(days=1)
_ZERO, _ONE = Decimal(0), Decimal(1)
# What moves the days on which something happens, and so all parts at once.
_OF_DAYS: frozenset[InputId] = frozenset(("model_life", WAIT))


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
    raises. A new model that `waits` serves some months after the first day.

    Source: docs/method.md, formula 13.
    """

    technique: PricedTechnique
    inputs: CostInputs
    waits: bool = False
    _starts: tuple[date, ...] = ()
    _spans: tuple[Span, ...] = ()
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
        # What is missing first is what is said: a model, or a number to build it.
        self._priced(USAGES[self.technique], on)
        for line in lines_of(self.technique, self.inputs, "build"):
            self._priced(line.price, on)
        self._spans = self._spans_with(_NOTHING)
        self._works = self._works_with(_NOTHING)

    def amounts(self, moved: Moved = _NOTHING) -> Amounts:
        """Return the amounts if some numbers are moved."""
        expected = self._as_expected()
        if not moved:
            return expected
        if not _OF_DAYS.isdisjoint(moved):
            return self._on_other_days(moved)
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
        return self._usage(self.technique, self.inputs.on)

    @property
    def line(self) -> CostLine:
        """A twelfth of the 12 months: fixed, of each request, and the machines."""
        fixed = per_request = _ZERO
        for span in self._spans:
            if span.technique:
                part = span.months / YEAR_MONTHS
                fixed += part * self._running(span.technique, span.day)
                usage = self._usage(span.technique, span.day)
                per_request += part * usage.per_request
        once = sum((self._once(work) for _, work in self._works), _ZERO)
        spread = amortised_per_month(once, YEAR_MONTHS)
        machines = self._machines
        if machines is not None:
            # They are in what runs at the volume of today.
            fixed -= machines.month * machines.count(self.inputs.expected["requests"])
        return CostLine(
            fixed=fixed + spread,
            per_request=per_request,
            machines=machines,
            caches=cached_reads(self.inputs, self._spans),
        )

    @property
    def _machines(self) -> Machines | None:
        """The machines, at what they cost in a twelfth of the 12 months."""
        if self.technique not in OWN_GPUS:
            return None
        gpus = self._priced(gpus_of, self.inputs.on)
        own = (x.months for x in self._spans if x.technique == self.technique)
        return replace(gpus, month=gpus.month * sum(own, _ZERO) / YEAR_MONTHS)

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
        if input_id in _OF_DAYS:
            low, high = (
                self.amounts({input_id: end} if end != values.expected else {})
                for end in (values.low, values.high)
            )
            return Ends(values, low, high)
        low = high = self._as_expected()
        for term in self._readers.get(input_id, ()):
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
            self._each_month = tuple(self._terms_of_months(self._spans))
            for term in (*self._each_month, *self._terms_once(self._works)):
                self._read |= term.part.read
                in_vain = READ_IN_VAIN.get(term.part.price, ())
                for each in term.part.read:
                    if each not in in_vain:
                        self._readers.setdefault(each, []).append(term)
            if self._is_trained:
                self._read["model_life"] = None
            if self.waits:
                self._read[WAIT] = None
            month = self._rate(self.technique, self.inputs.on)
            self._expected = Amounts(month, self.calendar.total)
        return self._expected

    def _made_calendar(self) -> CostCalendar:
        on, end = self.inputs.on, self._starts[-1]
        rates = {x.day: self._rate(x.technique, x.day) for x in self._spans}
        one_offs = [
            line.on(
                day,
                self._priced(line.price, on),
                self.inputs,
                serves_meanwhile=work == "meanwhile",
            )
            for day, work in self._works
            for line in lines_of(self.technique, self.inputs, work)
        ]
        after = self.inputs.after_tuned if self._is_trained else "prompt"
        wait, works, moving = self._wait(rates), self._works, self.inputs.moving
        since = wait.until if wait else on
        own = {day: rate for day, rate in rates.items() if day >= since}
        events = events_of(self._model, end, own, works, after=after, moving=moving)
        if wait:
            events = wait_events(wait, rates, self.inputs, events)
        return calendar_of(self._starts, rates, one_offs, events, wait)

    def _wait(self, rates: Mapping[date, Decimal]) -> Wait | None:
        until = self._waits_until(_NOTHING)
        if until is None:
            return None
        before = [span for span in self._spans if span.day < until]
        return Wait(
            until=until,
            is_ready=until not in (self._closes, self._starts[-1]),
            months=sum((span.months for span in before), _ZERO),
            technique=self.inputs.meanwhile,
            month=rates[self.inputs.on],
            running=sum((x.months * rates[x.day] for x in before), _ZERO),
            then=then_of(self.inputs, until),
        )

    @property
    def _closes(self) -> date | None:
        """The day from which no model that is trained serves; None if one does."""
        ends = (x.ends for x in ends_of(self._model, self._starts[-1]) if x.ends)
        model = self._model
        return next((x for x in ends if model and not model.is_trained_on(x)), None)

    def _waits_until(self, moved: Moved) -> date | None:
        """Return until when something else serves; None if nothing has to."""
        ready = self._ready_count(moved)
        return ready.day if ready else None

    def _ready_count(self, moved: Moved) -> MonthCount | None:
        """Return that day as months from the first, unless an end comes before it."""
        if not self.waits:
            return None
        on, end = self.inputs.on, self._starts[-1]
        months = Scenario(inputs=self.inputs, day=on, moved=moved).number(WAIT)
        last = min(self._closes or end, end)
        return MonthCount(on, months).at_most(last) if months > 0 else None

    def _spans_with(self, moved: Moved) -> tuple[Span, ...]:
        """Return what is paid at the prices of each day, in order."""
        on, end, inputs = self.inputs.on, self._starts[-1], self.inputs
        until = self._waits_until(moved) or on
        found = [(self.technique, day) for day in days_of(self._model, until, end)]
        if until == on:
            return spans_of(self._starts, found)
        serves = inputs.meanwhile
        model = model_of(serves, inputs) if serves else None
        before = [(serves, day) for day in days_of(model, on, until)]
        return spans_of(self._starts, [*before, *found])

    def _works_with(self, moved: Moved) -> tuple[tuple[date, Work], ...]:
        there = Scenario(inputs=self.inputs, day=self.inputs.on, moved=moved)
        end, ready = self._starts[-1], self._ready_count(moved)
        return tuple(works_of(self.technique, there, end, ready))

    def _rate(self, technique: PricedTechnique | None, day: date) -> Decimal:
        if technique is None:
            return _ZERO
        return self._usage(technique, day).month + self._running(technique, day)

    def _usage(self, technique: PricedTechnique, day: date) -> Usage:
        return self._priced(USAGES[technique], day)

    def _running(self, technique: PricedTechnique, day: date) -> Decimal:
        parts = (self._priced(each, day) for each in RUNNINGS[technique])
        return sum(parts, _ZERO)

    def _once(self, work: Work) -> Decimal:
        on, lines = self.inputs.on, lines_of(self.technique, self.inputs, work)
        return sum((self._priced(line.price, on) for line in lines), _ZERO)

    def _priced[Value](self, price: Callable[[Scenario], Value], day: date) -> Value:
        return part_of(price, self.inputs, day).expected

    def _terms_of_months(self, spans: Iterable[Span]) -> Iterator[_Term]:
        inputs, on = self.inputs, self.inputs.on
        months = {(x.technique, x.day): x.months for x in spans if x.technique}
        # The month of the technique is that of the first day, even if it serves later.
        for (technique, day), part in ({(self.technique, on): _ZERO} | months).items():
            now = _ONE if (technique, day) == (self.technique, on) else _ZERO
            yield _term(part_of(USAGES[technique], inputs, day), now, part)
            for each in RUNNINGS[technique]:
                yield _term(part_of(each, inputs, day), now, part)

    def _terms_once(self, works: Iterable[tuple[date, Work]]) -> Iterator[_Term]:
        paid = (lines_of(self.technique, self.inputs, work) for _, work in works)
        lines = Counter(line for each in paid for line in each)
        for line, times in lines.items():
            part = part_of(line.price, self.inputs, self.inputs.on)
            yield _term(part, _ZERO, Decimal(times))

    def _on_other_days(self, moved: Moved) -> Amounts:
        month = year = _ZERO
        months, once = self._each_month, self._terms_once(self._works_with(moved))
        if WAIT in moved:
            months = tuple(self._terms_of_months(self._spans_with(moved)))
        for term in (*months, *once):
            dollars = _dollars(term.part.at(moved))
            month, year = month + term.month * dollars, year + term.year * dollars
        return Amounts(month, year)


def dated_costs(technique: PricedTechnique, inputs: CostInputs) -> DatedCosts:
    """Return the costs of a technique, all priced, and once from the same inputs.

    Raises:
        UnpricedError: A number or a model is missing; says which.
        ValueError: A number is negative, or a share above 1; names it.
    """
    found: DatedCosts | None = inputs.known.get(technique)
    if found is None:
        found = DatedCosts(technique, inputs, inputs.waits(technique))
        found.amounts()
        inputs.known[technique] = found
    return found


def _term(part: Part[Usage] | Part[Decimal], month: Decimal, year: Decimal) -> _Term:
    return _Term(part, _dollars(part.expected), month, year)


def _dollars(value: Usage | Decimal) -> Decimal:
    return value.month if isinstance(value, Usage) else value

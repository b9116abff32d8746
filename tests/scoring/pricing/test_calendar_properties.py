"""What holds for the 12 months of any prices, any ends and any one-off work."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.scoring.calendars.dated_costs import DatedCosts
from audits.scoring.calendars.payback import paid_back_after
from audits.scoring.costs.cost_calendar import (
    OneOff,
    calendar_of,
    months_from,
)
from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES, PricedTechnique
from audits.scoring.costs.price_schedule import DatedPrices, PricedModel
from audits.scoring.pricing.cost_plan import compare
from tests.scoring.costs.cost_cases import DAY, INPUTS, MID, SMALL, TUNED
from tests.scoring.pricing.test_cost_properties import (
    amounts,
    thoroughly,
    use_cases,
)

TECHNIQUES = st.sampled_from([*TECHNIQUE_NAMES])
DAYS = st.dates(DAY + timedelta(days=1), DAY + timedelta(days=500))
FIRST_DAYS = st.dates(date(2022, 1, 1), date(2030, 12, 31))


@st.composite
def dated(draw: st.DrawFn) -> CostInputs:
    """Draw a use case whose models change their price, end, or do neither."""
    ends, changes = draw(st.none() | DAYS), draw(st.none() | DAYS)
    successor = draw(st.sampled_from([None, SMALL, replace(TUNED, ends=None)]))

    def with_days(model: PricedModel, to: PricedModel) -> PricedModel:
        schedule = model.schedule
        if changes:
            schedule += (DatedPrices(start=changes, prices=to.schedule[0].prices),)
        return replace(model, schedule=schedule, ends=ends, successor=successor)

    return replace(
        INPUTS,
        model=with_days(MID, SMALL),
        smaller=with_days(SMALL, MID),
        tuned=replace(with_days(TUNED, MID), tuning_ends=draw(st.none() | DAYS)),
        today=draw(st.none() | TECHNIQUES),
    )


@thoroughly
@given(FIRST_DAYS)
def test_months_follow_each_other_for_a_year(day: date) -> None:
    starts = months_from(day)

    assert (len(starts), starts[0]) == (13, day)
    assert all(28 <= (then - first).days <= 31 for first, then in pairwise(starts))
    assert 365 <= (starts[-1] - day).days <= 366


@thoroughly
@given(dated())
def test_12_months_are_exactly_the_sum_of_the_months(inputs: CostInputs) -> None:
    for cost in compare(inputs).techniques:
        assert cost.price
        calendar, year = cost.price.calendar, cost.price.year
        assert year.expected == sum(month.amount for month in calendar.months)
        assert year.low <= year.expected <= year.high
        printed = calendar.as_printed
        assert cost.price.year_as_printed.expected == printed.total
        assert printed.total == sum(month.amount for month in printed.months)


@thoroughly
@given(use_cases())
def test_without_events_every_month_after_the_first_is_equal(
    inputs: CostInputs,
) -> None:
    for cost in compare(inputs).techniques:
        if cost.price and not cost.price.calendar.events:
            first, *rest = cost.price.calendar.months
            assert {month.amount for month in rest} == {first.running}
            assert first.running == cost.price.month.expected
            assert first.once == cost.price.one_off


@thoroughly
@given(dated(), TECHNIQUES, DAYS, st.sampled_from(["price", "end", "tuning"]))
def test_event_changes_no_month_before_its_day(
    inputs: CostInputs, technique: PricedTechnique, day: date, kind: str
) -> None:
    def changed(model: PricedModel | None) -> PricedModel | None:
        assert model
        if kind == "end":
            return replace(model, ends=min(day, model.ends or day))
        if kind == "tuning":
            return replace(model, tuning_ends=min(day, model.tuning_ends or day))
        dear = DatedPrices(start=day, prices=TUNED.schedule[0].prices)
        return replace(model, schedule=(*model.schedule, dear))

    after = replace(
        inputs,
        model=changed(inputs.model),
        smaller=changed(inputs.smaller),
        tuned=changed(inputs.tuned),
    )
    starts = months_from(DAY)
    past = [number for number in range(12) if starts[number + 1] <= day]
    months = DatedCosts(technique, inputs).calendar.months
    found = DatedCosts(technique, after).calendar.months

    assert [found[number] for number in past] == [months[number] for number in past]


@thoroughly
@given(
    FIRST_DAYS,
    st.dictionaries(st.integers(1, 364), amounts(100_000), max_size=4),
    amounts(100_000),
    st.lists(st.tuples(st.integers(0, 364), amounts(9000)), max_size=4),
)
def test_month_is_the_sum_of_its_days(
    day: date,
    changes: dict[int, Decimal],
    first: Decimal,
    once: list[tuple[int, Decimal]],
) -> None:
    rates = {day: first}
    rates |= {day + timedelta(days=n): changes[n] for n in sorted(changes)}
    lines = [
        OneOff(day=day + timedelta(days=n), what="work", amount=x) for n, x in once
    ]
    starts = months_from(day)

    calendar = calendar_of(starts, rates, lines)

    assert calendar.once == sum(line.amount for line in lines)
    for month, (start, end) in zip(calendar.months, pairwise(starts), strict=True):
        length = (end - start).days
        total = Decimal(0)
        for number in range(length):
            on = start + timedelta(days=number)
            total += rates[max(since for since in rates if since <= on)]
        assert abs(month.running - total / length) < Decimal("1e-15")


@thoroughly
@given(dated(), TECHNIQUES, TECHNIQUES)
def test_paid_back_it_has_cost_no_more_and_not_paid_back_more(
    inputs: CostInputs, one: PricedTechnique, other: PricedTechnique
) -> None:
    ours, theirs = DatedCosts(one, inputs).calendar, DatedCosts(other, inputs).calendar

    months = paid_back_after(ours, theirs)

    assert (months is not None) == (ours.total <= theirs.total)
    assert months is None or 0 <= months <= 12


@thoroughly
@given(dated(), TECHNIQUES, st.data())
def test_number_that_moves_costs_what_it_costs_from_the_start(
    inputs: CostInputs, technique: PricedTechnique, data: st.DataObject
) -> None:
    costs = DatedCosts(technique, inputs)
    uncertain = dict(costs.uncertain)
    key = data.draw(st.sampled_from([*uncertain]))
    value = data.draw(st.sampled_from([uncertain[key].low, uncertain[key].high]))
    life = data.draw(st.sampled_from([3, 9]))
    short = replace(inputs, given={**inputs.given, "model_life": Decimal(life)})

    moved = DatedCosts(technique, short).amounts({key: value})

    anew = replace(short, given={**short.given, key: value})
    found = DatedCosts(technique, anew).amounts()
    assert moved.month == pytest.approx(found.month)
    assert moved.year == pytest.approx(found.year)

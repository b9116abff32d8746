"""A sum of 12 months depends on months, and not on the day on which they start."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from audits.scoring.calendars.dated_costs import dated_costs
from audits.scoring.costs.cost_calendar import MonthCount, later, months_from
from audits.scoring.costs.cost_inputs import CostInputs, Moving
from audits.scoring.costs.cost_numbers import (
    TRAINED,
    InputId,
    PricedTechnique,
)
from tests.examples import is_everyday, some_of
from tests.scoring.costs.cost_cases import INPUTS, TUNED

# A year of days: the 12 months of some have a February of 28 days, of others one of 29.
DAYS = [date(2027, 3, 1) + timedelta(days=x) for x in range(366)]
# A normal run looks where months differ, and at the middle of each.
LOOKED_AT = [x for x in DAYS if not is_everyday() or x.day in (1, 15, 28, 29, 30, 31)]
WAITS_AND_LIVES = [("0", "9"), ("1", "2"), ("3", "9"), ("3", "3"), ("6", "6")]


def on(day: date, months: Mapping[InputId, str]) -> CostInputs:
    """Return a use case from a day on, in which nothing is announced."""
    given = {**INPUTS.given, **{key: Decimal(x) for key, x in months.items()}}
    return replace(
        INPUTS,
        on=day,
        given=given,
        tuned=replace(TUNED, ends=None),
        is_awaited=True,
        meanwhile="prompt",
    )


@pytest.mark.parametrize(
    ("technique", "wait", "life"),
    some_of(
        [
            (technique, wait, life)
            for wait, life in WAITS_AND_LIVES
            for technique in TRAINED
        ],
        5,
    ),
)
def test_whatever_the_day_12_months_cost_the_same(
    technique: PricedTechnique, wait: str, life: str
) -> None:
    months: Mapping[InputId, str] = {"ready_months": wait, "model_life": life}
    costs = [dated_costs(technique, on(x, months)).calendar for x in LOOKED_AT]

    assert {calendar.total for calendar in costs} == {costs[0].total}
    assert {tuple(x.once for x in calendar.months) for calendar in costs} == {
        tuple(x.once for x in costs[0].months)
    }


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 29)])
def test_model_ready_in_3_months_is_not_trained_again_9_months_later(
    day: date,
) -> None:
    costs = dated_costs("distil", on(day, {"ready_months": "3", "model_life": "9"}))

    assert "again" not in {event.kind for event in costs.calendar.events}


@pytest.mark.parametrize("part", ["0.04", "0.5", "0.97", "0.999"])
def test_part_of_a_month_never_reaches_the_next(part: str) -> None:
    for day in DAYS:
        starts = months_from(day)
        for number in range(12):
            found = later(day, number + Decimal(part))
            assert starts[number] <= found < starts[number + 1]


def test_months_after_months_are_counted_from_the_first_day() -> None:
    for day in DAYS:
        starts = months_from(day)
        for first, then in product(range(1, 7), repeat=2):
            count = MonthCount(day, Decimal(first)).after(Decimal(then))
            assert count.day == starts[first + then]


def test_model_that_is_moved_is_trained_again_whole_lives_after_the_move() -> None:
    end = date(2026, 12, 31)
    inputs = replace(
        on(date(2026, 11, 29), {"model_life": "2"}),
        tuned=replace(TUNED, ends=end),
        moving=Moving(to="fine_tune_own", compared=("fine_tune_own",)),
        today="fine_tune_hosted",
        is_live=True,
    )
    events = dated_costs("fine_tune_hosted", inputs).calendar.events

    assert [event.kind for event in events if event.day == end] == ["move"]
    again = [event.day for event in events if event.kind == "again"]
    # 28 February does not move the days after it.
    assert again == [
        date(2027, 2, 28),
        date(2027, 4, 30),
        date(2027, 6, 30),
        date(2027, 8, 31),
        date(2027, 10, 31),
    ]

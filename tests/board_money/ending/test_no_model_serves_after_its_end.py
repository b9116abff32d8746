"""What serves until a new model is ready does so until its own model retires."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.scoring.calendars.dated_costs import DatedCosts, dated_costs
from audits.scoring.costs.cost_calendar import CostCalendar, Wait
from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.costs.cost_numbers import InputId, PricedTechnique
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.rows import row_of
from audits.scoring.options.ends import ends_said
from audits.scoring.sums.year_parts import of_price, years_of
from tests.examples import up_to
from tests.scoring.costs.cost_cases import DAY, INPUTS, SMALL, TUNED
from tests.scoring.costs.worked_decisions import assessed, price
from tests.scoring.costs.worked_moves import ENDS, MOVES

RETIRES = date(2027, 1, 14)
NEXT = replace(SMALL, name="Small")
PROMPTED = replace(TUNED, successor=NEXT)
AGAIN = replace(TUNED, successor=replace(NEXT, name="Tuned small", is_tuned=True))
_NEW: tuple[PricedTechnique, ...] = ("distil", "fine_tune_own")
_GIVEN: dict[InputId, Decimal] = {
    "distil_labels": Decimal(2000),
    "training_examples": Decimal(2000),
    "training_example_tokens": Decimal(1200),
    "training_price_own": Decimal("0.46"),
    "training_price_hosted": Decimal(3),
    "gpu_hour": Decimal("2.95"),
    "tuned_prefix_tokens": Decimal(200),
}


def live(
    tuned: PricedModel, months: str, after: PricedTechnique = "prompt"
) -> CostInputs:
    """Return a live tuned model, and the months until a new one replaces it."""
    given = {**INPUTS.given, **_GIVEN, "ready_months": Decimal(months)}
    return replace(
        INPUTS,
        given=given,
        tuned=tuned,
        today="fine_tune_hosted",
        is_live=True,
        is_awaited=True,
        meanwhile="fine_tune_hosted",
        after_tuned=after,
    )


def wait_of(costs: DatedCosts) -> Wait:
    assert costs.calendar.wait is not None
    return costs.calendar.wait


def paid_on_days_of_ends(
    calendar: CostCalendar, until: date
) -> Iterator[tuple[date, str, Decimal]]:
    for line in calendar.one_offs:
        if line.day != DAY and line.day < until:
            yield line.day, line.what, line.amount


@settings(max_examples=up_to(200, 30), deadline=None)
@given(
    tuned=st.sampled_from([TUNED, PROMPTED, AGAIN]),
    ends=st.integers(1, 400),
    months=st.sampled_from(["0.5", "1", "2", "3", "4.5", "6"]),
    technique=st.sampled_from(_NEW),
)
def test_until_it_is_ready_it_costs_what_the_plan_does(
    tuned: PricedModel, ends: int, months: str, technique: PricedTechnique
) -> None:
    day = DAY + timedelta(days=ends)
    inputs = live(replace(tuned, ends=day), months)
    new = dated_costs(technique, inputs)
    plan = dated_costs("fine_tune_hosted", inputs).calendar
    wait = wait_of(new)

    whole = [n for n, x in enumerate(plan.months[1:]) if x.start <= wait.until]
    assert whole == [*range(int(Decimal(months)))]
    for n in whole:
        assert new.calendar.months[n].running == plan.months[n].running
    paid = [*paid_on_days_of_ends(new.calendar, wait.until)]
    assert paid == [*paid_on_days_of_ends(plan, wait.until)]
    # Something is paid to leave the model, and its end is said, if it is before.
    assert bool(paid) == bool(wait.then) == (day < wait.until)


@pytest.mark.parametrize(
    ("tuned", "after", "then"),
    [
        (PROMPTED, "prompt", "from 14 January 2027 a prompt on Small"),
        (PROMPTED, "few_shot", "from 14 January 2027 “Few-shot” on Small"),
        (AGAIN, "prompt", "from 14 January 2027 Tuned small"),
        (
            TUNED,
            "prompt",
            "from 14 January 2027 a replacement, assumed at the same price",
        ),
    ],
)
def test_what_runs_then_is_what_the_plan_goes_on_as(
    tuned: PricedModel, after: PricedTechnique, then: str
) -> None:
    inputs = live(tuned, "3", after)
    new, plan = (dated_costs(x, inputs) for x in ("distil", "fine_tune_hosted"))

    assert wait_of(new).then == then
    events = [x for x in new.calendar.events if x.kind == "meanwhile"]
    [end] = [x for x in plan.calendar.events if x.kind == "end"]
    assert [x.text for x in events] == [f"Before it is ready, {end.text}"]
    [ready] = [x.text for x in new.calendar.events if x.kind == "ready"]
    assert ready == "The new model is ready."


def test_prompt_goes_on_as_a_prompt_on_the_replacement() -> None:
    model = replace(SMALL, ends=RETIRES, successor=NEXT)
    inputs = live(TUNED, "3")
    inputs = replace(inputs, model=model, meanwhile="prompt", today="prompt")

    assert wait_of(dated_costs("distil", inputs)).then == ""
    unknown = replace(inputs, model=replace(model, successor=None))
    assert wait_of(dated_costs("distil", unknown)).then == (
        "from 14 January 2027 a replacement, assumed at the same price"
    )


def test_no_sentence_says_that_the_old_model_runs_until_the_new_one() -> None:
    found = assessed(MOVES, **ENDS, ready_months="3")
    runs = "“Tuned hosted model” (from 14 January 2027 a prompt on GPT-6 Luna) runs"

    option = price(found, "fine_tune_own")
    assert of_price("fine_tune_own", option) == (
        f"starts in month 4; {runs} until then"
    )
    money = money_of(found)
    [told] = [x for x in years_of(found, money) if "for the months until" in x]
    assert f"for the months until 24 February 2027, when {runs} = $" in told
    assert money
    row = row_of("fine_tune_own", option, ("recommended",), "running")
    assert (
        "GPT-4o mini retires on 14 January 2027, before “Tuned open model” is ready; "
        "“Tuned hosted model” then gives way to GPT-6 Luna."
    ) in ends_said(replace(money, rows=(row,)))[0]


def test_sums_of_one_technique_say_whether_the_move_is_in_them() -> None:
    found = assessed(MOVES, **ENDS, ready_months="3")

    names = [x.partition(":")[0] for x in years_of(found, money_of(found))]
    assert names == [
        "“Tuned hosted model”",
        "“Few-shot, with the move”",
        "“Tuned open model, with the move”",
        "“Tuned open model, move not counted”",
    ]


def test_model_that_is_ready_before_the_end_is_not_told_of_it() -> None:
    found = assessed(MOVES, **ENDS, ready_months="1")
    option = price(found, "fine_tune_own")

    assert of_price("fine_tune_own", option) == (
        "starts in month 2; “Tuned hosted model” runs until then"
    )
    assert {x.day for x in option.calendar.one_offs if x.day < RETIRES} == {DAY}

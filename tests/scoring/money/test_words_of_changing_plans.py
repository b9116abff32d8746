"""The sentences of a plan that changes, ends or goes on as something else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.costs.cost_calendar import CostEvent
from audits.scoring.money.names.named_amounts import depends
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from tests.scoring.money.compared_plans import compared, row
from tests.scoring.money.test_money import KNOWLEDGE, money


def rising() -> Money:
    """Return a plan of 700 a month, and 900 from its third month on, beside 300."""
    found = compared(700, 300)
    assert found.today
    months = [*found.today.calendar.months]
    months[2:] = [replace(month, running=Decimal(900)) for month in months[2:]]
    price = CostEvent(day=date(2027, 1, 24), kind="price", text="")
    calendar = replace(found.today.calendar, months=tuple(months), events=(price,))
    return replace(found, rows=(replace(found.today, calendar=calendar), found.chosen))


@pytest.mark.parametrize(
    ("net", "is_rise"), [(-1, False), (0, True), (1999, True), (2000, False)]
)
def test_net_below_an_announced_rise_is_only_that_rise(net: int, is_rise: bool) -> None:
    found = rising()
    assert found.today
    # 700 in each of 2 months, and 900 in each of 10: 2,000 more than at the old price.
    year = Band(low=Decimal(10400), expected=Decimal(10400), high=Decimal(10400))
    plan = replace(found, rows=(replace(found.today, year=year), found.chosen))

    assert bool(depends(plan, Decimal(net))) is is_rise


def test_note_tells_when_the_current_plan_changes_and_what_it_costs_then() -> None:
    changed = rising()

    assert (
        "From 24 January 2027, at the announced price of its model, the current plan "
        "costs $900 a month. At the old price, “Retrieval” saves "
        "$4,800 over 12 months. "
    ) in changed.note
    # Only what follows a model that ends is compared by the month.
    assert "That is" not in changed.note


def test_note_tells_that_a_plan_goes_on_as_what_is_ruled_out() -> None:
    tuned = {"tuned": "gpt-4.1-mini", "today": "fine_tune_hosted"}
    found = money(KNOWLEDGE, **tuned)
    why = "it cannot read all that the prompt needs"

    goes_on = "a month as a prompt on the replacement model"
    assert f"{goes_on}. " in found.note
    assert (
        "From 14 January 2027, when its model retires, the current plan" in found.note
    )
    out = replace(found, ruled_out={"prompt": why})
    assert f"{goes_on}, which is ruled out here: {why}. " in out.note


TUNED = {"tuned": "gpt-4.1-mini", "today": "fine_tune_hosted"}


def test_note_compares_what_a_plan_goes_on_as_with_what_is_chosen() -> None:
    found = money(KNOWLEDGE, **TUNED)
    assert found.today
    assert found.today.changes
    _, then = found.today.changes

    assert then == 784
    assert found.chosen.month.expected == 3132
    assert (
        "costs $784 a month as a prompt on the replacement model. That is $2,348 a "
        "month less than “Retrieval”. "
    ) in found.note
    cheap = row(found.chosen, 500)
    dear = replace(found, rows=(found.today, cheap))
    assert "That is $284 a month more than “Retrieval”. " in dear.note
    same = replace(found, rows=(found.today, row(found.chosen, 784)))
    assert "That is" not in same.note


def test_note_compares_with_no_month_that_changes_later() -> None:
    found = money(KNOWLEDGE, **TUNED)
    assert found.today
    chosen = row(found.chosen, 500)
    months = [*chosen.calendar.months]
    months[8:] = [replace(month, running=Decimal(900)) for month in months[8:]]

    def changing_on(day: date) -> str:
        price = CostEvent(day=day, kind="price", text="")
        calendar = replace(chosen.calendar, months=tuple(months), events=(price,))
        rows = (found.rows[0], replace(chosen, calendar=calendar))
        return replace(found, rows=rows).note

    assert "That is" not in changing_on(date(2027, 7, 24))
    assert "That is $116 a month less than “Retrieval”." in changing_on(
        date(2027, 1, 14)
    )


def test_decision_says_which_part_of_a_release_comes_after_the_model_ends() -> None:
    found = money(KNOWLEDGE, **TUNED)
    part = 5600 + round(Decimal(784) * 10 / 31) + 10 * 784

    assert part == 13_693
    assert found.asks.endswith(", instead of $39,565 for the current plan.")
    assert (
        "Of the plan’s $39,565, $13,693 is spent after its model retires, the move "
        "included. The advice costs"
    ) in found.parts
    assert "model retires" not in money(KNOWLEDGE).parts


def test_release_names_what_a_plan_goes_on_as_where_it_is_no_prompt() -> None:
    found = money(KNOWLEDGE, **TUNED)
    assert found.today
    events = [
        replace(x, goes_on_as="rag") if x.kind == "end" else x
        for x in found.today.calendar.events
    ]
    calendar = replace(found.today.calendar, events=tuple(events), one_offs=())
    rows = (replace(found.today, calendar=calendar), found.chosen)

    told = replace(found, rows=rows)
    assert "$8,093 is spent after its model retires, on “Retrieval”." in (told.parts)
    # What would be paid for the same thing anyway is free for nothing else.
    assert (" frees " in told.asks, " instead of " in told.asks) == (False, True)


def test_plan_that_does_not_run_is_not_called_the_current_one() -> None:
    found = money(KNOWLEDGE).rows[0]

    assert found.standing == "Current plan"
    assert replace(found, state="planned").standing == "Planned"
    assert replace(found, state="stopped").standing == "Stopped"


def test_plan_whose_model_ends_moves_once_in_its_calendar() -> None:
    tuned = {"tuned": "gpt-4.1-mini", "today": "fine_tune_hosted"}
    found = money(KNOWLEDGE, **tuned).today

    assert found
    assert [(event.day, event.kind) for event in found.calendar.events] == [
        (date(2027, 1, 6), "tuning_end"),
        (date(2027, 1, 14), "end"),
    ]
    assert [month.once for month in found.calendar.months[:3]] == [19_322, 5600, 0]

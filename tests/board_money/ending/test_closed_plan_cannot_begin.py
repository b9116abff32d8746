"""What a planned plan costs from a meeting on whose day its model is closed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from audits.reports.packs.pack_money import totals
from audits.scoring.costs.rounding import written
from audits.scoring.money.states import PlanState
from audits.scoring.sums.money_sums import Decided, less
from audits.scoring.sums.months_from_day import Paid, less_from
from tests.scoring.costs.worked_decisions import of_today
from tests.scoring.costs.worked_packs import decided

CLOSES = date(2027, 1, 6)  # to training
ENDS = date(2027, 1, 14)
MODELS = {"tuned": "gpt-4o-mini", "smaller": "gpt-6-luna"}


def stopped(state: PlanState, today: str) -> Decided:
    found = decided("stop_fine_tuning", state, today=today, **MODELS)
    assert found.money is not None
    rows = tuple(
        replace(row, state=state) if "today" in row.roles else row
        for row in found.money.rows
    )
    return replace(found, money=replace(found.money, rows=rows))


def ended(decision: Decided, on: date) -> Paid:
    [plan] = totals([decision], on).released
    return plan.ends


def left_of(decision: Decided, on: date, once: Decimal) -> Decimal:
    """Return 12 months from a day by hand, without some that was paid once."""
    assert decision.money is not None
    row = of_today(decision.money)
    less = less_from(row.calendar, on, row.month.expected, begins=True)
    return row.year.expected - less - once


@pytest.mark.parametrize("on", [CLOSES, date(2027, 1, 20)])
def test_training_is_not_left_once_its_model_has_closed(on: date) -> None:
    plan = stopped("planned", "fine_tune_hosted")
    assert plan.money is not None
    training = of_today(plan.money).calendar.at_start
    assert training > 0

    found = ended(plan, on)

    assert found.from_day is not None
    assert found.from_day.expected == left_of(plan, on, training)
    assert found.spent == 0
    assert found.closed == "model closes to training on 6 January 2027"
    assert found.from_day.low < found.from_day.expected < found.from_day.high


def test_plan_that_cannot_begin_is_named() -> None:
    plan = stopped("planned", "fine_tune_hosted")

    assert totals([plan], CLOSES).cannot_begin == (plan.name,)
    assert totals([plan], CLOSES - timedelta(days=1)).cannot_begin == ()


def test_net_says_what_it_is_once_the_training_is_paid_for() -> None:
    plan = stopped("planned", "fine_tune_hosted")
    assert plan.money is not None
    money = plan.money
    assert money.saving_year is not None
    calendar = of_today(money).calendar
    [cases] = [x.amount for x in calendar.one_offs if "answers for the test" in x.what]
    training = calendar.at_start - calendar.set_up - cases

    said = (
        f" if the ${written(training)} for training is not paid yet, or "
        f"{less(money.saving_year - training)} if it has been paid, which is not known"
    )
    assert f"{said}." in money.parts
    assert money.depends == (
        f" ({less(money.saving_year - training)} if the ${written(training)} for "
        "training has been paid before the decision, which is not known)"
    )
    runs = stopped("running", "prompt").money
    assert runs is not None
    assert "for training is not paid yet" not in runs.parts
    assert runs.depends == ""


def test_plan_begins_as_long_as_its_model_is_open() -> None:
    plan = stopped("planned", "fine_tune_hosted")
    day = CLOSES - timedelta(days=1)

    found = ended(plan, day)

    assert found.from_day is not None
    assert (found.from_day.expected, found.closed) == (
        left_of(plan, day, Decimal(0)),
        "",
    )


@pytest.mark.parametrize(
    ("state", "today"),
    [("running", "fine_tune_hosted"), ("planned", "fine_tune_own")],
)
def test_what_runs_or_trains_on_own_servers_is_not_closed(
    state: PlanState, today: str
) -> None:
    assert ended(stopped(state, today), date(2027, 1, 20)).closed == ""


def test_pack_says_which_plans_cannot_begin_any_more() -> None:
    plan = stopped("planned", "fine_tune_hosted")

    assert totals([plan], date(2027, 1, 20)).closed == (
        f"“{plan.name}” cannot begin any more: its model closes to training on "
        "6 January 2027. Its up-front cost is not counted "
        "from that day on."
    )
    assert totals([plan], date(2026, 12, 20)).closed == ""
    assert totals([plan, replace(plan, name="Other")], ENDS).closed == (
        f"“{plan.name}” and “Other” cannot begin any more: their model closes to "
        "training on 6 January 2027. Their up-front costs are not "
        "counted from that day on."
    )

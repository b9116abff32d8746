"""What 12 months cost now and before is one sentence."""

from dataclasses import replace
from datetime import date, timedelta

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_again
from audits.scoring.costs.cost_calendar import CostEvent
from audits.scoring.costs.rounding import written
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.cost_since import cost_since
from tests.scoring.money.test_money import KNOWLEDGE, SPEED, assessed, money


def test_same_technique_says_both_amounts() -> None:
    was, now = money(KNOWLEDGE), money(KNOWLEDGE, requests="900000")
    old, new = (written(each.chosen.year.expected) for each in (was, now))

    assert old != new
    assert cost_since(was, now) == (
        f"12 months of “Retrieval” cost ${new} instead of ${old}."
    )


def test_another_technique_is_named_with_its_amount() -> None:
    was, now = money(SPEED), money(KNOWLEDGE)
    old, new = (written(each.chosen.year.expected) for each in (was, now))

    assert cost_since(was, now) == (
        f"12 months of “Retrieval” cost ${new}, instead of ${old} for “Tuned open "
        "model”."
    )


def test_what_is_equal_or_not_known_says_nothing() -> None:
    was = money(KNOWLEDGE)

    assert cost_since(was, was) == ""
    assert cost_since(None, was) == ""
    assert cost_since(was, None) == ""


def test_another_day_is_named_with_what_it_changes() -> None:
    numbers = {"model": "gemini-3.8-flash"}
    was = assessed(KNOWLEDGE, **numbers)
    assert was.on is not None
    later = was.on + timedelta(days=7)
    now = assess_again(current(), was, later)

    said = cost_since(money_of(was), money_of(now), same_inputs=True)

    days = [f"{day.day} {day:%B %Y}" for day in (later, was.on)]
    assert f"The day is the cause: they start on {days[0]}, not {days[1]}." in said
    assert "Only the day" not in cost_since(money_of(was), money_of(now))


def test_newer_facts_are_named_as_a_cause() -> None:
    was = money(KNOWLEDGE)
    now = money(KNOWLEDGE, requests="900000")

    said = cost_since(was, now, same_inputs=True, same_facts=False)

    old, new = (written(each.chosen.month.expected) for each in (was, now))
    assert said.endswith(
        "The market facts are newer. "
        f"At the prices of the first day, a month costs ${new}, not ${old}."
    )


def test_what_happens_only_in_the_one_year_is_told() -> None:
    now = money(KNOWLEDGE, requests="900000")
    text = "The model is retrained."
    event = CostEvent(day=date(2027, 11, 28), kind="again", text=text)
    row = now.chosen
    calendar = replace(row.calendar, events=(event,))
    rows = [replace(x, calendar=calendar) if x is row else x for x in now.rows]

    said = cost_since(
        money(KNOWLEDGE), replace(now, rows=tuple(rows)), same_inputs=True
    )

    assert f"Now within them: 28 November 2027: {text}" in said


def test_current_plan_that_moved_is_told_beside_what_is_advised() -> None:
    now = money(KNOWLEDGE, requests="900000")
    assert now.today
    year = replace(now.today.year, expected=now.today.year.expected * 2)
    dearer = replace(now.today, year=year)
    rows = tuple(dearer if row is now.today else row for row in now.rows)
    was = replace(now, rows=rows)
    assert was.today == dearer
    amounts = [written(row.year.expected) for row in (now.today, dearer)]

    said = cost_since(was, now, same_inputs=True)

    plan = f"12 months of the current plan, “Tuned open model”, cost ${amounts[0]}"
    assert said.startswith(f"{plan} instead of ${amounts[1]}.")

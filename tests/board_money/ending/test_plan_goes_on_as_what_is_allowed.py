"""A plan whose base model ends goes on at the price of what is not ruled out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.money.words import Money
from audits.scoring.summary.head import head_of
from audits.scoring.sums.asked.pays_back import found as found_of
from audits.scoring.sums.asked.pays_back import pays_back_line
from audits.scoring.sums.year_parts import row_in_short, year_in_short
from tests.scoring.costs.worked_decisions import money, of_today
from tests.scoring.twelve_verdicts import ANSWERS

# GPT-4o mini ends on 14 January 2027, and what its provider names cannot be tuned.
TODAY = {"tuned": "gpt-4o-mini", "today": "fine_tune_hosted"}
# The documents do not fit in the window of the model.
LONG = {"prefix_tokens": "1200000", "knowledge_tokens": "1198500"}


def end_of(found: Money) -> str:
    [end] = [x for x in of_today(found).calendar.events if x.kind == "end"]
    return end.text


def test_what_may_follow_is_priced_after_the_end_and_not_the_prompt() -> None:
    found = money(ANSWERS["stop_fine_tuning"], **TODAY, **LONG)
    assert {"prompt", "few_shot", "few_shot_retrieved"} <= set(found.ruled_out)
    plan, retrieval = of_today(found).calendar, found.chosen.calendar

    assert found.chosen.technique == "rag"
    last, other = plan.months[-1].running, retrieval.months[-1].running
    assert (last, of_today(found).goes_on_as) == (other, "rag")
    assert of_today(found).then.endswith("when its model retires (then “Retrieval”)")
    assert plan.total == sum(month.amount for month in plan.months)
    moved = {line.what: line.amount for line in plan.one_offs[-3:]}
    assert moved == {
        "Choose a model": Decimal(1600),
        "Build and test retrieval": Decimal(8000),
        "Test again": Decimal(1600),
    }
    assert "costs are for “Retrieval” on Claude Sonnet 5.5" in end_of(found)


@pytest.mark.parametrize(
    ("months", "once"),
    [
        ("1", {"Choose a model": Decimal(1600), "Test again": Decimal(1600)}),
        ("3", {}),
    ],
)
def test_what_served_meanwhile_is_not_built_again(
    months: str, once: dict[str, Decimal]
) -> None:
    # Retrieval serves first. After a month there is a tuned model; after three, the
    # model has retired before there is one, and retrieval stays.
    found = money(ANSWERS["stop_fine_tuning"], **TODAY, **LONG, ready_months=months)
    plan = of_today(found).calendar

    retired = date(2027, 1, 14)
    assert {x.what: x.amount for x in plan.one_offs if x.day == retired} == once
    built = [x for x in plan.one_offs if x.what.endswith("build and test retrieval")]
    assert [(x.day, x.amount) for x in built] == [(found.on, Decimal(8000))]


def test_prompt_follows_as_before_where_it_is_not_ruled_out() -> None:
    found = money(ANSWERS["migrate"], **TODAY)

    assert of_today(found).goes_on_as is None
    assert "costs are for a prompt on its named replacement, GPT-6 Luna" in end_of(
        found
    )


def test_same_price_is_assumed_where_nothing_that_is_allowed_has_a_price() -> None:
    found = money(ANSWERS["distil"], **TODAY)
    first, *_, last = of_today(found).calendar.months

    assert {"prompt", "few_shot", "rag"} <= set(found.ruled_out)
    assert last.running == first.running
    assert found.recommended is not None
    assert found.recommended.technique == "distil"
    assert (
        "On 14 January 2027, Tuned GPT-4o mini retires. Nothing that may replace it "
        "has a price, so the same price is assumed from then on."
    ) in found.note


@pytest.mark.parametrize(
    ("months", "starts", "in_head"),
    [
        ("1", "“Retrieval” first, then this model for 21 days", ""),
        (
            "1.25",
            "“Retrieval” first, then this model for 14 days",
            " (would serve 14 days)",
        ),
    ],
)
def test_tuned_model_that_serves_less_than_a_month_says_for_how_long(
    months: str, starts: str, in_head: str
) -> None:
    found = money(ANSWERS["stop_fine_tuning"], **TODAY, **LONG, ready_months=months)

    row = of_today(found)
    month = f"${row.month.expected:,.0f} a month"
    assert year_in_short(row) == starts
    assert row_in_short(row).startswith(f"{starts}, at {month}; ")
    said = head_of("", replace(found, state="stopped")).sums
    assert f"the stopped plan, “Tuned hosted model”{in_head}, $" in said


def test_tuned_model_that_serves_at_once_says_no_days() -> None:
    found = money(ANSWERS["stop_fine_tuning"], **TODAY, **LONG, ready_months="0")

    assert " for " not in year_in_short(of_today(found))
    assert " (would serve " not in head_of("", found).sums


def test_volume_from_which_training_pays_counts_what_follows_the_model() -> None:
    found = money(ANSWERS["stop_fine_tuning"], **TODAY, **LONG)
    crossing, plan = found.crossing, of_today(found)
    assert crossing
    assert crossing.is_cut

    month = crossing.lines[1].at(Decimal(crossing.now))

    assert month * 12 == pytest.approx(plan.year.expected, abs=12)
    assert "(and what follows when its model retires)" in crossing.message


def test_no_headline_says_that_more_calls_pay_a_training_that_retires() -> None:
    cut = money(ANSWERS["stop_fine_tuning"], **TODAY, **LONG)
    assert cut.crossing
    assert cut.crossing.requests
    lasting = replace(cut, crossing=replace(cut.crossing, is_cut=False))

    assert pays_back_line(cut) == ""
    assert pays_back_line(lasting).startswith("Training pays back only above about ")
    assert found_of(cut) == cut.crossing.message

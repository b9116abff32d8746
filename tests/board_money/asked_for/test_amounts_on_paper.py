"""A paper asks for no year of running where measuring comes first."""

import pytest
from django.utils.html import strip_tags

from audits.frameworks.loading.loader import current
from audits.reports.pdf_client import manuscript_of
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.options.option_briefs import brief
from audits.scoring.options.options import options
from tests.board_money.asked_for.test_amounts_say_what_they_pay_for import LATER
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS, SLOW

pytestmark = pytest.mark.once


def test_measuring_first_asks_for_no_year_of_running_and_is_priced(
    cast: Cast,
) -> None:
    paper = paper_of(cast, ANSWERS["gather_evidence"], today="fine_tune_own")
    assert paper.money is not None
    year = written(paper.money.chosen.year.expected)

    asked, printed = paper.one.decision_asked, page_one_of(paper)

    assert year == "23,434"
    assert year not in asked
    # 28 hours at $800 for a day of 8.
    assert "$2,800" in printed


def test_funding_what_is_missing_says_that_its_amount_is_for_training_later(
    cast: Cast,
) -> None:
    paper = paper_of(cast, ANSWERS["fine_tune_after_mlops"], today="prompt")
    assert paper.money is not None

    year = written(paper.money.chosen.year.expected)
    asked = paper.one.decision_asked

    assert year == "141,094"
    assert year not in asked
    assert asked.endswith("Training needs a second approval.")
    # 93,000 and 16,248 of “Prompt” are paid now; 45,000 of the year are for the same
    # people, so 96,094 comes on top of the 93,000, and “Prompt” ends.
    assert (
        "After a second approval, training in place of “Prompt” adds $96,094 if it "
        "began at once, the $141,094 less $45,000 for the same people: $189,094 "
        "($173,438 to $226,917) in all."
    ) in paper.one.note_in_brief


def test_stop_says_on_page_one_what_12_months_save(cast: Cast) -> None:
    paper = paper_of(cast, ANSWERS["stop_fine_tuning"], today="fine_tune_own")
    assert paper.money is not None

    assert paper.money.saving_year == 95_546
    said = page_one_of(paper)
    asked, ends = paper.money.chosen.year, paper.money.today
    assert ends is not None
    days = "over 12 months"
    assert f"It asks for up to ${asked.expected:,} {days} to use retrieval" in said
    # The table of “Money” has the range, so the box has the net alone.
    assert f"{asked.low:,} {asked.high:,}" in said
    assert f"This is $95,546 less than the ${ends.year.expected:,} for the" in said


def test_option_of_funding_first_says_that_its_amount_is_for_people(
    cast: Cast,
) -> None:
    found = assessed(LATER, today="prompt")
    rows = {option.name: option for option in options(current(), found)}

    run = "Recommended; only for what it takes to run it"
    why = f"{run}; “Prompt” goes on and is included"
    assert rows["Fine-tune later"].why == why
    assert (brief(run), brief(why)) == (
        "Recommended; only to get ready",
        "Recommended + a year of “Prompt”",
    )
    assert brief(why) in page_one_of(paper_of(cast, LATER, today="prompt"))
    kept = options(current(), assessed(ANSWERS["keep"], today="fine_tune_own"))
    assert kept[0].why == "Recommended"
    stopped = options(current(), assessed(ANSWERS["stop_fine_tuning"], today="prompt"))
    # To stop costs nothing; what is used instead does.
    assert stopped[0].name == "Retrieval"
    assert stopped[0].why == "Recommended; training stops"


def test_columns_of_each_technique_add_up_though_its_months_differ(cast: Cast) -> None:
    paper = paper_of(cast, SLOW, today="prompt", ready_months="2")
    plan = paper.assessment.costs.plan if paper.assessment.costs else None
    assert plan

    rows = manuscript_of(paper).html.partition('id="a4"')[2].partition("</table>")[0]
    said = " ".join(strip_tags(rows).split())

    priced = [(SHORT_NAMES[x.technique], x.price) for x in plan.techniques if x.price]
    uneven = 0
    for name, price in priced:
        calendar, year = price.calendar.as_printed, price.year_as_printed.expected
        running = sum(month.running for month in calendar.months)
        assert calendar.once + running == year
        assert f" {name} {calendar.once:,.0f} {running:,.0f} {year:,.0f} " in said
        uneven += abs(12 * price.expected_month - running) > 12
    assert uneven in range(1, len(priced))
    assert "One-off +&nbsp;Running =&nbsp;Total Low High" in said

"""A team's own numbers instead of Attune's are told, with what they move."""

import pytest

from audits.scoring import Assessment
from audits.scoring.decision_words import money_note
from audits.scoring.exchange import document
from audits.scoring.money.of_assessment import money_of
from audits.scoring.numbers.replaced_words import (
    replaced_beside,
    replaced_in_brief,
    replaced_money,
    replaced_said,
    replaced_title,
)
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import TRAINING_CASE

# Of the numbers of the worked costs, those that differ from what Attune assumes.
USUAL = {"ready_months": "3", "gpu_hour": None, "retry_rate": None}
OFFER = {
    "proposal_by": "Nordlys AI",
    "proposal_currency": "EUR",
    "proposal_once": "120000",
}


def replaced(**numbers: str | None) -> Assessment:
    return assessed(TRAINING_CASE, **USUAL | numbers)


def test_own_numbers_inside_their_ranges_that_move_little_are_not_told() -> None:
    found = replaced(label_cost="1.40")

    assert found.replaced
    assert not found.replaced.is_told
    assert replaced_in_brief(found.replaced) == ""
    assert replaced_money(found.replaced) == ()
    assert replaced_said(found.replaced) == ()
    # The paper lists what Attune assumes beside it all the same.
    beside = replaced_beside(found.replaced)
    assert beside == {"label_cost": ", not the usual $1.50 ($0.10 to $10)"}
    assert "replaced" not in document.dump(replaced())


def test_own_numbers_inside_their_ranges_are_told_once_they_move_a_tenth() -> None:
    cheap = {
        "engineer_day": "500",
        "training_days": "10",
        "mlops_share_trained": "0.15",
    }
    found, usual = replaced(**cheap), replaced()

    assert found.replaced
    assert replaced_title(found.replaced) == "3 cost numbers are the team’s own."
    [year] = found.replaced.years
    money = money_of(usual)
    assert money
    assert year.usual_year == money.chosen.year.expected
    assert replaced_money(found.replaced) == (
        f"With Attune’s, 12 months of “Tuned open model” cost ${year.usual_year:,}, "
        f"not ${year.year:,}.",
    )
    assert "without a source" not in " ".join(replaced_said(found.replaced))
    brief = f"3 own cost numbers; with Attune’s, ${year.usual_year:,} (A4)."
    assert money_note(found, money_of(found)).endswith(brief)


def test_own_numbers_that_move_todays_plan_are_told() -> None:
    today = {"today": "fine_tune_own", "gpu_hour": "2.80"}
    found = assessed(ANSWERS["rag"], **USUAL | today)

    assert found.replaced
    rag, tuned = found.replaced.years
    assert (rag.is_moved, tuned.is_material) == (False, True)
    assert replaced_money(found.replaced) == (
        f"With Attune’s, 12 months of “Tuned open model” cost ${tuned.usual_year:,}, "
        f"not ${tuned.year:,}.",
    )


def test_number_that_is_assumed_without_a_range_is_told_if_it_moves_a_tenth() -> None:
    found = replaced(hours_a_day="6")

    assert found.replaced
    assert replaced_title(found.replaced) == "1 cost number is the team’s own."
    assert "instead of 24 hours a day" in replaced_said(found.replaced)[0]


def test_what_is_assumed_is_said_in_the_currency_of_the_team() -> None:
    found = replaced(engineer_day="450", currency="EUR", vector_store_month=None)

    beside = replaced_beside(found.replaced, found.entered_in)
    assert beside["engineer_day"] == ", not the usual €716 (€448 to €1,343)"


def test_cheap_gpu_is_told_beside_the_published_price_and_what_it_moves() -> None:
    found, usual = replaced(gpu_hour="0.50"), replaced(gpu_hour=None)

    assert found.replaced
    [moved] = found.replaced.years
    year = moved.usual_year
    assert replaced_title(found.replaced) == (
        "1 cost number is the team’s own, outside Attune’s range."
    )
    assert replaced_said(found.replaced) == (
        "Price of a GPU hour: $0.50 a GPU-hour, without a source, instead of $3.99 "
        "($2.69 to $12.29) a GPU-hour.",
    )
    # What is told for the recommended technique is its price with Attune's number.
    money = money_of(usual)
    assert money
    assert money.chosen.technique == moved.technique == "fine_tune_own"
    assert year == money.chosen.year.expected
    said = f"12 months of “Tuned open model” cost ${year:,}"
    assert said in replaced_money(found.replaced)[0]
    brief = f"1 number outside Attune’s range; with Attune’s, ${year:,} (A4)."
    assert replaced_in_brief(found.replaced) == brief
    assert money_note(found, money_of(found)).endswith(brief)
    assert document.load(document.dump(found)) == found


def test_number_that_no_price_reads_is_not_told() -> None:
    found = replaced(practice_days="90")

    assert found.replaced is None


@pytest.mark.parametrize(("rate", "is_told"), [("1.2", False), ("0.35", True)])
def test_exchange_rate_far_from_the_published_one_is_told(
    rate: str, is_told: bool
) -> None:
    found = replaced(**OFFER, proposal_rate=rate)

    assert (found.replaced is not None) is is_told
    if found.replaced:
        assert replaced_title(found.replaced) == (
            "The exchange rate of the offer is far from the published one."
        )
        assert replaced_said(found.replaced) == (
            "Exchange rate of the offer: 1 EUR is 0.35 US dollars as entered, without "
            "a source, instead of 1.1172 on 30 October 2026, European Central Bank.",
        )
        assert replaced_money(found.replaced) == (
            "At the published rate, 12 months of the offer cost $134,064, not $42,000.",
        )
        assert replaced_in_brief(found.replaced) == (
            "The offer’s rate is 0.35; published is 1.1172 (A4)."
        )


def test_own_rate_is_told_on_page_1_where_no_amount_is_stated() -> None:
    numbers = USUAL | OFFER | {"proposal_rate": "1.0"}
    found = assessed(ANSWERS["untuned_model"], **numbers)

    money = money_of(found)
    assert money is None or not money.stated
    assert money_note(found, money) == (
        "The offer’s rate is 1.0; published is 1.1172 (A4)."
    )


def test_rate_of_the_market_is_not_told() -> None:
    assert replaced(**OFFER).replaced is None


def test_replaced_number_stays_among_the_swings_with_the_usual_range() -> None:
    found = assessed(
        TRAINING_CASE, **USUAL | {"gpu_hour": "0.50"}, today="prompt", requests="100000"
    )

    assert found.costs
    swings = {each.input_id: each for each in found.costs.printed_swings}
    assert swings["gpu_hour"].values.span == "$0.50 to $12.29 a GPU-hour"
    assert swings["gpu_hour"].values.source.startswith(
        "Entered outside of the usual range: "
    )
    assert swings["gpu_hour"].at_low == 0
    assert "mlops_share_trained" not in swings


def test_other_verdicts_tell_it_too() -> None:
    found = assessed(ANSWERS["few_shot"], **USUAL, upkeep_share_prompt="0.6")

    assert found.replaced
    assert found.replaced.years[0].technique in ("few_shot", "few_shot_retrieved")

"""What has no price is named beside what has one, and so is its volume."""

from dataclasses import replace
from datetime import date

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.money.of_assessment import money_of
from audits.scoring.summary.head import head_beside
from audits.scoring.summary.plan import plan_of
from audits.scoring.sums.asked.pays_back import found, pays_back_line
from audits.scoring.told.result.asked_sum import asked_sum
from tests.scoring.cards.test_as_results_count import (
    EXAMPLES,
    INPUTS,
    ON,
    PROMPT,
    results,
)

NUMBERS = {
    "requests": "90000",
    "prefix_tokens": "6000",
    "variable_tokens": "1200",
    "output_tokens": "400",
    "model": "claude-fable-5-2",
    "today": "few_shot",
}


def test_part_without_a_price_leaves_what_a_priced_training_needs_to_the_chart() -> (
    None
):
    given = results(PROMPT, replace(EXAMPLES, passed=194))
    assessment = assess_on(current(), replace(given, numbers=NUMBERS), ON)
    money = money_of(assessment)
    assert money
    assert money.crossing
    above = f"{money.crossing.about:,}"
    cards = plan_of(current(), assessment).first

    assert assessment.verdict == "train_small_part"
    assert head_beside(current(), assessment, money).pays_back == ""
    # The chart compares that training, and not the one that is advised.
    assert found(money) == (
        "“Tuned open model” is cheaper than “Few-shot” only above about "
        f"{above} calls a month"
    )
    asked = asked_sum(current(), assessment, money, cards)
    assert asked.endswith("; the training has no price here.")


def test_prices_are_as_old_as_the_oldest_that_is_paid() -> None:
    numbers = NUMBERS | {"smaller": "mistral-large-4"}
    old = assess_on(current(), replace(INPUTS, numbers=numbers), ON).costs
    new = assess_on(
        current(), replace(INPUTS, numbers=numbers | {"model": "mistral-large-4"}), ON
    ).costs

    assert old
    assert new
    assert (old.plan.checked, new.plan.checked) == (
        date(2026, 11, 10),
        date(2026, 11, 20),
    )
    # The title of the price data says its day, so nothing says it twice.
    assert old.basis["context_fit"].count("10 November 2026") == 1


def test_what_is_paid_without_calls_is_within_the_year() -> None:
    found = assess_on(current(), replace(INPUTS, numbers=NUMBERS), ON).costs
    assert found
    prices = [x.price for x in found.plan.techniques if x.price]

    assert len(prices) > 3
    for price in prices:
        once = price.calendar.as_printed.once
        assert once <= price.without_calls <= price.year_as_printed.expected


def test_part_that_is_large_enough_says_nothing_of_a_volume() -> None:
    given = results(PROMPT, replace(EXAMPLES, passed=194))
    numbers = NUMBERS | {"requests": "9000000"}
    money = money_of(assess_on(current(), replace(given, numbers=numbers), ON))

    assert money
    assert pays_back_line(money) == ""

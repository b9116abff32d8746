"""Examples are priced on the smaller model where that one passed with them."""

from audits.scoring.pricing.cost_plan import Price
from tests.scoring.costs.worked_decisions import EXPENSIVE, assessed, money, price

NUMBERS = {"requests": "10000000", "today": "prompt", "smaller": "gpt-6-luna"}
PASSES = EXPENSIVE | {
    "smaller_model": "passes",
    "tried": ["instructions", "examples", "stronger_model"],
}


def few_shot(answers: dict[str, object], **numbers: str) -> Price:
    return price(assessed(answers, **NUMBERS | numbers), "few_shot")


def test_few_shot_is_priced_on_the_smaller_model_that_passed() -> None:
    found = money(PASSES, **NUMBERS)

    # (13,000 x 0.0215 + 500 x 0.1 + 300 x 0.5) / 1,000,000 for each of 10 million.
    assert few_shot(PASSES).month.expected - 750 == 4795
    assert found.chosen.technique == "few_shot"
    assert "“Few-shot” is priced on GPT-6 Luna, the smaller model that passed." in (
        found.basis
    )


def test_few_shot_stays_on_the_large_model_where_the_smaller_did_not_pass() -> None:
    fails = few_shot(PASSES | {"smaller_model": "fails"}).month.expected

    # (13,000 x 0.34 + 500 x 2 + 300 x 10) / 1,000,000 for each of 10 million.
    assert fails - 750 == 84_200
    unscored = PASSES | {"tried": ["instructions", "stronger_model"]}
    assert few_shot(unscored).month.expected == fails


def test_plan_of_today_keeps_the_price_of_its_own_model() -> None:
    # Its examples are in the calls: 0.00604 for each of 10 million.
    assert few_shot(PASSES, today="few_shot").month.expected - 750 == 60_400

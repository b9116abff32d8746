from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.landscape.token_prices import Rates, Tier
from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES, InputId, PricedTechnique
from audits.scoring.costs.cost_plan import CostChange, Price, compare
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.price_schedule import DatedPrices
from audits.scoring.costs.technique_costs import Cliff
from tests.scoring.costs.cost_cases import (
    DAY,
    GIVEN,
    INPUTS,
    MID,
    NOTHING,
    TUNED,
    priced,
)

PLAN = compare(INPUTS)
CENT = Decimal("0.01")


def given(numbers: dict[InputId, Decimal | Range], **fields: object) -> CostInputs:
    return replace(INPUTS, given={**GIVEN, **numbers}, **fields)  # type: ignore[arg-type]


def price_of(technique: PricedTechnique, inputs: CostInputs = INPUTS) -> Price:
    price = compare(inputs).of(technique).price
    assert price is not None
    return price


def test_techniques_stand_with_the_cheapest_first() -> None:
    assert [cost.technique for cost in PLAN.techniques] == [
        "prompt_smaller",
        "prompt",
        "few_shot",
        "few_shot_retrieved",
        "rag",
        "fine_tune_own",
        "distil",
        "fine_tune_hosted",
    ]
    assert PLAN.cheapest == PLAN.techniques[0]
    assert PLAN.on == DAY


def test_techniques_stand_in_the_order_worth_trying_too() -> None:
    assert [cost.name for cost in PLAN.to_try] == list(TECHNIQUE_NAMES.values())


def test_equally_cheap_techniques_stand_in_the_order_worth_trying() -> None:
    plan = compare(replace(INPUTS, smaller=MID, today=None))

    assert [cost.technique for cost in plan.techniques][:2] == [
        "prompt",
        "prompt_smaller",
    ]


@pytest.mark.parametrize(
    ("technique", "month", "one_off"),
    [
        # 100,000 × 0.00604 × 1.02 + 0.05 × 15,000; it is built.
        ("prompt", "1366.08", "0"),
        # 100,000 × 0.000329 × 1.02 + 750 + (5 × 800 + 200 × 1.5) / 12.
        ("prompt_smaller", "1141.89", "4300"),
        # (13,000 × 0.34 + 1,000 + 3,000) / 10 × 1.02 + 750 + 4,330 / 12.
        ("few_shot", "1969.67", "4330"),
        # 2 × 2.95 × 730 × 1.3 + 3,750 + 19,303.312 / 9.
        ("fine_tune_own", "11493.91", "19303.31"),
        # The same machines and people + 19,627 / 9; the teacher's batch costs half.
        ("distil", "11529.88", "19627.00"),
        # 100,000 × 0.00057 × 1.02 + 1.7 × 730 + 3,750 + 19,321.60 / 1.6767.
        ("fine_tune_hosted", "16572.64", "19321.60"),
    ],
)
def test_month_has_requests_people_machines_and_what_is_paid_once(
    technique: PricedTechnique, month: str, one_off: str
) -> None:
    price = price_of(technique)

    assert price.month.expected.quantize(CENT) == Decimal(month)
    assert price.one_off.quantize(CENT) == Decimal(one_off)
    assert price.year == price.month.expected * 12
    assert price.line.fixed == price.fixed


def test_long_prompt_and_retrieval_cost_what_the_worked_example_says() -> None:
    inputs = given(
        {
            "requests": Decimal(20_000),
            "prefix_tokens": Decimal(150_000),
            "knowledge_tokens": Decimal(148_500),
            "variable_tokens": Decimal(200),
            "output_tokens": Decimal(400),
            "cache_hit": Decimal("0.98"),
            "retry_rate": Decimal(0),
            "upkeep_share_prompt": Decimal(0),
            "upkeep_share_rag": Decimal(0),
            "rag_days": Decimal(0),
            "eval_cases": Decimal(0),
            "corpus_tokens": Decimal(150_000),
        },
        model=priced("opus", "5", "25", read="0.5", write="6.25"),
    )

    assert price_of("prompt", inputs).month.expected == Decimal("2065")
    rag = price_of("rag", inputs)
    assert rag.month.expected - rag.one_off / 12 == Decimal("838.5303")
    assert rag.one_off == Decimal("0.003")


def test_built_plan_is_not_paid_for_again() -> None:
    planned = price_of("prompt", replace(INPUTS, is_built=False))

    assert planned.one_off == 4300
    assert price_of("prompt").one_off == 0


def test_trained_model_of_today_is_trained_again_after_its_life() -> None:
    live = price_of("fine_tune_own", replace(INPUTS, today="fine_tune_own"))

    assert live.one_off == price_of("fine_tune_own").one_off


def test_saving_and_payback_are_against_the_plan_of_today() -> None:
    smaller = price_of("prompt_smaller")

    # Saved before the one-off is spread: 582.52 of tokens.
    assert smaller.saving is not None
    assert smaller.saving.quantize(CENT) == Decimal("224.19")
    assert smaller.payback_months is not None
    assert smaller.payback_months.quantize(CENT) == Decimal("7.38")
    dearer = price_of("fine_tune_own")
    assert dearer.saving is not None
    assert dearer.saving < 0
    assert dearer.payback_months is None


@pytest.mark.parametrize(
    "inputs",
    [
        replace(INPUTS, today=None),
        replace(INPUTS, today="prompt_smaller", smaller=None),
    ],
)
def test_without_a_priced_plan_of_today_there_is_no_saving(inputs: CostInputs) -> None:
    price = price_of("few_shot", inputs)

    assert (price.saving, price.payback_months) == (None, None)


def test_plan_of_today_saves_nothing_against_itself() -> None:
    assert price_of("prompt").saving is None


def test_tuned_model_lasts_until_its_base_ends() -> None:
    assert price_of("fine_tune_hosted").life.quantize(CENT) == Decimal("1.68")
    endless = replace(INPUTS, tuned=replace(TUNED, ends=None))
    assert price_of("fine_tune_hosted", endless).life == 9


@pytest.mark.parametrize(
    ("technique", "inputs", "reason"),
    [
        ("prompt", NOTHING, "No model is chosen"),
        ("prompt_smaller", NOTHING, "No smaller model is known to pass the test"),
        ("rag", NOTHING, "No model is chosen"),
        ("distil", NOTHING, "No teacher model is chosen"),
        ("fine_tune_hosted", NOTHING, "No tuned model is priced per token"),
        ("fine_tune_own", NOTHING, "Not known: examples to train on"),
        ("few_shot", replace(INPUTS, given={}), "Not known: requests a month"),
        (
            "prompt",
            replace(INPUTS, on=date(2025, 12, 1)),
            "No price of mid on 1 December 2025",
        ),
        (
            "fine_tune_hosted",
            replace(INPUTS, on=date(2027, 1, 14)),
            "tuned is no longer available",
        ),
    ],
)
def test_what_cannot_be_priced_has_a_reason_and_no_price(
    technique: PricedTechnique, inputs: CostInputs, reason: str
) -> None:
    cost = compare(inputs).of(technique)

    assert (cost.price, cost.unpriced) == (None, reason)


def test_nothing_known_is_a_plan_without_prices() -> None:
    plan = compare(NOTHING)

    assert plan.cheapest is None
    assert plan.break_evens == ()
    assert plan.defaults == ()
    assert [cost.technique for cost in plan.techniques] == list(TECHNIQUE_NAMES)


def test_own_gpus_need_no_number_of_the_team() -> None:
    plan = compare(replace(INPUTS, given={}))

    assert plan.cheapest == plan.of("fine_tune_own")


def test_numbers_that_were_not_given_are_named() -> None:
    assert PLAN.of("prompt").defaults == (
        "retry_rate",
        "batch_share",
        "upkeep_share_prompt",
        "fte_cost",
    )
    assert "cache_hit" not in PLAN.defaults
    assert set(PLAN.of("rag").defaults) < set(PLAN.defaults)


def test_share_of_cache_hits_follows_from_the_traffic_unless_given() -> None:
    guessed = replace(
        INPUTS, given={k: v for k, v in GIVEN.items() if k != "cache_hit"}
    )

    cost = compare(guessed).of("prompt")

    assert {"cache_minutes", "cache_hit_cap"} < set(cost.defaults)
    assert cost.price is not None
    assert cost.price.per_request == price_of("prompt").per_request


def test_input_over_a_price_tier_is_noted() -> None:
    dear = Rates(input=Decimal("0.5"), output=Decimal("2.5"))
    haiku = priced("haiku", "0.1", "0.5", tiers=(Tier(above=100_000, rates=dear),))
    long = given({"prefix_tokens": Decimal(120_000)}, model=haiku)

    assert price_of("prompt", long).cliff == Cliff(
        above=100_000, tokens=120_500, base=Decimal("0.1"), rate=Decimal("0.5")
    )
    assert price_of("prompt", replace(INPUTS, model=haiku)).cliff is None


def test_announced_prices_are_priced_on_their_day() -> None:
    doubled = priced("mid", "4", "20", read="0.2", write="5").schedule[0].prices
    first, later = date(2026, 12, 1), date(2028, 1, 1)
    schedule = (
        *MID.schedule,
        DatedPrices(start=later, prices=doubled),
        DatedPrices(start=first, prices=doubled),
    )
    rising = replace(INPUTS, model=replace(MID, schedule=schedule))
    ending = replace(INPUTS, model=replace(MID, schedule=schedule, ends=later))
    change = CostChange(day=first, month=Decimal("1982.16"))

    assert price_of("prompt", rising).changes == (change,)
    assert [c.day for c in price_of("prompt", ending).changes] == [first, later]
    assert price_of("fine_tune_own", rising).changes == ()


def test_trained_models_break_even_with_the_best_prompt() -> None:
    assert [
        (each.prompt, each.trained, each.requests) for each in PLAN.break_evens
    ] == [
        ("prompt_smaller", "distil", 31_055_321),
        ("prompt_smaller", "fine_tune_hosted", None),
        ("prompt_smaller", "fine_tune_own", 30_948_147),
    ]
    loads = [each.tokens_per_second for each in PLAN.break_evens]
    assert [load and round(load) for load in loads] == [9454, None, 9421]


def test_break_even_is_with_the_only_prompt_that_has_a_price() -> None:
    plan = compare(replace(INPUTS, smaller=None))

    assert {each.prompt for each in plan.break_evens} == {"prompt"}


def test_measured_gpus_are_as_many_as_the_peak_needs() -> None:
    # 10 million × 800 tokens = 3,044 a second, three times that at the peak.
    busy = given(
        {
            "requests": Decimal(10_000_000),
            "gpu_tokens_per_second": Decimal(2500),
            "gpu_overhead": Decimal(1),
        }
    )
    idle = given({"gpu_overhead": Decimal(1)})

    more = price_of("fine_tune_own", busy).fixed - price_of("fine_tune_own", idle).fixed
    assert more.quantize(CENT) == 2 * Decimal("2.95") * 730

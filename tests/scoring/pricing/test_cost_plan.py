from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.landscape.token_prices import Rates, Tier
from audits.scoring.calendars.break_even import CostLine
from audits.scoring.calendars.technique_costs import Cliff
from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.costs.cost_numbers import (
    PLANNED,
    TECHNIQUE_NAMES,
    InputId,
    PricedTechnique,
)
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.rounding import as_printed
from audits.scoring.pricing.cost_plan import Price, compare
from tests.scoring.costs.cost_cases import (
    DAY,
    GIVEN,
    INPUTS,
    MID,
    NOTHING,
    priced,
)

PLAN = compare(INPUTS)
CENT = Decimal("0.01")
# The share of cache hits follows from the traffic.
GUESSED: dict[InputId, Decimal | Range] = {
    key: value for key, value in GIVEN.items() if key != "cache_hit"
}


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
        "fine_tune_hosted",
        "fine_tune_own",
        "distil",
    ]
    assert PLAN.cheapest == PLAN.techniques[0]
    assert PLAN.on == DAY


def test_techniques_stand_in_the_order_worth_trying_too() -> None:
    assert [cost.name for cost in PLAN.to_try] == [TECHNIQUE_NAMES[x] for x in PLANNED]


def test_equally_cheap_techniques_stand_in_the_order_worth_trying() -> None:
    plan = compare(replace(INPUTS, smaller=MID, today=None))

    assert [cost.technique for cost in plan.techniques][:2] == [
        "prompt",
        "prompt_smaller",
    ]


@pytest.mark.parametrize(
    ("technique", "month", "one_off", "year"),
    [
        # 100,000 × 0.00604 × 1.02 + 0.05 × 15,000; it is built.
        ("prompt", "1366.08", "0", "16392.96"),
        # 100,000 × 0.000329 × 1.02 + 750; 5 × 800 + 200 × 1.5 once.
        ("prompt_smaller", "783.56", "4300", "13702.70"),
        # (13,000 × 0.34 + 1,000 + 3,000) / 10 × 1.02 + 750.
        ("few_shot", "1608.84", "4330", "23636.08"),
        # 2 × 2.95 × 730 × 1.3 + 3,750. In the tenth month it is trained again:
        # 10 × 800 + 3.312 + 2 × 800 = 9,603.312.
        ("fine_tune_own", "9349.10", "19303.31", "141095.82"),
        # The same machines and people; the teacher's batch costs half. Its training
        # run costs 82.80, so training it again 9,682.80.
        ("distil", "9349.10", "19627.00", "141499.00"),
        # 100,000 × 0.00057 × 1.02 + 1.7 × 730 + 3,750. It moves in the second month,
        # 2 × 800 + 10 × 800 + 21.60 + 2 × 800 = 11,221.60, and is trained again 9
        # months later, 9,621.60.
        ("fine_tune_hosted", "5049.14", "19321.60", "100754.48"),
    ],
)
def test_month_has_no_part_of_what_is_paid_once_and_12_months_have_it_all(
    technique: PricedTechnique, month: str, one_off: str, year: str
) -> None:
    price = price_of(technique)

    assert price.month.expected.quantize(CENT) == Decimal(month)
    assert price.one_off.quantize(CENT) == Decimal(one_off)
    assert price.year.expected.quantize(CENT) == Decimal(year)
    assert price.year.expected == price.calendar.total


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
    assert rag.month.expected == Decimal("838.5303")
    assert rag.one_off == Decimal("0.003")


def test_documents_longer_than_the_repeated_text_leave_it_in_every_call() -> None:
    numbers: dict[InputId, Decimal | Range] = {
        "requests": Decimal(1_000_000),
        "prefix_tokens": Decimal(2_000),
        "variable_tokens": Decimal(300),
        "output_tokens": Decimal(300),
        "cache_hit": Decimal(0),
        "retry_rate": Decimal(0),
        "corpus_tokens": Decimal(150_000),
    }
    model = priced("opus", "5", "25", read="0.5", write="6.25")

    def month(documents: int) -> Decimal:
        known = numbers | {"knowledge_tokens": Decimal(documents)}
        return price_of("rag", given(known, model=model)).month.expected

    assert month(3_000_000) == month(0)
    assert month(2_001) == month(0)
    assert month(0) - month(2_000) == 1_000_000 * 2_000 * 5 / Decimal(1_000_000)


def test_year_without_calls_has_the_machines_that_always_run() -> None:
    own, prompt = price_of("fine_tune_own"), price_of("prompt")
    busy = price_of("fine_tune_own", given({"requests": Decimal(100_000_000)}))

    # Two machines serve 100,000 calls, and a call costs nothing beside them.
    assert own.without_calls == as_printed(own.year.expected)
    assert busy.without_calls == own.without_calls
    assert busy.year.expected > own.year.expected
    assert prompt.without_calls == 9_000  # people


def test_built_plan_is_not_paid_for_again() -> None:
    planned = price_of("prompt", replace(INPUTS, is_built=False))

    assert planned.one_off == 4300
    assert price_of("prompt").one_off == 0


def test_trained_model_of_today_is_trained_again_after_its_life() -> None:
    live = price_of("fine_tune_own", replace(INPUTS, today="fine_tune_own"))

    assert live.one_off == price_of("fine_tune_own").one_off


def test_saving_and_payback_are_against_the_plan_of_today() -> None:
    smaller = price_of("prompt_smaller")

    # 1,366.08 - 783.558; as printed, 4,300 / (1,366 - 784) months.
    assert smaller.saving == Decimal("582.522")
    assert smaller.payback_months is not None
    assert smaller.payback_months.quantize(CENT) == Decimal("7.39")
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


@pytest.mark.parametrize(
    ("technique", "inputs", "reason"),
    [
        ("prompt", NOTHING, "No model is chosen"),
        ("prompt_smaller", NOTHING, "No smaller model is known to pass the test"),
        ("rag", NOTHING, "No model is chosen"),
        ("distil", NOTHING, "No teacher model is chosen"),
        ("fine_tune_hosted", NOTHING, "The team chose no model to tune"),
        ("fine_tune_own", NOTHING, "“Examples to train on” is not known"),
        ("few_shot", replace(INPUTS, given={}), "“Model calls a month” is not known"),
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
    assert [cost.technique for cost in plan.techniques] == [*PLANNED]


def test_own_gpus_need_the_tokens_that_they_work_on() -> None:
    tokens: dict[InputId, Decimal | Range] = {
        "requests": Decimal(1),
        "variable_tokens": Decimal(500),
        "output_tokens": Decimal(300),
    }

    plan = compare(replace(INPUTS, given=tokens))
    without = compare(replace(INPUTS, given={"requests": Decimal(1)}))

    assert plan.cheapest == plan.of("fine_tune_own")
    assert without.of("fine_tune_own").unpriced == (
        "“Text that changes with each call” is not known"
    )


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
    cost = compare(replace(INPUTS, given=GUESSED)).of("prompt")

    assert {"cache_minutes", "cache_hit_cap"} < set(cost.defaults)
    assert cost.price is not None
    assert cost.price.line.per_request == price_of("prompt").line.per_request


@pytest.mark.parametrize("technique", ["prompt", "prompt_smaller", "few_shot", "rag"])
@pytest.mark.parametrize("requests", [300, 2_000, 12_000, 240_000])
@pytest.mark.parametrize("now", [500, 12_000, 900_000])
def test_line_of_a_shared_cache_is_the_price_at_each_volume(
    now: int, requests: int, technique: PricedTechnique
) -> None:
    def line_at(volume: int) -> CostLine:
        numbers: dict[InputId, Decimal | Range] = GUESSED | {
            "requests": Decimal(volume)
        }
        return price_of(technique, replace(INPUTS, given=numbers)).line

    there = Decimal(requests)
    assert abs(line_at(now).at(there) - line_at(requests).at(there)) < CENT


def test_training_breaks_even_where_it_costs_as_much_as_priced_anew() -> None:
    def requests_from(now: int) -> set[int | None]:
        numbers: dict[InputId, Decimal | Range] = GUESSED | {"requests": Decimal(now)}
        found = compare(replace(INPUTS, given=numbers, smaller=None)).break_evens
        return {each.requests for each in found if each.trained == "fine_tune_own"}

    assert len(requests_from(1_000) | requests_from(6_000) | requests_from(90_000)) == 1


def test_input_over_a_price_tier_is_noted() -> None:
    dear = Rates(input=Decimal("0.5"), output=Decimal("2.5"))
    haiku = priced("haiku", "0.1", "0.5", tiers=(Tier(above=100_000, rates=dear),))
    long = given({"prefix_tokens": Decimal(120_000)}, model=haiku)

    assert price_of("prompt", long).cliff == Cliff(
        above=100_000, tokens=120_500, base=Decimal("0.1"), rate=Decimal("0.5")
    )
    assert price_of("prompt", replace(INPUTS, model=haiku)).cliff is None


def test_trained_models_break_even_with_the_best_prompt() -> None:
    assert [
        (each.prompt, each.trained, each.requests) for each in PLAN.break_evens
    ] == [
        ("prompt_smaller", "distil", 123_601_824),
        ("prompt_smaller", "fine_tune_hosted", None),
        ("prompt_smaller", "fine_tune_own", 123_501_705),
    ]
    loads = [each.tokens_per_second for each in PLAN.break_evens]
    assert [load and round(load) for load in loads] == [37626, None, 37596]


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

    several, two = (
        price_of("fine_tune_own", each).month.expected for each in (busy, idle)
    )
    more = several - two
    assert more.quantize(CENT) == 2 * Decimal("2.95") * 730

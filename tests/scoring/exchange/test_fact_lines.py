import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.loading.loader import published
from audits.scoring.exchange.lines.fact_lines import answer

FRAMEWORK = published("fine_tuning", 1)
DAY = date(2026, 11, 24)
NUMBERS: dict[str, Any] = {
    "requests": 100000,
    "prefix_tokens": 6000,
    "variable_tokens": 500,
    "output_tokens": 300,
    "cache_hit": 0.9,
    "model": "claude-sonnet-5-5",
    "smaller": "gpt-6-luna",
    "tuned": "gpt-4o-mini",
    "today": "prompt",
}


def priced(on: date = DAY, **changes: Any) -> dict[str, Any]:
    line = {"facts": {"goal": ["cost_latency"]}, "numbers": NUMBERS | changes}
    return answer(FRAMEWORK, json.dumps(line), on)


def month(costs: dict[str, Any], technique: str) -> dict[str, str] | None:
    [found] = [c["month"] for c in costs["techniques"] if c["technique"] == technique]
    result: dict[str, str] | None = found
    return result


def test_costs_are_dollars_to_the_cent_with_their_range() -> None:
    costs = priced()["costs"]

    prompt = month(costs, "prompt")
    assert prompt is not None
    low, expected, high = (Decimal(prompt[k]) for k in ("low", "expected", "high"))
    assert low < expected < high
    assert expected.as_tuple().exponent == -2
    assert (costs["unit"], costs["on"]) == ("USD", "2026-11-24")


def test_what_was_not_given_is_named_as_a_default() -> None:
    defaults = priced()["costs"]["defaults"]

    assert "gpu_hour" in defaults
    assert not set(NUMBERS) & set(defaults)


def test_technique_without_a_model_has_no_price_and_says_why() -> None:
    costs = priced(smaller=None)["costs"]

    [smaller] = [c for c in costs["techniques"] if c["technique"] == "prompt_smaller"]
    assert smaller["month"] is None
    assert smaller["why"] == "No smaller model is known to pass the test"


def why(costs: dict[str, Any], technique: str) -> str | None:
    [found] = [c for c in costs["techniques"] if c["technique"] == technique]
    result: str | None = found.get("why")
    return result


@pytest.mark.parametrize(
    ("numbers", "technique", "reason", "still_priced"),
    [
        (
            {"tuned": "qwen3.5-9b"},
            "fine_tune_hosted",
            "Cannot be priced, because no price of a tuned Qwen3.5 9B (Together) is "
            "known for 24 November 2026",
            "prompt",
        ),
        (
            {"model": "claude-sonet-5-5"},
            "prompt",
            'Cannot be priced, because no model "claude-sonet-5-5" in the facts '
            '(did you mean "claude-sonnet-5-5"?)',
            "fine_tune_own",
        ),
        (
            {"smaller": "gpt-5", "on": date(2026, 12, 11)},
            "prompt_smaller",
            "Cannot be priced, because GPT-5 has no price on 11 December 2026: "
            "it was retired on 11 December 2026",
            "fine_tune_hosted",
        ),
    ],
)
def test_model_without_a_price_leaves_only_its_technique_unpriced(
    numbers: dict[str, Any], technique: str, reason: str, still_priced: str
) -> None:
    costs = priced(**numbers)["costs"]

    assert (month(costs, technique), why(costs, technique)) == (None, reason)
    assert month(costs, still_priced) is not None


def test_model_without_a_price_leaves_the_other_computed_answers() -> None:
    computed = priced(tuned="qwen3.5-9b", value_per_request=1)["costs"]["computed"]

    assert computed == {
        "prefix_cost": "immaterial",
        "context_fit": "fits",
        "platform": "open",
    }


def test_threshold_says_from_which_volume_training_pays() -> None:
    # A GPU that serves less never costs less than the smaller model.
    thresholds = priced(gpu_tokens_per_second=20_000)["costs"]["thresholds"]

    said = "calls a month “Tuned open model, rented GPUs” is"
    assert any(said in t for t in thresholds)
    assert any("never becomes cheaper" in t for t in thresholds)


def test_numbers_answer_the_computed_questions() -> None:
    computed = priced(value_per_request=1)["costs"]["computed"]

    assert computed == {
        "prefix_cost": "immaterial",
        "context_fit": "fits",
        "platform": "closing",
    }


def test_computed_answer_says_what_it_rests_on_and_until_when() -> None:
    line = {"facts": {"goal": ["cost_latency"]}, "numbers": NUMBERS}

    trace = answer(FRAMEWORK, json.dumps(line), DAY, explain=True)["trace"]

    read = {step["id"]: step["read"] for step in trace}
    assert read["platform_unavailable"]["platform"] == (
        "It is closing: GPT-4o mini, until 6 January 2027 (OpenAI API: Deprecations)"
    )
    assert read["C2"]["prefix_cost"].startswith(
        "Immaterial: computed for Claude Sonnet 5.5 (genai-prices"
    )


def test_what_a_team_answers_itself_wins_over_what_is_computed() -> None:
    line = {"facts": {"platform": "open"}, "numbers": NUMBERS}

    trace = answer(FRAMEWORK, json.dumps(line), DAY, explain=True)["trace"]

    [blocker] = [step for step in trace if step["id"] == "platform_unavailable"]
    assert blocker["read"]["platform"] == "Yes"


def test_computed_answer_counts_in_the_verdict() -> None:
    line = {
        "facts": {"goal": ["knowledge"], "knowledge_size": "small"},
        "numbers": NUMBERS | {"knowledge_tokens": 900000},
    }

    result = answer(FRAMEWORK, json.dumps(line), DAY)

    assert result["costs"]["computed"]["context_fit"] == "exceeds"
    assert result["verdict"] == "rag"


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"requets": 1}, 'numbers.requets: no such number (did you mean "requests"?)'),
        ({"requests": "many"}, "numbers.requests: must be a number, 0 or more"),
        ({"requests": -1}, "numbers.requests: must be a number, 0 or more"),
        ({"today": "hope"}, 'numbers.today: "hope" is not one of prompt,'),
        ({"model": ["gpt-5"]}, "numbers.model: must be the id of a model"),
        ({"requests": 10**16}, "numbers.requests: too large or too small"),
        ([], "numbers: must be an object"),
    ],
)
def test_wrong_number_is_named(numbers: Any, message: str) -> None:
    line = json.dumps({"facts": {}, "numbers": numbers})

    with pytest.raises(ValueError, match="numbers") as refusal:
        answer(FRAMEWORK, line, DAY)

    assert str(refusal.value).startswith(message)


def test_split_and_literal_reading_are_explained() -> None:
    line = json.dumps({"facts": {"goal": ["knowledge", "cost_latency"]}})

    result = answer(FRAMEWORK, line, DAY, explain=True)

    assert result["split_advice"] == FRAMEWORK.split.text
    assert result["literal_because"] == FRAMEWORK.literal_test.agree


def test_without_being_asked_nothing_is_explained() -> None:
    result = answer(FRAMEWORK, json.dumps({"facts": {}}), DAY)

    assert not {"headline", "lead", "trace"} & result.keys()


@pytest.mark.parametrize("line", ['["facts"]', "7", '{"facts": ["goal"]}', "{}"])
def test_line_that_is_no_object_of_facts_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="facts: must be an object of question"):
        answer(FRAMEWORK, line, DAY)


def test_only_the_five_largest_swings_are_told() -> None:
    # A tuned model against one on own GPUs: both have many uncertain numbers.
    costs = priced(model=None, smaller=None, today=None)["costs"]

    sizes = [Decimal(swing["size"]) for swing in costs["swings"]]
    assert len(sizes) == 5
    assert sizes == sorted(sizes, reverse=True)


def test_number_may_be_zero() -> None:
    assert month(priced(cache_hit=0)["costs"], "prompt") is not None

"""The numbers that a file measures are those that it has, and no other."""

from dataclasses import replace
from decimal import Decimal

from audits.usage.numbers import measured
from audits.usage.summary import Summary, summarized
from tests.usage.made_usage import ANTHROPIC, LITELLM, OTEL, read

MODELS = ["gpt-4.1-mini", "gpt-5", "claude-haiku-4-5"]
PREFIX = "The file has all input together: enter how much of it repeats in every call."


def of(name: str) -> Summary:
    """Return the sums of a file, as if its first model were the only one."""
    found = summarized(read(name))
    return replace(found, models=found.models[:1])


def test_numbers_follow_from_the_file_and_the_text_that_repeats() -> None:
    found = measured(of(LITELLM), kind="busiest", prefix=Decimal(600), models=MODELS)

    assert found.numbers == {
        "requests": "1614",
        "output_tokens": "70",
        "variable_tokens": "300",
        "cache_hit": "0.5",
        "model": "gpt-4.1-mini",
    }
    assert found.missing == {}


def test_input_is_not_split_without_the_text_that_repeats() -> None:
    found = measured(of(LITELLM), kind="median", prefix=None, models=[])

    assert found.numbers == {"requests": "1614", "output_tokens": "70"}
    assert found.missing == {
        "variable_tokens": PREFIX,
        "cache_hit": PREFIX,
        "model": "“gpt-4.1-mini” is not a model that Attune has prices of.",
    }


def test_text_that_repeats_may_not_contradict_the_file() -> None:
    long = measured(of(LITELLM), kind="busiest", prefix=Decimal(901), models=[])
    short = measured(of(LITELLM), kind="busiest", prefix=Decimal(299), models=[])

    assert "variable_tokens" not in long.numbers
    assert long.missing["variable_tokens"] == (
        "A call has 900 tokens of input on average, fewer than the text that repeats "
        "in every call: correct that number."
    )
    assert "cache_hit" not in short.numbers
    assert short.missing["cache_hit"] == (
        "300 tokens of a call were cached on average, more than the text that repeats "
        "in every call: correct that number."
    )


def test_several_models_have_no_price_in_common() -> None:
    found = measured(
        summarized(read(LITELLM)), kind="busiest", prefix=Decimal(600), models=MODELS
    )

    assert "model" not in found.numbers
    assert found.missing["model"].startswith("Several models are chosen, and each has")


def test_few_days_measure_no_month() -> None:
    found = measured(of(OTEL), kind="busiest", prefix=Decimal(0), models=MODELS)

    assert found.numbers == {
        "output_tokens": "86",
        "variable_tokens": "860",
        "model": "gpt-5",
    }
    assert found.missing["requests"] == (
        "The file is about 1 day, too few for a month. If a row is for a whole month, "
        "write that month as its day in a CSV file, like 2026-10."
    )


def test_usage_without_requests_measures_only_the_model() -> None:
    summary = replace(
        of(ANTHROPIC),
        requests=None,
        busiest=None,
        input_tokens=None,
        output_tokens=None,
        cached_tokens=None,
    )

    found = measured(summary, kind="busiest", prefix=None, models=MODELS)

    assert found.numbers == {"model": "claude-haiku-4-5"}
    assert found.missing["requests"] == (
        "The file does not say how many requests there were."
    )


def test_requests_without_tokens_are_not_said_to_be_missing() -> None:
    summary = replace(of(OTEL), input_tokens=None, output_tokens=None)

    found = measured(summary, kind="busiest", prefix=Decimal(0), models=MODELS)

    assert summary.requests
    assert found.missing["variable_tokens"] == (
        "The file does not say how many input tokens its requests had."
    )
    assert found.missing["output_tokens"] == (
        "The file does not say how many output tokens its requests had."
    )

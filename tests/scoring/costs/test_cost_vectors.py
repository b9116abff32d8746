"""The worked examples of the method, number by number."""

import json
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

import pytest
from genai_prices import Usage, calc_price

from tests.scoring.costs.worked_examples import WORKED

VECTORS = {
    vector["id"]: vector
    for vector in json.loads(
        Path(__file__).with_name("cost_vectors.json").read_text("utf-8")
    )
}
# What the examples show to fewer digits than they have.
ROUNDED = {
    "V6": {"tokens_per_s_at_V2_breakeven"},
    "V8": {"amort_month", "fixed_month", "saving_month", "payback_months"},
    "V10": set(VECTORS["V10"]["expected"]),
    "V13": {"month_1", "year"},
    "V14": {"month_2_running", "year"},
}
# They squeeze what is paid once into the weeks until a base ends, which no month is.
NO_MONTHS = {
    "life_months_to_2027_01_14",
    "fixed_to_retirement",
    "breakeven_cached_to_retirement",
}


def test_every_example_is_worked() -> None:
    assert list(WORKED) == list(VECTORS)


@pytest.mark.parametrize("name", WORKED)
def test_example_comes_out_exactly(name: str) -> None:
    numbers: dict[str, str] = VECTORS[name]["expected"]

    with localcontext(prec=40):
        worked = WORKED[name]()

    assert worked.keys() == numbers.keys() - NO_MONTHS
    for key in worked:
        text = numbers[key]
        assert shown(worked[key], text, key in ROUNDED.get(name, ())) == text, key


def shown(value: Decimal | int | bool, text: str, is_rounded: bool) -> str:
    """Write a value with as many digits as the text has, losing none unless rounded."""
    if isinstance(value, bool):
        return str(value)
    with localcontext(prec=40):
        cut = Decimal(value).quantize(Decimal(text), ROUND_HALF_UP)
    assert is_rounded or cut == value
    return str(cut)


NOVEMBER = datetime(2026, 11, 30, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
# Provider and model, as genai-prices has them.
SONNET = ("anthropic", "claude-sonnet-5-5")
OPUS = ("anthropic", "claude-opus-4-7")
HAIKU = ("anthropic", "claude-haiku-5-5")
LUNA = ("openai", "gpt-6-luna")
TERRA = ("openai", "gpt-6.1-terra")
MINI = ("openai", "gpt-4o-mini")
TUNED = ("openai", "ft:gpt-4o-mini-2024-07-18:attune::example")
TEACHER = ("together", "deepseek-ai/DeepSeek-V4-Pro-0813")
ARGON = ("google", "gemini-4-argon")


def usage(prefix: int, variable: int, output: int, hit: str | None = None) -> Usage:
    """Return the tokens of an average request, with the share of cache hits."""
    read = int(prefix * Decimal(hit or 0))
    return Usage(
        input_tokens=prefix + variable,
        output_tokens=output,
        cache_read_tokens=read,
        cache_write_tokens=prefix - read if hit else 0,
    )


@pytest.mark.parametrize(
    ("name", "key", "requests", "model", "tokens"),
    [
        ("V1", "uncached_month", 100_000, SONNET, usage(6000, 500, 300)),
        ("V1", "cached_month", 100_000, SONNET, usage(6000, 500, 300, "0.9")),
        ("V2", "month", 100_000, LUNA, usage(6000, 500, 300, "0.9")),
        ("V3", "long_uncached_month", 20_000, OPUS, usage(150_000, 200, 400)),
        ("V3", "long_cached_month", 20_000, OPUS, usage(150_000, 200, 400, "0.98")),
        ("V3", "rag_llm_month", 20_000, OPUS, usage(1500, 4200, 400, "0.98")),
        ("V4", "a_month", 50_000, HAIKU, usage(0, 120_000, 300)),
        ("V4", "b_month", 50_000, HAIKU, usage(0, 99_000, 300)),
        ("V7", "prompt_uncached", 1, MINI, usage(6000, 500, 300)),
        ("V7", "prompt_cached", 1, MINI, usage(6000, 500, 300, "0.9")),
        ("V7", "ft", 1, TUNED, usage(200, 500, 300)),
        ("V8", "teacher_labels", 50_000, TEACHER, usage(0, 6500, 300)),
        ("V8", "prompt_month", 5_000_000, TERRA, usage(6000, 500, 300, "0.95")),
        ("V11", "zero_shot_month", 300_000, TERRA, usage(6000, 500, 300, "0.9")),
        ("V11", "static20_month", 300_000, TERRA, usage(13_000, 500, 300, "0.9")),
        ("V11", "dynamic5_month", 300_000, TERRA, usage(6000, 2250, 300, "0.9")),
    ],
)
def test_example_agrees_with_genai_prices(
    name: str, key: str, requests: int, model: tuple[str, str], tokens: Usage
) -> None:
    assert priced(model, tokens, NOVEMBER) * requests == expected(name, key)


@pytest.mark.parametrize(
    ("key", "day"), [("before_month", NOVEMBER), ("after_month", DECEMBER)]
)
def test_dated_example_agrees_with_genai_prices(key: str, day: datetime) -> None:
    month = priced(ARGON, usage(0, 1000, 200), day) * 1_000_000

    assert month == expected("V9", key)


def priced(model: tuple[str, str], tokens: Usage, day: datetime) -> Decimal:
    provider, ref = model
    price = calc_price(tokens, ref, provider_id=provider, genai_request_timestamp=day)
    return price.total_price


def expected(name: str, key: str) -> Decimal:
    return Decimal(VECTORS[name]["expected"][key])

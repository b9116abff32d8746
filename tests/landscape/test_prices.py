import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from genai_prices import Usage, calc_price

from audits.landscape import keeping_prices, kept_prices, loader, prices
from audits.landscape.catalogue import catalogue
from audits.landscape.prices import token_prices
from audits.landscape.schema import PriceReference
from audits.landscape.token_prices import Rates

TODAY = date(2026, 11, 24)
PRICED = sorted(
    model.id for model in loader.built_in().models.values() if model.price is not None
)


def rates(*numbers: str | None) -> Rates:
    """Return rates from input, cache read, cache write and output."""
    paid, read, written, answered = (n if n is None else Decimal(n) for n in numbers)
    assert paid is not None
    assert answered is not None
    return Rates(input=paid, output=answered, cache_read=read, cache_write=written)


# Read in two price files of November 2026 that were collected apart.
READ = {
    "gpt-6-astra": rates("10", "1", "12.5", "50"),
    "gpt-6.1-sol": rates("2", "0.1", "2.5", "10"),
    "gpt-6.1-terra": rates("1", "0.05", "1.25", "5"),
    "gpt-6-luna": rates("0.1", "0.01", "0.125", "0.5"),
    "gpt-5": rates("1.25", "0.125", None, "10"),
    "gpt-4o": rates("2.5", "1.25", None, "10"),
    "gpt-4o-mini": rates("0.15", "0.075", None, "0.6"),
    "claude-opus-5-5": rates("4", "0.2", "5", "20"),
    "claude-opus-4-7": rates("5", "0.5", "6.25", "25"),
    "claude-sonnet-5-5": rates("2", "0.1", "2.5", "10"),
    "claude-haiku-5-5": rates("0.1", "0.01", "0.125", "0.5"),
    "gemini-4-argon": rates("2", "0.1", None, "10"),
    "gemini-3.8-flash": rates("0.75", "0.075", None, "3.75"),
    "deepseek-v4-pro": rates("1.32", "0.13", None, "3.96"),
    "qwen3.5-9b": rates("0.17", None, None, "0.25"),
    "gpt-oss-120b": rates("0.15", "0.075", None, "0.6"),
    "text-embedding-3-small": rates("0.02", None, None, "0"),
}


@pytest.mark.parametrize("model", READ)
def test_prices_are_those_that_were_read(model: str) -> None:
    assert catalogue(TODAY).prices(model).rates == READ[model]


@pytest.mark.parametrize("model", PRICED)
@pytest.mark.parametrize("tokens", [1_000, 250_000, 300_000])
def test_every_priced_model_costs_what_genai_prices_says(
    model: str, tokens: int
) -> None:
    basis = catalogue(TODAY).price_basis(model)
    assert isinstance(basis, PriceReference)

    found = catalogue(TODAY).prices(model).for_input(tokens)

    said = calc_price(
        Usage(input_tokens=tokens, output_tokens=500),
        basis.model_ref,
        provider_id=basis.provider_id,
        genai_request_timestamp=datetime(2026, 11, 24, 12, tzinfo=UTC),
    )
    cost = (tokens * found.input + 500 * found.output) / 1_000_000
    assert cost == said.total_price


def test_windows_are_those_of_genai_prices_or_its_rounded_ones() -> None:
    for name in PRICED:
        model = loader.built_in().models[name]
        assert model.price
        said = calc_price(
            Usage(input_tokens=0),
            model.price.model_ref,
            provider_id=model.price.provider_id,
        ).model.context_window

        assert said is None or abs(said / model.context_window.value - 1) < 0.05, name


def test_longer_requests_cost_their_tier() -> None:
    luna = catalogue(TODAY).prices("gpt-6-luna")

    assert luna.for_input(272_000) == rates("0.1", "0.01", "0.125", "0.5")
    assert luna.for_input(272_001) == rates("0.2", "0.02", "0.25", "0.75")


def test_batches_cost_half() -> None:
    assert catalogue(TODAY).prices("claude-sonnet-5-5").batch == Decimal("0.5")
    assert catalogue(TODAY).prices("deepseek-v4-pro").batch is None


@pytest.mark.parametrize(
    ("model", "last", "first"),
    [
        ("gemini-4-argon", date(2026, 11, 30), date(2026, 12, 1)),
        ("gemini-3.8-flash", date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_announced_prices_hold_from_their_day(
    model: str, last: date, first: date
) -> None:
    before, after = (catalogue(on).prices(model).rates for on in (last, first))

    assert (after.input, after.output) == (2 * before.input, 2 * before.output)


def test_prices_that_genai_prices_lacks_are_ours() -> None:
    assert catalogue(date(2024, 8, 5)).prices("gpt-4o").rates == rates(
        "5", None, None, "15"
    )
    assert catalogue(date(2024, 8, 6)).prices("gpt-4o").rates == rates(
        "2.5", None, None, "10"
    )
    assert catalogue(date(2024, 10, 1)).prices("gpt-4o").rates == READ["gpt-4o"]
    assert catalogue(TODAY).prices("gpt-6.2-astra").rates == rates(
        "8", "0.4", None, "40"
    )


def test_cache_minimum_is_the_providers_or_the_usual_one() -> None:
    now = catalogue(TODAY)

    assert now.prices("claude-opus-4-7").cache_minimum == 2048
    assert now.prices("gemini-3.5-flash").cache_minimum == 1024
    assert now.prices("qwen3.5-9b").cache_minimum is None


def test_tuned_models_have_prices_of_their_own() -> None:
    assert catalogue(TODAY).tuned_prices("gpt-4o-mini").rates == rates(
        "0.3", "0.15", None, "1.2"
    )
    with pytest.raises(LookupError, match="no price of a tuned GPT-5 is known"):
        catalogue(TODAY).tuned_prices("gpt-5")


def test_tuned_models_are_hosted_where_their_tokens_are_priced() -> None:
    hosting = catalogue(TODAY).tuned_hosting("gpt-4o-mini")

    assert (hosting.value, f"{hosting.unit}") == (Decimal(0), "USD per hour")
    assert hosting.sources == ("oai_ft_guide", "oai_pricing_2025")
    with pytest.raises(LookupError, match="no price of a tuned GPT-5 is known"):
        catalogue(TODAY).tuned_hosting("gpt-5")


@pytest.mark.parametrize(
    ("model", "on", "why"),
    [
        ("gpt-4o", date(2024, 5, 12), "before its release on 13 May 2024"),
        ("gpt-4o", date(2027, 1, 15), "it was retired on 14 January 2027"),
        ("grok-4.7", date(2026, 1, 1), "source that lists it is from 10 November 2026"),
    ],
)
def test_model_that_is_not_served_has_no_price(model: str, on: date, why: str) -> None:
    with pytest.raises(LookupError, match=why):
        catalogue(on).prices(model)


def test_model_that_genai_prices_does_not_know_is_named() -> None:
    with pytest.raises(LookupError, match="genai-prices has no model x of openai"):
        token_prices("openai", "x", TODAY)


def test_every_served_model_has_a_price_today() -> None:
    now = catalogue(TODAY)

    assert all(now.prices(model).rates.input > 0 for model in now.models)
    assert "genai_prices" in sys.modules


def test_kept_prices_are_those_of_genai_prices() -> None:
    """`python -m audits.landscape.keeping_prices` writes them anew."""
    assert keeping_prices.current() == kept_prices.FILE.read_text()


@pytest.mark.parametrize("name", kept_prices.kept())
def test_kept_prices_change_on_the_days_that_genai_prices_changes_them(
    name: tuple[str, str],
) -> None:
    firsts = [date(year, month, 1) for year in range(2022, 2028) for month in (1, 7)]
    starts = [start for start, _ in kept_prices.kept()[name].periods]
    near = [start + timedelta(days) for start in starts for days in (-1, 0)]

    for on in (*firsts, *near):
        assert token_prices(*name, on) == prices.asked(*name, on), on


def test_prices_of_another_release_are_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    older = tmp_path / "prices.json"
    older.write_text('{"genai-prices": "0.0.1", "models": []}')
    monkeypatch.setattr(kept_prices, "FILE", older)

    assert kept_prices.kept.__wrapped__() == {}

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.landscape.catalogue import catalogue
from audits.landscape.facts import FIRST_DAY
from audits.landscape.schema import Model
from audits.landscape.tunability import Tunability, a_year_after

DAYS = st.dates(FIRST_DAY, date(2030, 12, 31))
TODAY = date(2026, 11, 24)


def tunable(model: str, on: date) -> Tunability:
    return catalogue(on).tunable(model)


def test_days_before_the_facts_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="begin on 2022-01-01, later than 2021-12-31"):
        catalogue(date(2021, 12, 31))


def test_end_of_2022_has_a_small_window_and_nothing_to_replace_tuning() -> None:
    then = catalogue(date(2022, 12, 1))

    assert then.largest_window == 4097
    assert then.largest_window_record.model == "text-davinci-002"
    assert then.largest_window_record.sources
    assert then.prompt_caching is None
    assert not then.enforced_output
    assert list(then.offers) == ["openai-self-serve", "own-gpus"]
    assert then.models == {}


@pytest.mark.parametrize(
    ("on", "tokens"),
    [
        (date(2022, 1, 1), 2_049),
        (date(2023, 5, 10), 32_768),
        (date(2023, 5, 11), 100_000),
        (date(2024, 2, 15), 1_000_000),
        (date(2025, 4, 5), 10_000_000),
        (TODAY, 10_000_000),
    ],
)
def test_largest_window_is_the_last_record(on: date, tokens: int) -> None:
    assert catalogue(on).largest_window == tokens


def test_enforced_output_begins_on_6_august_2024() -> None:
    before, after = catalogue(date(2024, 8, 5)), catalogue(date(2024, 8, 6))

    assert (before.enforced_output, after.enforced_output) == (False, True)
    assert [s.publisher for s in after.sources(after.enforced_output_since)] == [
        "vendor",
        "vendor",
    ]


@pytest.mark.parametrize(
    ("on", "saved"),
    [
        (date(2024, 5, 31), None),
        (date(2024, 6, 1), Decimal("0.75")),
        (date(2024, 8, 14), Decimal("0.9")),
        (date(2024, 10, 1), Decimal("0.9")),
        (TODAY, Decimal("0.975")),
    ],
)
def test_prompt_caching_saves_what_the_best_provider_gives(
    on: date, saved: Decimal | None
) -> None:
    best = catalogue(on).prompt_caching

    assert (best.value if best else None) == saved


def test_models_come_with_their_release_and_go_when_they_retire() -> None:
    def served(on: date) -> bool:
        return "gpt-4o" in catalogue(on).models

    assert [
        served(on)
        for on in (
            date(2024, 5, 12),
            date(2024, 5, 13),
            TODAY,
            date(2027, 1, 13),
            date(2027, 1, 14),
            date(2027, 1, 15),
        )
    ] == [False, True, True, True, False, False]


def test_openai_tuning_closes_and_then_is_gone() -> None:
    closing = tunable("gpt-4.1-mini", TODAY)
    gone = tunable("gpt-4.1-mini", date(2027, 1, 7))

    assert (closing.status, closing.until) == ("closing", date(2027, 1, 6))
    assert closing.restricted
    assert closing.restricted.day == date(2026, 5, 7)
    assert closing.offer
    assert closing.offer.id == "openai-self-serve"
    assert "oai_deprecations" in closing.because.sources
    assert (gone.status, gone.until, gone.offer) == (
        "unavailable",
        date(2027, 1, 6),
        None,
    )
    assert [offer.id for offer in gone.elsewhere] == ["azure-foundry"]
    assert "openai-self-serve" not in catalogue(date(2027, 1, 6)).offers


@pytest.mark.parametrize(
    ("model", "on", "status", "until"),
    [
        ("gpt-4.1", date(2026, 1, 6), "open", date(2027, 1, 6)),
        ("gpt-4.1", date(2026, 1, 7), "closing", date(2027, 1, 6)),
        ("gpt-4.1", date(2025, 4, 13), "unavailable", None),
        ("gpt-6-luna", TODAY, "unavailable", None),
        ("gemini-3.5-flash", TODAY, "open", None),
        ("gemini-3.1-flash-lite", TODAY, "closing", date(2027, 5, 7)),
        ("qwen3.5-9b", TODAY, "open", None),
        ("mistral-medium-3-5", date(2027, 5, 1), "open", None),
        ("grok-4.7", TODAY, "unknown", None),
    ],
)
def test_tuning_is_judged_by_what_ends_within_a_year(
    model: str, on: date, status: str, until: date | None
) -> None:
    found = tunable(model, on)

    assert (found.status, found.until) == (status, until)


def test_a_year_after_leap_day_is_a_day_that_exists() -> None:
    assert a_year_after(date(2028, 2, 29)) == date(2029, 3, 1)


def test_changes_within_days_count_both_ends() -> None:
    coming = catalogue(TODAY).changes_within(51)

    assert [change.id for change in coming] == [
        "claude-sonnet-4-5-end",
        "openai-evals-end",
        "gemini-4-argon-price",
        "gemini-4-carbon-price",
        "gemini-2.5-end",
        "gpt-5-end",
        "gemini-3-flash-price",
        "openai-tuning-end",
        "gpt-4o-end",
    ]
    assert catalogue(date(2026, 12, 11)).changes_within(0)[0].id == "gpt-5-end"
    assert catalogue(TODAY).changes_within(5) == ()


def test_what_is_not_there_is_named_with_its_nearest() -> None:
    now = catalogue(TODAY)

    with pytest.raises(LookupError, match=r'no model "gpt5" .* mean "gpt-5"'):
        now.model("gpt5")
    with pytest.raises(LookupError, match=r'no assumption "fte_costs" .* "fte_cost"'):
        now.assumption("fte_costs")
    with pytest.raises(LookupError, match=r'no offer "tinkr" .* "tinker"'):
        now.offer("tinkr")


def test_planning_figures_are_ranges_with_a_unit() -> None:
    now = catalogue(TODAY)
    day = now.assumption("engineer_day")

    assert [day.low, day.expected, day.high] == [Decimal(n) for n in (500, 800, 1500)]
    assert day.unit == "USD per day"
    assert (now.gpu_hour.expected, now.gpu_hour.unit) == (
        Decimal("3.99"),
        "USD per GPU-hour",
    )


@given(DAYS, DAYS)
def test_what_once_was_possible_stays_possible(one: date, other: date) -> None:
    before, after = catalogue(min(one, other)), catalogue(max(one, other))

    assert before.largest_window <= after.largest_window
    assert before.enforced_output <= after.enforced_output
    best = before.prompt_caching
    assert best is None or best.value <= after.prompt_caching.value  # type: ignore[union-attr]


@given(DAYS)
def test_every_day_has_an_answer(on: date) -> None:
    day = catalogue(on)

    assert day.any_tuning_offer
    for model in day.landscape.models.values():
        found = day.tunable(model.id)
        if found.status == "closing":
            assert found.until
            assert on < found.until < a_year_after(on)
        if found.status == "open" and not model.open_weights:
            assert is_served(model, on)


def is_served(model: Model, on: date) -> bool:
    return model.id in catalogue(on).models


def charges(offer: str, kind: str, word: str) -> dict[str, str]:
    """Return what an offer charges for something, by what it is."""
    found = getattr(catalogue(TODAY).offer(offer), kind)
    return {each.what: str(each.value) for each in found if word in each.what}


def test_offers_say_what_preference_and_reinforcement_tuning_cost() -> None:
    assert charges("fireworks", "training", "DPO") == {
        "up to 16B, full SFT or DPO": "1",
        "16.1B to 80B, DPO": "6",
        "80B to 300B, DPO": "12",
    }
    assert charges("fireworks", "training", "RFT") == {"up to 16B, RFT": "0"}
    assert charges("prime-intellect", "training", "9B, RL") == {
        "Qwen3.5-9B, RL, input of its attempts": "0.2",
        "Qwen3.5-9B, RL, output of its attempts": "0.6",
    }


def test_offers_say_how_adapters_are_served() -> None:
    assert charges("tinker", "serving", "Qwen3-8B") == {
        "Qwen3-8B, adapter, input": "0.195",
        "Qwen3-8B, adapter, output": "0.6",
    }
    assert charges("fireworks", "limits", "adapters") == {
        "LoRA adapters per deployment (maximum)": "100"
    }
    assert charges("fireworks", "serving", "") == {}


@pytest.mark.parametrize(
    ("on", "euro", "day"),
    [
        (date(2022, 1, 1), "1.1355", date(2026, 9, 30)),
        (date(2026, 10, 29), "1.1355", date(2026, 9, 30)),
        (date(2026, 10, 30), "1.1172", date(2026, 10, 30)),
        (date(2030, 12, 31), "1.1172", date(2026, 10, 30)),
    ],
)
def test_exchange_rate_is_the_newest_by_the_day_or_else_the_first(
    on: date, euro: str, day: date
) -> None:
    rate = catalogue(on).exchange_rates["EUR"]

    assert (rate.value, rate.as_of) == (Decimal(euro), day)
    assert rate.issuer == "European Central Bank"


def test_other_currencies_follow_from_the_two_rates_of_the_euro() -> None:
    rates = catalogue(TODAY).exchange_rates

    # 1.1172 / 0.8338 and 1.1172 / 0.9194, as the European Central Bank published them.
    assert (rates["GBP"].value, rates["CHF"].value) == (
        Decimal("1.3399"),
        Decimal("1.2151"),
    )
    assert "USD" not in rates

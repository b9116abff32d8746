"""The parts of a difference add up to it, and each is of its cause alone."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from audits.landscape.token_prices import Rates, Tier, TokenPrices
from audits.scoring.causes.split import (
    CAUSES,
    ModelUse,
    Part,
    SaidUsage,
    SeenUsage,
    split,
)
from audits.scoring.causes.token_costs import (
    PriceDays,
    said_requests,
    said_tokens,
    token_cost,
)
from audits.scoring.costs.cost_drivers import Traffic
from audits.scoring.costs.prompt_costs import prompt_per_month
from audits.scoring.costs.rounding import as_printed
from tests.examples import DEAR, up_to
from tests.scoring.tracking.drawn_months import KNOWN, PRICES, SEEN, TRAFFIC, said

thoroughly = settings(max_examples=up_to(10_000, DEAR), deadline=None)
CENT = Decimal("0.01")

CACHED = TokenPrices(
    cache_minimum=1024,
    rates=Rates(
        input=Decimal(2),
        output=Decimal(10),
        cache_read=Decimal("0.1"),
        cache_write=Decimal("2.5"),
    ),
)
TRAFFIC_SAID = Traffic(
    requests=Decimal(100_000),
    prefix=6000,
    variable=500,
    output=300,
    cache_hit=Decimal("0.9"),
)
# 604 dollars of the model, and 225 of people beside it.
SAID = SaidUsage(traffic=TRAFFIC_SAID, prices=CACHED, month=Decimal(829))
AS_SAID = ModelUse(
    requests=100_000,
    input_tokens=650_000_000,
    cached_tokens=540_000_000,
    output_tokens=30_000_000,
    prices=(PriceDays(days=31, prices=CACHED),),
)


def seen(use: ModelUse, spend: Decimal | None = None) -> SeenUsage:
    prices = (PriceDays(days=31, prices=CACHED),)
    return SeenUsage(uses=(use,), said_prices=prices, spend=spend)


def amounts(found: SeenUsage) -> dict[tuple[str, ...], Decimal | None]:
    """Return what the causes add, to the cent, without those that add nothing."""
    parts = split(SAID, found).in_cents.parts
    return {part.causes: part.amount for part in parts if part.amount != 0}


@thoroughly
@given(said(), KNOWN)
def test_parts_add_up_to_the_difference_to_the_cent(
    of_paper: SaidUsage, month: SeenUsage
) -> None:
    made = split(of_paper, month)
    to_the_cent, printed = made.in_cents, made.as_printed

    assert [part.causes for part in to_the_cent.parts] == [(c,) for c in CAUSES]
    for found in (to_the_cent, printed):
        assert sum(part.amount or 0 for part in found.parts) == found.amount
    # What is compared: the paper's month as it prints it, and the bill with the rest.
    usage = prompt_per_month(of_paper.traffic, of_paper.prices)
    bill = of_paper.month - usage + (month.spend or 0)
    assert to_the_cent.said == of_paper.month.quantize(CENT, ROUND_HALF_UP)
    assert printed.said == as_printed(of_paper.month)
    assert to_the_cent.seen is not None
    assert abs(to_the_cent.seen - bill) <= CENT / 2 + Decimal("1e-12")


@thoroughly
@given(said(), SEEN)
def test_what_a_file_does_not_say_is_named_and_never_zero(
    of_paper: SaidUsage, month: SeenUsage
) -> None:
    made = split(of_paper, month)
    found = made.in_cents

    causes = [cause for part in found.parts for cause in part.causes]
    assert causes == list(CAUSES[: 5 if month.spend is None else 6])
    assert all(part.amount is not None for part in found.parts[:-1])
    assert (found.seen is None) == (found.parts[-1].amount is None)
    known = sum(part.amount or 0 for part in found.parts)
    if found.seen is not None:
        assert found.said + known == found.seen


@thoroughly
@given(TRAFFIC, PRICES)
def test_tokens_of_a_paper_cost_what_formula_1_says(
    traffic: Traffic, prices: TokenPrices
) -> None:
    tokens = said_tokens(traffic, prices, said_requests(traffic))
    cost = token_cost(tokens, prices, Fraction(traffic.batch))

    by_formula = Fraction(prompt_per_month(traffic, prices))
    assert cost is not None
    assert abs(cost - by_formula) <= by_formula * Fraction(1, 10**20)


@thoroughly
@given(st.integers(1, 50))
def test_month_as_said_differs_in_nothing_and_more_calls_in_volume(times: int) -> None:
    more = replace(
        AS_SAID,
        requests=100_000 * times,
        input_tokens=650_000_000 * times,
        cached_tokens=540_000_000 * times,
        output_tokens=30_000_000 * times,
    )

    added = {("volume",): Decimal(604) * (times - 1)} if times > 1 else {}
    assert amounts(seen(more)) == added
    assert amounts(seen(more, spend=Decimal(604) * times)) == added


def test_longer_calls_are_tokens_at_the_share_that_was_said() -> None:
    # A tenth more input, with nine of ten parts of what repeats from the cache.
    longer = replace(
        AS_SAID,
        input_tokens=715_000_000,
        cached_tokens=594_000_000,
        output_tokens=31_000_000,
    )

    found = amounts(seen(longer))

    # Written is what repeats in the prompt of the paper, 600 million, less 594; it was
    # 60 of 650 million, so 66 of 715.
    input_said = Decimal(540) * Decimal("0.1") + 60 * Decimal("2.5") + 50 * 2
    assert found == {
        ("tokens",): input_said / 10 + 10,
        ("cache",): (6 - 66) * Decimal("0.5"),
    }


def test_less_from_the_cache_is_cache_share() -> None:
    half = replace(AS_SAID, cached_tokens=300_000_000)

    # 240 million more are written at 2.5 instead of read at 0.1.
    assert amounts(seen(half)) == {("cache",): Decimal(576)}


def test_no_cache_at_all_writes_nothing_to_it() -> None:
    assert amounts(seen(replace(AS_SAID, cached_tokens=0))) == {
        ("cache",): Decimal(1300 - 304)
    }


def test_price_that_doubles_on_the_tenth_day_counts_by_days() -> None:
    rates = CACHED.rates
    doubled = replace(CACHED, rates=replace(rates, output=rates.output * 2))
    days = (
        PriceDays(days=9, prices=CACHED),
        PriceDays(days=21, prices=doubled),
    )

    found = SeenUsage(uses=(replace(AS_SAID, prices=days),), said_prices=days)

    assert amounts(found) == {("price",): Decimal(300) * 21 / 30}


def test_other_model_is_model_and_what_the_bill_says_besides_is_its_own_part() -> None:
    cheap = TokenPrices(rates=Rates(input=Decimal("0.5"), output=Decimal(2)))
    moved = replace(AS_SAID, prices=(PriceDays(days=31, prices=cheap),))

    assert amounts(seen(moved, spend=Decimal(400))) == {
        ("model",): Decimal(325 + 60 - 604),
        ("other",): Decimal(15),
    }


def test_file_without_cached_tokens_leaves_three_causes_together() -> None:
    unsaid = replace(AS_SAID, cached_tokens=None)

    made = split(SAID, seen(unsaid, spend=Decimal(700)))

    assert made.in_cents.parts == (
        Part(causes=("volume",), amount=Decimal(0)),
        Part(causes=("tokens",), amount=Decimal(0)),
        Part(causes=("cache", "price", "model", "other"), amount=Decimal(96)),
    )


def test_model_without_a_price_leaves_the_month_unknown() -> None:
    found = split(SAID, seen(replace(AS_SAID, prices=()))).in_cents

    assert (found.seen, found.amount) == (None, None)
    assert found.parts[-1] == Part(causes=("model",), amount=None)


def test_price_of_long_calls_needs_their_number() -> None:
    higher = replace(CACHED.rates, input=Decimal(4))
    tiered = replace(CACHED, tiers=(Tier(above=6500, rates=higher),))
    paper = replace(SAID, prices=tiered)
    one_more = replace(AS_SAID, input_tokens=650_000_001)
    uncounted = replace(AS_SAID, requests=None)

    plain, longer, unknown = (
        split(paper, seen(use)).in_cents.parts for use in (AS_SAID, one_more, uncounted)
    )

    assert plain[1] == Part(causes=("tokens",), amount=Decimal(0))
    # All input that is neither read from the cache nor written costs 4 instead of 2.
    assert longer[1] == Part(causes=("tokens",), amount=Decimal(100))
    assert unknown[0].causes == ("volume", "tokens", "cache", "price", "model")

"""Months of usage as Hypothesis draws them: what was said of one, and what was seen."""

from decimal import Decimal

from hypothesis import strategies as st

from audits.landscape.token_prices import Rates, Tier, TokenPrices
from audits.scoring.causes.split import ModelUse, SaidUsage, SeenUsage
from audits.scoring.causes.token_costs import PriceDays
from audits.scoring.costs.cost_drivers import Traffic
from audits.scoring.costs.prompt_costs import prompt_per_month

RATE = st.decimals("0", "200", places=4)
SHARE = st.decimals("0", "1", places=4)
SPEND = st.decimals("0", "9999999", places=6)
RATES = st.builds(
    Rates,
    input=RATE,
    output=RATE,
    cache_read=st.none() | RATE,
    cache_write=st.none() | RATE,
)
PRICES = st.builds(
    TokenPrices,
    rates=RATES,
    tiers=st.just(())
    | st.tuples(st.builds(Tier, above=st.integers(0, 20_000), rates=RATES)),
    cache_minimum=st.none() | st.just(1024),
    batch=st.none() | SHARE,
)
TRAFFIC = st.builds(
    Traffic,
    requests=st.decimals("0", "10000000", places=1),
    prefix=st.integers(0, 20_000),
    variable=st.integers(0, 5000),
    output=st.integers(0, 5000),
    cache_hit=st.none() | SHARE,
    retries=st.just(Decimal(0)) | SHARE,
    batch=st.just(Decimal(0)) | SHARE,
)
PRICED = st.builds(PriceDays, days=st.integers(1, 31), prices=PRICES)
DAYS = st.lists(PRICED, max_size=2).map(tuple)
KNOWN_DAYS = st.lists(PRICED, min_size=1, max_size=2).map(tuple)


@st.composite
def said(draw: st.DrawFn) -> SaidUsage:
    traffic, prices = draw(TRAFFIC), draw(PRICES)
    beside = draw(st.just(Decimal(0)) | st.decimals("0", "50000", places=2))
    month = prompt_per_month(traffic, prices) + beside
    return SaidUsage(traffic=traffic, prices=prices, month=month)


@st.composite
def use(draw: st.DrawFn, *, is_known: bool = False) -> ModelUse:
    """Draw what a model was used for, in which a file may not say any number."""
    requests = draw(st.integers(0, 10**7))
    read = draw(st.integers(0, 25_000)) * requests
    counts = (
        requests,
        read,
        draw(st.integers(0, read)),
        draw(st.integers(0, 5000)) * requests,
    )
    said = counts if is_known else [draw(st.none() | st.just(x)) for x in counts]
    return ModelUse(
        requests=said[0],
        input_tokens=said[1],
        cached_tokens=said[2],
        output_tokens=said[3],
        prices=draw(KNOWN_DAYS if is_known else DAYS),
    )


SEEN = st.builds(
    SeenUsage,
    uses=st.lists(use(), max_size=3).map(tuple),
    said_prices=DAYS,
    spend=st.none() | SPEND,
)
KNOWN = st.builds(
    SeenUsage,
    uses=st.lists(use(is_known=True), min_size=1, max_size=3).map(tuple),
    said_prices=KNOWN_DAYS,
    spend=SPEND,
)

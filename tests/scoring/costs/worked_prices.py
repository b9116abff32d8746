"""The prices of the method's table B.3, and what several of its examples share."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.landscape.token_prices import Rates, Tier, TokenPrices
from audits.scoring.calendars.break_even import CostLine, break_even
from audits.scoring.costs.cost_drivers import Hosting, People, Traffic
from audits.scoring.costs.price_schedule import DatedPrices, PricedModel
from audits.scoring.costs.training_costs import (
    amortised_per_month,
    hosting_per_month,
    people_per_month,
)


def prices(
    enter: str,
    leave: str,
    read: str | None = None,
    write: str | None = None,
    minimum: int = 1024,
) -> TokenPrices:
    rates = Rates(
        input=Decimal(enter),
        output=Decimal(leave),
        cache_read=None if read is None else Decimal(read),
        cache_write=None if write is None else Decimal(write),
    )
    return TokenPrices(rates=rates, cache_minimum=minimum)


# docs/method.md, B.3.
SONNET = prices("2", "10", "0.1", "2.5")
LUNA = prices("0.1", "0.5", "0.01", "0.125")
OPUS = prices("5", "25", "0.5", "6.25")
HAIKU = replace(
    LUNA,
    tiers=(Tier(above=100_000, rates=prices("0.5", "2.5", "0.05", "0.625").rates),),
)
TERRA = prices("1", "5", "0.05", "1.25")
MINI = prices("0.15", "0.6", "0.075")
TUNED_MINI = prices("0.3", "1.2")
TEACHER = prices("1.32", "3.96", "0.13")
O4_MINI = prices("1.1", "4.4")
ARGON = PricedModel(
    name="gemini-4-argon",
    schedule=(
        DatedPrices(start=date(2026, 1, 1), prices=prices("2", "10", "0.1")),
        DatedPrices(start=date(2026, 12, 1), prices=prices("4", "20", "0.2")),
    ),
)


def traffic(
    requests: int, prefix: int, variable: int, output: int, hit: str = "0.9"
) -> Traffic:
    return Traffic(
        requests=Decimal(requests),
        prefix=prefix,
        variable=variable,
        output=output,
        cache_hit=Decimal(hit),
    )


USUAL = traffic(100_000, 6000, 500, 300)
UNCACHED = replace(USUAL, cache_hit=Decimal(0))
OWN = Hosting(hourly=Decimal("2.95"), count=Decimal(2))
QUARTER = People(share=Decimal("0.25"), yearly=Decimal(180_000))


def own_fixed() -> Decimal:
    amortised = amortised_per_month(Decimal(12_000), Decimal(6))
    return hosting_per_month(OWN) + amortised + people_per_month(QUARTER)


def crossing(fixed: Decimal, prompt: Decimal, trained: Decimal = Decimal(0)) -> int:
    found = break_even(
        CostLine(fixed=Decimal(0), per_request=prompt),
        CostLine(fixed=fixed, per_request=trained),
    )
    assert found is not None
    return found

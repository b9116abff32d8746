"""A use case to price: the traffic of example V1, and what the landscape assumes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.landscape.token_prices import Rates, Tier, TokenPrices
from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.cost_ranges import TYPICAL, Defaults, Range
from audits.scoring.costs.price_schedule import DatedPrices, PricedModel

DAY = date(2026, 11, 24)


def between(low: str, expected: str, high: str) -> Range:
    return Range(
        low=Decimal(low),
        expected=Decimal(expected),
        high=Decimal(high),
        unit="",
        source="ours",
    )


ASSUMED: Defaults = {
    "fte_cost": between("120000", "180000", "300000"),
    "engineer_day": between("500", "800", "1500"),
    "label_cost": between("0.1", "1.5", "10"),
    "mlops_share_trained": between("0.1", "0.25", "0.5"),
    "upkeep_share_prompt": between("0.02", "0.05", "0.1"),
    "upkeep_share_rag": between("0.05", "0.1", "0.25"),
    "vector_store_month": between("50", "200", "1000"),
    "model_life": between("6", "9", "12"),
    "serving_replicas": between("2", "2", "4"),
    "gpu_tokens_per_second": between("1600", "9300", "29300"),
    "gpu_overhead": between("1", "1.3", "1.5"),
    "cache_hit_cap": between("0.5", "0.9", "0.95"),
    "tuned_hosting_hour": between("0", "1.7", "1.7"),
    "retry_rate": between("0", "0.02", "0.1"),
}
DEFAULTS: Defaults = {**TYPICAL, **ASSUMED}
GIVEN: dict[InputId, Decimal | Range] = {
    "requests": Decimal(100_000),
    "prefix_tokens": Decimal(6000),
    "variable_tokens": Decimal(500),
    "output_tokens": Decimal(300),
    "cache_hit": Decimal("0.9"),
}


def priced(
    name: str,
    enter: str,
    leave: str,
    *,
    read: str | None = None,
    write: str | None = None,
    tiers: tuple[Tier, ...] = (),
    batch: str | None = None,
    ends: date | None = None,
) -> PricedModel:
    rates = Rates(
        input=Decimal(enter),
        output=Decimal(leave),
        cache_read=None if read is None else Decimal(read),
        cache_write=None if write is None else Decimal(write),
    )
    prices = TokenPrices(
        rates=rates,
        tiers=tiers,
        cache_minimum=1024,
        batch=None if batch is None else Decimal(batch),
    )
    schedule = (DatedPrices(start=date(2026, 1, 1), prices=prices),)
    return PricedModel(name=name, schedule=schedule, ends=ends)


MID = priced("mid", "2", "10", read="0.1", write="2.5")
SMALL = priced("small", "0.1", "0.5", read="0.01", write="0.125")
TUNED = replace(priced("tuned", "0.3", "1.2", ends=date(2027, 1, 14)), is_tuned=True)
TEACHER = priced("teacher", "1.32", "3.96", batch="0.5")
INPUTS = CostInputs(
    on=DAY,
    given=GIVEN,
    defaults=DEFAULTS,
    model=MID,
    smaller=SMALL,
    teacher=TEACHER,
    tuned=TUNED,
    today="prompt",
)
NOTHING = CostInputs(on=DAY, given={}, defaults={})

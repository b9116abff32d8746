"""Token prices of the built-in models, kept in a file beside this one.

What they come from is genai-prices, which takes 26 MB of a process, and most of a
second. The file is of one release of it: beside another release, it says nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from audits.landscape.token_prices import Rates, Tier, TokenPrices

FILE = Path(__file__).with_name("token_prices.json")
_RATES = ("input", "output", "cache_read", "cache_write")

type Name = tuple[str, str]
"""A provider and a model, as genai-prices has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What genai-prices says of a model: its prices, with the day each holds from.

    Its prices change on `days`; only that of batches may change on others.
    """

    periods: tuple[tuple[date, TokenPrices], ...]
    days: tuple[date, ...]

    def on(self, day: date) -> TokenPrices:
        """Return the prices on a day; before the first, those are the first."""
        (_, found), *later = self.periods
        for start, prices in later:
            if start <= day:
                found = prices
        return found


@cache
def kept() -> Mapping[Name, Kept]:
    """Return the prices of the file, if it is of the genai-prices that is installed."""
    said = json.loads(FILE.read_text())
    if said["genai-prices"] != version("genai-prices"):
        return {}
    return {
        (model["provider"], model["model"]): Kept(
            periods=tuple(map(_period, model["prices"])),
            days=tuple(map(date.fromisoformat, model["days"])),
        )
        for model in said["models"]
    }


def written(models: Mapping[Name, Kept]) -> str:
    """Return such a file of these prices."""
    said = {
        "genai-prices": version("genai-prices"),
        "models": [
            {
                "provider": provider,
                "model": model,
                "days": [f"{day}" for day in kept.days],
                "prices": [
                    {"from": f"{start}", **_said(prices)}
                    for start, prices in kept.periods
                ],
            }
            for (provider, model), kept in models.items()
        ],
    }
    return json.dumps(said, indent=1) + "\n"


def _period(said: Mapping[str, Any]) -> tuple[date, TokenPrices]:
    tiers = tuple(
        Tier(above=tier["above"], rates=_rates(tier)) for tier in said.get("tiers", ())
    )
    batch = Decimal(said["batch"]) if "batch" in said else None
    prices = TokenPrices(rates=_rates(said), tiers=tiers, batch=batch)
    return date.fromisoformat(said["from"]), prices


def _rates(said: Mapping[str, str]) -> Rates:
    return Rates(**{name: Decimal(said[name]) for name in _RATES if name in said})


def _said(prices: TokenPrices) -> dict[str, Any]:
    said: dict[str, Any] = _said_of(prices.rates)
    if prices.tiers:
        said["tiers"] = [
            {"above": tier.above, **_said_of(tier.rates)} for tier in prices.tiers
        ]
    return said if prices.batch is None else said | {"batch": f"{prices.batch}"}


def _said_of(rates: Rates) -> dict[str, str]:
    found = {name: getattr(rates, name) for name in _RATES}
    return {name: f"{rate}" for name, rate in found.items() if rate is not None}

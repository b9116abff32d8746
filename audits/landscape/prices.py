"""Token prices from genai-prices: the one file that knows it.

Those of the built-in models are kept, so that a process asks it only for others.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from audits.landscape.facts import FIRST_DAY
from audits.landscape.kept_prices import Kept, kept
from audits.landscape.token_prices import Rates, Tier, TokenPrices

if TYPE_CHECKING:
    from genai_prices.types import ModelPrice, PriceCalculation

_BATCH = {"processing": "batch"}


@lru_cache(maxsize=1024)
def token_prices(provider_id: str, model_ref: str, on: date) -> TokenPrices:
    """Return a model's token prices on a day, at noon UTC.

    Args:
        provider_id: The provider as genai-prices names it, such as "openai".
        model_ref: The model as the provider names it, such as "gpt-5".
        on: The day. Few past prices are kept, so that an early day may get a later
            price; scheduled changes are applied.

    Returns:
        US dollars for a million tokens, with the tiers of longer requests. `batch` is
        None if no price of batched requests is known for the day, and `cache_minimum`
        is always None: genai-prices does not have it.

    Raises:
        LookupError: genai-prices does not know the model, or has no price for its
            input.
    """
    if known := kept().get((provider_id, model_ref)):
        return known.on(on)
    return asked(provider_id, model_ref, on)


@lru_cache(maxsize=1024)
def price_days(provider_id: str, model_ref: str) -> tuple[date, ...]:
    """Return the days on which genai-prices changes the price of a model, in order.

    Raises:
        LookupError: genai-prices does not know the model.
    """
    if known := kept().get((provider_id, model_ref)):
        return known.days
    model = _calculation(provider_id, model_ref, FIRST_DAY, None).model
    return _starts(model.prices)


def to_keep(provider_id: str, model_ref: str) -> Kept:
    """Return all that genai-prices says of a model.

    Raises:
        LookupError: It does not know the model, or lacks a price.
    """
    model = _calculation(provider_id, model_ref, FIRST_DAY, None).model
    days, batches = _starts(model.prices), _starts(model.price_variants)
    starts = (FIRST_DAY, *sorted({*days, *batches}))
    periods = tuple((day, asked(provider_id, model_ref, day)) for day in starts)
    return Kept(periods=periods, days=days)


def asked(provider_id: str, model_ref: str, on: date) -> TokenPrices:
    """Return what genai-prices itself says, as `token_prices` does."""
    standard = _model_price(provider_id, model_ref, on)
    batched = _model_price(provider_id, model_ref, on, _BATCH)
    rates = _rates(standard, above=0)
    return TokenPrices(
        rates=rates,
        tiers=tuple(
            Tier(above=start, rates=_rates(standard, above=start))
            for start in _tier_starts(standard)
        ),
        batch=_batch(rates, _rates(batched, above=0)),
    )


def _starts(dated: object) -> tuple[date, ...]:
    """Return the days on which prices start, in order; a single price has none."""
    each = dated if isinstance(dated, list) else []
    starts = {getattr(price.constraint, "start_date", None) for price in each}
    return tuple(sorted(start for start in starts if start))


def _model_price(
    provider_id: str, model_ref: str, on: date, context: dict[str, str] | None = None
) -> "ModelPrice":
    return _calculation(provider_id, model_ref, on, context).model_price


def _calculation(
    provider_id: str, model_ref: str, on: date, context: dict[str, str] | None
) -> "PriceCalculation":
    from genai_prices import Usage, calc_price  # noqa: PLC0415 - takes most of a second

    try:
        return calc_price(
            Usage(input_tokens=0),
            model_ref,
            provider_id=provider_id,
            genai_request_timestamp=datetime.combine(on, time(12), UTC),
            price_context=context,
        )
    except LookupError as error:
        message = f"genai-prices has no model {model_ref} of {provider_id}"
        raise LookupError(message) from error


def _tier_starts(price: "ModelPrice") -> list[int]:
    starts = {
        tier.start for unit in _units(price) for tier in getattr(unit, "tiers", ())
    }
    return sorted(starts)


def _units(price: "ModelPrice") -> tuple[object, ...]:
    return (
        price.input_mtok,
        price.output_mtok,
        price.cache_read_mtok,
        price.cache_write_mtok,
    )


def _rates(price: "ModelPrice", above: int) -> Rates:
    """Return the rates of requests longer than `above` tokens."""
    paid, answered, read, written = (_rate(unit, above) for unit in _units(price))
    if paid is None:
        message = "genai-prices has no price for the input of this model"
        raise LookupError(message)
    return Rates(
        input=paid, output=answered or Decimal(0), cache_read=read, cache_write=written
    )


def _rate(unit: object, above: int) -> Decimal | None:
    if unit is None or isinstance(unit, Decimal):
        return unit
    reached = [tier for tier in getattr(unit, "tiers", ()) if tier.start <= above]
    last = max(reached, key=lambda tier: int(tier.start), default=None)
    rate = last.price if last else getattr(unit, "base", None)
    return Decimal(rate) if rate is not None else None


def _batch(standard: Rates, batched: Rates) -> Decimal | None:
    """Return the higher of the shares that batched input and output cost."""
    shares = [
        batch / single
        for single, batch in (
            (standard.input, batched.input),
            (standard.output, batched.output),
        )
        if single
    ]
    share = max(shares, default=Decimal(1))
    return share if share < 1 else None

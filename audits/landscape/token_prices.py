"""The shape of a model's token prices."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """US dollars for a million tokens; None if the provider has no such rate."""

    input: Decimal
    output: Decimal
    cache_read: Decimal | None = None
    cache_write: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """The rates of a whole request whose input is longer than `above` tokens."""

    above: int
    rates: Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPrices:
    """A model's token prices on one day.

    `cache_minimum` is the shortest prefix, in tokens, that the provider caches; None
    means it caches nothing. `batch` is the share of the price that a batched request
    costs.
    """

    rates: Rates
    tiers: tuple[Tier, ...] = ()
    cache_minimum: int | None = None
    batch: Decimal | None = None

    def for_input(self, tokens: int) -> Rates:
        """Return the rates of a request with a number of input tokens.

        >>> dear = Rates(input=Decimal(2), output=Decimal(9))
        >>> cheap = Rates(input=Decimal(1), output=Decimal(5))
        >>> prices = TokenPrices(rates=cheap, tiers=(Tier(above=200, rates=dear),))
        >>> prices.for_input(200).input, prices.for_input(201).input
        (Decimal('1'), Decimal('2'))
        """
        reached = [tier for tier in self.tiers if tokens > tier.above]
        return (
            max(reached, key=lambda tier: tier.above).rates if reached else self.rates
        )

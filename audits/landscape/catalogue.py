"""What the market offered on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from audits.landscape import in_force, prices
from audits.landscape.facts import (
    FIRST_DAY,
    Assumption,
    Charge,
    Cited,
    Day,
    Range,
    Source,
)
from audits.landscape.schema import (
    CachePoint,
    Change,
    ExchangeRate,
    Landscape,
    Model,
    Offer,
    PricePeriod,
    PricePoint,
    PriceReference,
    PriceTier,
    TunedPrices,
    WindowRecord,
)
from audits.landscape.token_prices import Rates, Tier, TokenPrices
from audits.landscape.tunability import Tunability, a_year_after, tunability
from audits.strict_yaml.problems import did_you_mean


@in_force.remembered(maxsize=128)
def catalogue(on: date) -> "Catalogue":
    """Return what the market offered on a day, from the facts in force.

    Raises:
        ValueError: The day is before 2022-01-01, where the facts begin.
    """
    if on < FIRST_DAY:
        message = f"the market facts begin on {FIRST_DAY}, later than {on}"
        raise ValueError(message)
    return Catalogue(on=on, landscape=in_force.current())


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The market on one day.

    Hosting costs and assumptions have no history: every day uses our newest figures,
    which say when they are from.
    """

    on: date
    landscape: Landscape

    @cached_property
    def models(self) -> Mapping[str, Model]:
        """The models out and not retired on the day, by id."""
        return {
            model.id: model
            for model in self.landscape.models.values()
            if model.is_served(self.on)
        }

    @cached_property
    def offers(self) -> Mapping[str, Offer]:
        """The tuning offers that accept jobs on the day, by id."""
        return {
            offer.id: offer
            for offer in self.landscape.offers.values()
            if offer.is_open(self.on)
        }

    @property
    def any_tuning_offer(self) -> bool:
        """Whether a model can be tuned anywhere on the day, one's own GPUs included."""
        return bool(self.offers)

    @property
    def largest_window(self) -> int:
        """The largest context window seen by the day, in tokens."""
        return int(self.largest_window_record.value)

    @cached_property
    def largest_window_record(self) -> WindowRecord:
        """The largest context window seen by the day: its figure and model."""
        records = self.landscape.timelines.windows
        return [record for record in records if record.day <= self.on][-1]

    @property
    def enforced_output(self) -> bool:
        """Whether a provider guarantees on the day that an answer fits a schema."""
        return self.enforced_output_since.day <= self.on

    @property
    def enforced_output_since(self) -> Day:
        """The first day of such a guarantee, with its source."""
        return self.landscape.timelines.enforced_output

    @cached_property
    def prompt_caching(self) -> CachePoint | None:
        """The best saving on a cached prefix by the day; None before there was one.

        Its `value` is the share of the input price that reading the prefix saves.
        """
        points = self.landscape.timelines.caching
        seen = [point for point in points if point.day <= self.on]
        return max(seen, key=lambda point: point.value, default=None)

    @cached_property
    def gpt4_level(self) -> PricePoint | None:
        """The cheapest model at the level of GPT-4 by the day; None before GPT-4.

        Only models with that score in the same test count, not those near it.
        """
        seen = [
            point
            for point in self.landscape.timelines.gpt4_prices
            if point.day <= self.on and point.level in ("reference", "at")
        ]
        return min(seen, key=lambda point: point.input, default=None)

    @cached_property
    def next_tuning_end(self) -> Offer | None:
        """The open tuning offer that ends first, of those that end within a year."""
        year = a_year_after(self.on)
        ending = [o for o in self.offers.values() if o.ends and o.ends.day < year]
        return min(
            ending, key=lambda o: o.ends.day if o.ends else date.max, default=None
        )

    @property
    def gpu_hour(self) -> Range:
        """US dollars for an hour of the usual GPU."""
        return self.landscape.hosting.gpu_hour

    @cached_property
    def exchange_rates(self) -> Mapping[str, ExchangeRate]:
        """The newest rate of each currency by the day, or else its first."""
        found: dict[str, ExchangeRate] = {}
        for rate in self.landscape.exchange_rates:
            if rate.as_of <= self.on or rate.currency not in found:
                found[rate.currency] = rate
        return found

    def model(self, model_id: str) -> Model:
        """Return a model, whether or not it is served on the day.

        Raises:
            LookupError: There is no such model in the facts.
        """
        return _found("model", model_id, self.landscape.models)

    def offer(self, offer_id: str) -> Offer:
        """Return a tuning offer, whether or not it is open on the day.

        Raises:
            LookupError: There is no such offer in the facts.
        """
        return _found("offer", offer_id, self.landscape.offers)

    def assumption(self, assumption_id: str) -> Assumption:
        """Return one of our planning figures.

        Raises:
            LookupError: There is no such assumption in the facts.
        """
        return _found("assumption", assumption_id, self.landscape.assumptions)

    def sources(self, fact: Cited) -> tuple[Source, ...]:
        """Return the sources of a fact."""
        return tuple(self.landscape.sources[name] for name in fact.sources)

    def prices(self, model_id: str) -> TokenPrices:
        """Return a model's token prices on the day, with changes scheduled until then.

        Raises:
            LookupError: The model is unknown, not out yet, retired, or without a price
                on the day; says which.

        Source: genai-prices, and `price_periods` of the model where that lacks them.
        """
        model = self.model(model_id)
        basis = self.price_basis(model_id)
        if isinstance(basis, PricePeriod):
            found = _of_period(basis)
        else:
            found = prices.token_prices(basis.provider_id, basis.model_ref, self.on)
        return self._with_cache_minimum(found, model)

    def price_basis(self, model_id: str) -> PricePeriod | PriceReference:
        """Return the facts behind a model's prices on the day, with sources.

        Raises:
            LookupError: As for `prices`.
        """
        model = self.model(model_id)
        self._must_be_served(model)
        basis = _on(self.on, model.price_periods) or model.price
        if basis is None:
            message = f"no price of {model.name} is known for {_written(self.on)}"
            raise LookupError(message)
        return basis

    def tuned_prices(self, model_id: str) -> TokenPrices:
        """Return the token prices of a tuned version of a model on the day.

        Raises:
            LookupError: The model is unknown or retired, or no such price is known.

        Source: `inference` of the tuning offers.
        """
        _, period = self._tuned(model_id)
        return self._with_cache_minimum(_of_period(period), self.model(model_id))

    def tuned_basis(self, model_id: str) -> TunedPrices:
        """Return the facts behind the token prices of a tuned model, with sources.

        Raises:
            LookupError: As for `tuned_prices`.
        """
        _, period = self._tuned(model_id)
        return period

    def tuned_hosting(self, model_id: str) -> Charge:
        """Return what a tuned version of a model costs by the hour, used or not.

        It is the charge of the provider whose token prices `tuned_prices` returns.

        Raises:
            LookupError: As for `tuned_prices`.

        Source: `hosting` of the tuning offers.
        """
        offer, _ = self._tuned(model_id)
        assert offer.deployment is not None, offer.id  # noqa: S101 - consistency.py
        return offer.deployment

    def tunable(self, model_id: str) -> Tunability:
        """Return whether a model can be tuned on the day, and until when.

        Raises:
            LookupError: There is no such model in the facts.
        """
        return tunability(self.model(model_id), self.landscape.offers, self.on)

    def changes_within(self, days: int) -> tuple[Change, ...]:
        """Return the changes from the day until a number of days later, in order."""
        last = self.on + timedelta(days=days)
        return tuple(c for c in self.landscape.changes if self.on <= c.day <= last)

    def _tuned(self, model_id: str) -> tuple[Offer, TunedPrices]:
        """Return the offer that serves a tuned model by token, with its prices."""
        model = self.model(model_id)
        self._must_be_served(model)
        for offer in self.landscape.offers.values():
            named = [p for p in offer.inference if p.model == model_id]
            if period := _on(self.on, named):
                return offer, period
        day = _written(self.on)
        message = f"no price of a tuned {model.name} is known for {day}"
        raise LookupError(message)

    def _must_be_served(self, model: Model) -> None:
        if model.id in self.models:
            return
        if model.retires is not None and model.retires.day <= self.on:
            what = f": it was retired on {_written(model.retires.day)}"
        elif model.released:
            what = f", before its release on {_written(model.released.day)}"
        else:
            first = _written(model.available_from.day)
            what = f": the oldest source that lists it is from {first}"
        message = f"{model.name} has no price on {_written(self.on)}{what}"
        raise LookupError(message)

    def _with_cache_minimum(self, found: TokenPrices, model: Model) -> TokenPrices:
        if found.rates.cache_read is None:
            return found
        said = model.prompt_cache.minimum if model.prompt_cache else None
        usual = self.assumption("cache_minimum").expected
        return replace(found, cache_minimum=int(said.value if said else usual))


def _found[Fact](noun: str, name: str, facts: Mapping[str, Fact]) -> Fact:
    if name not in facts:
        message = f'no {noun} "{name}" in the facts{did_you_mean(name, facts)}'
        raise LookupError(message)
    return facts[name]


def _written(day: date) -> str:
    """Return a day as people write it."""
    return f"{day.day} {day:%B %Y}"


def _on[Period: PricePeriod](
    on: date, periods: "tuple[Period, ...] | list[Period]"
) -> Period | None:
    return next((period for period in periods if period.covers(on)), None)


def _of_period(period: PricePeriod) -> TokenPrices:
    return TokenPrices(
        rates=_rates(period),
        tiers=tuple(Tier(above=t.above, rates=_rates(t)) for t in period.tiers),
        batch=period.batch,
    )


def _rates(prices: PricePeriod | PriceTier) -> Rates:
    return Rates(
        input=prices.input,
        output=prices.output,
        cache_read=prices.cache_read,
        cache_write=prices.cache_write,
    )

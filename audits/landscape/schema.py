"""The shapes of the market's facts: models, offers, changes, timelines.

Every shape is frozen and every fact is cited: it says when it was read, how sure it is
and where it comes from. `loader.load` refuses a fact that does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from audits.landscape.facts import (
    Assumption,
    Bounds,
    Charge,
    Cited,
    Day,
    Figure,
    Range,
    Source,
)

Technique = Literal["prompt", "few_shot", "rag", "distil", "fine_tune"]
Kind = Literal["frontier", "mid", "small", "open", "embedding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceReference(Cited):
    """Where genai-prices has a model's token prices."""

    provider_id: str
    model_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTier:
    """The prices of a whole request whose input is longer than `above` tokens."""

    above: int
    input: Decimal
    output: Decimal
    cache_read: Decimal | None = None
    cache_write: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePeriod(Cited):
    """Token prices that genai-prices lacks, from `start` until the day before `end`.

    `unit` is US dollars for a million tokens. `batch` is the share of the price that a
    batched request costs; None if no such price is known.
    """

    start: date
    input: Decimal
    output: Decimal
    unit: Literal["USD per million tokens"]
    cache_read: Decimal | None = None
    cache_write: Decimal | None = None
    tiers: tuple[PriceTier, ...] = ()
    batch: Decimal | None = None
    end: date | None = None

    def covers(self, on: date) -> bool:
        """Say whether these prices hold on a day."""
        return self.start <= on and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptCache:
    """The shortest prefix that is cached, and how long it stays cached unused."""

    minimum: Figure | None = None
    lifetime: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning(Cited):
    """Whether a model can be tuned: `offers` where it is served, or by its weights.

    `elsewhere` are offers on another provider's platform, which do not count here.
    """

    offered: Literal["yes", "no", "unknown"]
    offers: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement(Cited):
    """The model that a provider names in the place of one that ends."""

    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model as one provider serves it.

    It has either `released` or `first_seen`, the day of the oldest text we read that
    lists it. It is gone on the day of `retires`, `replaced_by` what its provider names;
    from `retires_not_before` on, it may go.
    """

    id: str
    name: str
    provider: str
    kind: Kind
    open_weights: bool
    context_window: Figure
    tuning: Tuning
    price: PriceReference | None = None
    price_periods: tuple[PricePeriod, ...] = ()
    prompt_cache: PromptCache | None = None
    released: Day | None = None
    first_seen: Day | None = None
    retires: Day | None = None
    replaced_by: Replacement | None = None
    retires_not_before: Day | None = None
    note: str | None = None

    @property
    def price_checked(self) -> date | None:
        """The day on which the newest of its prices was checked; None without any."""
        days = [period.as_of for period in self.price_periods]
        return max([*days, self.price.as_of] if self.price else days, default=None)

    @property
    def available_from(self) -> Day:
        """The first day on which we know of it."""
        day = self.released or self.first_seen
        assert day is not None, self.id  # noqa: S101 - consistency.py refuses it
        return day

    def is_served(self, on: date) -> bool:
        """Say whether the model is out and not retired on a day."""
        ended = self.retires is not None and self.retires.day <= on
        return self.available_from.day <= on and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class TunedPrices(PricePeriod):
    """Token prices of a tuned version of a model."""

    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Cited):
    """A service that tunes models, or your own machines.

    From the day of `ends`, nobody can start a new job; since `restricted`, only some
    customers can. Charges are list prices. `serving` is what tokens of adapters cost
    that share the machines of their base model, `hosting` what machines and storage
    cost. `inference` are such token prices of models that the facts have.
    """

    id: str
    provider: str
    product: str
    methods: tuple[str, ...]
    opens: Day
    bases: tuple[str, ...] = ()
    ends: Day | None = None
    restricted: Day | None = None
    training: tuple[Charge, ...] = ()
    serving: tuple[Charge, ...] = ()
    hosting: tuple[Charge, ...] = ()
    limits: tuple[Charge, ...] = ()
    inference: tuple[TunedPrices, ...] = ()

    @property
    def deployment(self) -> Charge | None:
        """The price of an hour of a tuned model, used or not; None if not known."""
        hourly = (each for each in self.hosting if each.unit == "USD per hour")
        return next(hourly, None)

    def is_open(self, on: date) -> bool:
        """Say whether new jobs can be started on a day."""
        ended = self.ends is not None and self.ends.day <= on
        return self.opens.day <= on and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Cited):
    """Something that changes the market on a day."""

    id: str
    day: date
    kind: Literal[
        "price", "release", "notice", "retirement", "floor", "tuning", "service"
    ]
    provider: str
    subjects: tuple[str, ...]
    text: str
    effect: str | None = None
    affects: tuple[Technique, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRecord(Figure):
    """A context window larger than any before it."""

    day: date
    vendor: str
    model: str
    availability: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePoint(Cited):
    """The price of a model at, near or said to be at the level of GPT-4.

    `level` "at" is 84 or more in the same run of MMLU, "near" is 80 to 84, and
    "unmeasured" means that only the vendor's class of model suggests it. `mmlu` is in
    percent.
    """

    day: date
    vendor: str
    model: str
    input: Decimal
    output: Decimal
    unit: Literal["USD per million tokens"]
    level: Literal["reference", "at", "near", "unmeasured"]
    name: str = ""
    mmlu: Figure | None = None

    @property
    def blended(self) -> Decimal:
        """US dollars for a million tokens, three of input to one of output."""
        return (3 * self.input + self.output) / 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CachePoint(Figure):
    """The share of the input price that reading a cached prefix saves."""

    day: date
    vendor: str
    model: str
    name: str = ""


def called(point: WindowRecord | PricePoint | CachePoint) -> str:
    """Return what people call the model of a point, else what its provider does."""
    return point.name or point.model


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Cited):
    """A day that a drawing of the years names; `short` is for small drawings."""

    day: date
    text: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timelines:
    """The figures that grew or fell over the years, in order of days."""

    windows: tuple[WindowRecord, ...]
    gpt4_prices: tuple[PricePoint, ...]
    caching: tuple[CachePoint, ...]
    enforced_output: Day
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """The cost of machines and stores; `gpu_hour` is for the usual GPU."""

    gpu_hour: Range
    other_gpus: tuple[Bounds, ...]
    vector_stores: tuple[Charge, ...]
    embeddings: tuple[Charge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate(Figure):
    """What one unit of a currency was in US dollars on the day of `as_of`.

    `currency` is its code of three letters; `issuer` is who publishes the rate.
    """

    currency: str
    name: str
    issuer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which landscape something was computed with: its SHA-256 and its day."""

    sha256: str
    as_of: date


@dataclass(frozen=True, kw_only=True)
class Landscape:
    """All the facts that are in force together.

    `sha256` tells one landscape from another. `dated` is the day that an operator's
    file gives for its facts; None if there is none.
    """

    sources: Mapping[str, Source]
    models: Mapping[str, Model]
    offers: Mapping[str, Offer]
    changes: tuple[Change, ...]
    timelines: Timelines
    hosting: Hosting
    assumptions: Mapping[str, Assumption]
    exchange_rates: tuple[ExchangeRate, ...]
    sha256: str
    dated: date | None = None

    @cached_property
    def as_of(self) -> date:
        """The day of an operator's file; otherwise that of the newest source."""
        newest = max(source.day for source in self.sources.values())
        return max(self.dated or newest, newest)

    @cached_property
    def edition(self) -> Edition:
        """What stored results say of it."""
        return Edition(sha256=self.sha256, as_of=self.as_of)

    @cached_property
    def prices_checked(self) -> date:
        """The day on which the newest price of a model was checked."""
        days = (model.price_checked for model in self.models.values())
        return max(day for day in days if day)

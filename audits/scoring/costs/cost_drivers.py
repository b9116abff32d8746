"""What the cost formulas are given: traffic, retrieval, training, hosting, people.

Money is US dollars, a month has 730 hours, shares run from 0 to 1. Every amount is a
Decimal and every token count an int; there is no float.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from operator import attrgetter

MILLION = Decimal(1_000_000)
MONTH_HOURS = Decimal(730)
DAY_HOURS = Decimal(24)
MONTH_MINUTES = Decimal(43_800)
YEAR_MONTHS = Decimal(12)
CACHE_MINUTES = Decimal(5)
CACHE_CAP = Decimal("0.9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """The requests of a month and the tokens of one request.

    `prefix` is what every request repeats, `variable` what differs, `output` includes
    hidden reasoning. `cache_hit` is the share of the prefix read from the cache; None
    means that it follows from the traffic, for a cache that keeps a prefix
    `cache_minutes` after its last use, and is never taken above `cache_cap`.
    `retries` is the share of requests sent again, `batch` the share that can wait.

    Raises:
        ValueError: A number is negative, or a share above 1; names the field.

    Source: docs/method.md, B.1.
    """

    requests: Decimal
    prefix: int
    variable: int
    output: int
    cache_hit: Decimal | None = None
    cache_minutes: Decimal = CACHE_MINUTES
    cache_cap: Decimal = CACHE_CAP
    retries: Decimal = Decimal(0)
    batch: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        _refuse_negative(self)
        _refuse_more_than_all(self, "cache_hit", "cache_cap", "batch")

    @property
    def input(self) -> int:
        """The input tokens of one request."""
        return self.prefix + self.variable

    def longer(self, *, prefix: int = 0, variable: int = 0) -> "Traffic":
        """Return the same requests with more tokens each, or fewer if negative.

        It is `replace`, in half the time: most of a plan's prices are of such requests.
        """
        return Traffic(
            requests=self.requests,
            prefix=self.prefix + prefix,
            variable=self.variable + variable,
            output=self.output,
            cache_hit=self.cache_hit,
            cache_minutes=self.cache_minutes,
            cache_cap=self.cache_cap,
            retries=self.retries,
            batch=self.batch,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """What is looked up for a request, and where it is kept.

    A request finds `chunks` pieces of `chunk_tokens` for a query of `query_tokens`. The
    corpus is embedded once and `reembedded` of it again every month, at `embedding`
    dollars for a million tokens. `rerank` is dollars for a request, `store` dollars a
    month, `contextualising` dollars once.

    Raises:
        ValueError: A number is negative, or a share above 1; names the field.

    Source: docs/method.md, formula 5.
    """

    chunks: int
    chunk_tokens: int
    query_tokens: int
    corpus_tokens: int
    embedding: Decimal
    reembedded: Decimal = Decimal(0)
    rerank: Decimal = Decimal(0)
    store: Decimal = Decimal(0)
    contextualising: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        _refuse_negative(self)
        _refuse_more_than_all(self, "reembedded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """The runs to make one trained model.

    A run takes `tokens` in each of `epochs`, at `price` dollars for a million, or
    `hours` at `hourly` dollars, or both.

    Raises:
        ValueError: A number is negative; names the field.

    Source: docs/method.md, formula 8.
    """

    tokens: int = 0
    epochs: Decimal = Decimal(1)
    price: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)
    hourly: Decimal = Decimal(0)
    runs: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        _refuse_negative(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """Machines that are paid by the hour, used or not.

    `overhead` multiplies the price: storage, egress and platform on top of a bare one.

    Raises:
        ValueError: A number is negative; names the field.

    Source: docs/method.md, formulas 6 and 7.
    """

    hourly: Decimal
    count: Decimal = Decimal(1)
    hours: Decimal = MONTH_HOURS
    overhead: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        _refuse_negative(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The people who keep something running: a share of one, and what one costs a year.

    Raises:
        ValueError: A number is negative; names the field.

    Source: docs/method.md, formula 9.
    """

    share: Decimal
    yearly: Decimal

    def __post_init__(self) -> None:
        _refuse_negative(self)


type _Amounts = Traffic | Retrieval | Training | Hosting | People


# Thousands are made for one plan, so their fields are read in one go.
_FIELDS: Mapping[type, tuple[str, ...]] = {
    shape: tuple(each.name for each in fields(shape))
    for shape in (Traffic, Retrieval, Training, Hosting, People)
}
_READERS = {shape: attrgetter(*names) for shape, names in _FIELDS.items()}


def _refuse_negative(amounts: _Amounts) -> None:
    shape = type(amounts)
    values: tuple[Decimal | int | None, ...] = _READERS[shape](amounts)
    for place, value in enumerate(values):
        if value is None:
            continue
        # Asked first, since NaN cannot be compared with 0.
        is_finite = isinstance(value, int) or value.is_finite()
        if not is_finite or value < 0:
            name = _FIELDS[shape][place]
            raise ValueError(f"{name} must be 0 or more, it is {value}")


def _refuse_more_than_all(amounts: _Amounts, *shares: str) -> None:
    for name in shares:
        value = getattr(amounts, name)
        if value is not None and value > 1:
            raise ValueError(f"{name} is a share and must not exceed 1, it is {value}")

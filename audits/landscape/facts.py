"""What a fact is: cited, dated and in a unit.

If only the month or the year is known, it is written "2022-11" or "2022" and means its
first day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

# The facts cover the days from this one on.
FIRST_DAY = date(2022, 1, 1)

type Sources = tuple[str, ...]

# confirmed: a vendor's own text or two independent sources; single: one source, or
# from memory; secondary: only what others wrote about it.
Confidence = Literal["confirmed", "single", "secondary"]
Unit = Literal[
    "tokens",
    "minutes",
    "percent",
    "months",
    "days",
    "hours",
    "replicas",
    "tokens per second",
    "FTE",
    "multiplier",
    "share",
    "share of the input price",
    "tokens per o200k token",
    "adapters",
    "USD per million tokens",
    "USD per million training tokens",
    "USD per training hour",
    "USD per job",
    "USD per hour",
    "USD per GPU-hour",
    "USD per month",
    "USD per day",
    "USD per year",
    "USD per example",
    "USD per GB-month",
    "USD per GB-day",
    "USD per million read units",
    "USD per million write units",
    "USD per 1,000 calls",
    "USD per unit",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts were read: `day` is the day of the text read.

    `read` says how: direct (the thing itself), mirror (a stored copy of the vendor's
    page), secondary (somebody else's account), assumed (ours). Without `page`, `href`
    is only the site: the address of the page was not kept.
    """

    id: str
    title: str
    day: date
    read: Literal["direct", "mirror", "secondary", "assumed"]
    publisher: Literal["vendor", "third_party", "ours"]
    href: str | None = None
    page: bool = True


def is_reported(confidence: Confidence, sources: Iterable[Source]) -> bool:
    """Whether others say a fact alike, and its provider's own text was not read."""
    publishers = {each.publisher for each in sources}
    is_sure = confidence == "confirmed"
    return is_sure and bool(publishers) and "vendor" not in publishers


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The basis of every fact: the day it held, how sure it is, and its sources."""

    as_of: date
    confidence: Confidence
    sources: Sources
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Cited):
    """One number, in its unit."""

    value: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(Cited):
    """A number that is not known exactly, in its unit."""

    low: Decimal
    expected: Decimal
    high: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption(Range):
    """A planning figure of ours, until users enter theirs; `note` gives the reason."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Cited):
    """The day on which something began or ended."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge(Figure):
    """What a provider charges; `up_to` is the more expensive end of a range."""

    what: str
    up_to: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds(Cited):
    """The lowest and the highest charge for something."""

    what: str
    low: Decimal
    high: Decimal
    unit: Unit

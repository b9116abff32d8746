"""What a usage file says, in one shape for all tools and providers."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from audits.uploads.reading.refusals import UnreadableUploadError, Words

MOST_ROWS = 50_000  # days times models
MOST_MODELS = 200
YEARS = range(2000, 2100)
MOST_DAYS = 3660  # from the first to the last
_EARLIEST = timedelta(hours=14)  # the time zone in which a day begins first
MOST_ENTRIES = 2_000_000  # of a file: spans, buckets, lines

type Amount = Literal[
    "requests", "input_tokens", "cached_tokens", "output_tokens", "cost"
]


class RefusedUsageError(UnreadableUploadError):
    """The file is not read; says in one sentence which field, and what to do."""


USAGE = Words("the usage", RefusedUsageError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one model was used for on one day. What the file does not say is None.

    Attributes:
        day: The day in UTC.
        model: As the file calls it; None if it does not.
        requests: Requests to the model.
        input_tokens: Tokens of all input, read from the cache or not.
        cached_tokens: Those of them that the provider read from its cache.
        output_tokens: Tokens of all answers.
        cost: What the provider or tool says all of this costs, less what it credits.
    """

    day: date
    model: str | None = None
    requests: int | None = None
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageFile:
    """A usage file.

    Attributes:
        format: Its format, such as "LiteLLM".
        version: The version that the file names.
        first: The first day of the period that it is about, used or not.
        last: The last day of it.
        rows: One for each day and model, by day, then by model.
        currency: That of the costs, by its code; None without costs.
        left_out: Sentences about what is in the file and does not count, or lowers a
            cost.
        missing: Days between the first and the last that the file is not about. A
            format that leaves out days without use has none.
        digest: The SHA-256 of its bytes, unpacked.
    """

    format: str
    first: date
    last: date
    rows: tuple[Usage, ...]
    version: str | None = None
    currency: str | None = None
    left_out: tuple[str, ...] = ()
    missing: tuple[date, ...] = ()
    digest: str = field(default="", compare=False)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    @property
    def models(self) -> tuple[str | None, ...]:
        """The models in it, those with the most requests or tokens first."""
        weight = self._weight
        return tuple(sorted(weight, key=lambda name: (-weight[name], name or "")))

    @property
    def most_used(self) -> tuple[str | None, ...]:
        """The first of the models, and those that are used as much."""
        weight = self._weight
        most = max(weight.values(), default=0)
        return tuple(name for name in self.models if weight[name] == most)

    @property
    def _weight(self) -> dict[str | None, int]:
        weight: dict[str | None, int] = {}
        for row in self.rows:
            own = row.requests if row.requests is not None else row.input_tokens
            weight[row.model] = weight.get(row.model, 0) + (own or 0)
        return weight


def missing_days(days: Collection[date]) -> tuple[date, ...]:
    """Return the days between the first and the last that are not there.

    A file of more than `MOST_DAYS` is refused elsewhere; none of its days are told.

    >>> missing_days([date(2026, 9, 1), date(2026, 9, 3)])
    (datetime.date(2026, 9, 2),)
    """
    first, last = min(days), max(days)
    count = (last - first).days
    if count >= MOST_DAYS or count + 1 == len(set(days)):
        return ()
    every = (first + timedelta(days=n) for n in range(count))
    return tuple(day for day in every if day not in days)


def require_past(found: UsageFile, now: datetime) -> None:
    """Refuse usage of a day that has started nowhere on Earth yet.

    Raises:
        RefusedUsageError: The file has such a day.
    """
    today = (now.astimezone(UTC) + _EARLIEST).date()
    if found.last <= today:
        return
    days = [row.day for row in found.rows if row.day > today]
    message = (
        f"The file has usage of {min(days, default=found.last):%-d %B %Y}, which is "
        "still to come: correct its days, or export only days that are over, and "
        "select that file."
    )
    raise RefusedUsageError(message)


def require_years(found: UsageFile) -> None:
    """Refuse usage of years in which nobody used a model, or can have.

    Raises:
        RefusedUsageError: The file has such a day.
    """
    wrong = [day for day in (found.first, found.last) if day.year not in YEARS]
    if wrong:
        message = (
            f"The file has usage of {wrong[0]:%-d %B} {wrong[0].year}: correct its "
            f"days, which may be from {YEARS[0]} to {YEARS[-1]}, and select that file."
        )
        raise RefusedUsageError(message)


@dataclass(slots=True)
class Collected:
    """Adds up entries of a file by day and model.

    An amount that one entry of a day and model does not have is None for that day and
    model: an unknown amount is not zero.
    """

    file: str
    entries: int = 0
    _found: dict[tuple[date, str | None], dict[Amount, int | Decimal | None]] = field(
        default_factory=dict
    )
    _models: set[str | None] = field(default_factory=set)

    def count(self) -> None:
        """Count an entry of the file, whether it counts or not.

        Raises:
            RefusedUsageError: There are too many.
        """
        self.entries += 1
        if self.entries > MOST_ENTRIES:
            self._refuse(f"more than {MOST_ENTRIES:,} entries")

    def require_room(self, rows: int) -> None:
        """Refuse a file with so many rows.

        Raises:
            RefusedUsageError: There are too many.
        """
        if rows > MOST_ROWS:
            self._refuse(f"more than {MOST_ROWS:,} rows")

    def add(
        self, day: date, model: str | None, amounts: dict[Amount, int | Decimal | None]
    ) -> None:
        """Add the amounts of an entry.

        Raises:
            RefusedUsageError: There are too many days or models.
        """
        there = self._found.get((day, model))
        if there is None:
            self._found[day, model] = amounts
            self._models.add(model)
            self.require_room(len(self._found))
            if len(self._models) > MOST_MODELS:
                self._refuse(f"more than {MOST_MODELS} models")
            return
        for name, amount in amounts.items():
            before = there[name]
            known = before is not None and amount is not None
            there[name] = before + amount if known else None  # type: ignore[operator]

    @property
    def days(self) -> set[date]:
        """The days of all entries that count."""
        return {day for day, _ in self._found}

    def rows(self) -> tuple[Usage, ...]:
        """Return what was added up, by day, then by model."""
        found = sorted(self._found.items(), key=lambda x: (x[0][0], x[0][1] or ""))
        return tuple(
            Usage(day=day, model=model, **amounts)  # type: ignore[arg-type]
            for (day, model), amounts in found
        )

    def _refuse(self, what: str) -> None:
        message = f"The {self.file} has {what}: export a shorter period or one team."
        raise RefusedUsageError(message)

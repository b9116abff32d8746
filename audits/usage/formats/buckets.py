"""Pages of time buckets, as OpenAI and Anthropic report usage."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NoReturn

from audits.evaluations.formats.fields import Fields
from audits.usage.formats.json_stream import JsonStream
from audits.usage.rows import USAGE, RefusedUsageError, missing_days

_MOST_RESULTS = 100_000  # of one bucket


@dataclass(slots=True)
class Buckets:
    """The buckets of one page, or of several one after another.

    Attributes:
        file: How people call the file.
        start: The name of the time when a bucket begins.
        end: The name of the time when it ends.
        time_of: Turns that value into a time, or None.
    """

    file: str
    start: str
    end: str
    time_of: Callable[[Any], datetime | None]
    _periods: list[tuple[datetime, datetime]] = field(default_factory=list)

    def read(self, stream: JsonStream) -> Iterator[tuple[date, Fields]]:
        """Yield each result with the day of its bucket.

        Raises:
            RefusedUsageError: A bucket is longer than a day, or there twice.
        """
        places: dict[int, int] = {}
        for page, name, value in stream.members():
            if name != "data":
                continue
            place = places[page] = places.get(page, -1) + 1
            bucket = Fields(self.file, value, f"data[{place}]", USAGE)
            begins, ends = self._time(bucket, self.start), self._time(bucket, self.end)
            if not begins < ends <= begins + timedelta(days=1):
                bucket.refuse(
                    self.end,
                    "is not within a day of the start of its bucket",
                    "export the usage by day, hour or minute, and select that file",
                )
            self._periods.append((begins, ends))
            for result in bucket.objects("results", least=0, most=_MOST_RESULTS):
                yield begins.date(), result
        self._require_once()

    @property
    def first(self) -> date:
        """The first day of the period."""
        return min(begins for begins, _ in self._periods).date()

    @property
    def last(self) -> date:
        """The last day of it."""
        last = max(ends for _, ends in self._periods) - timedelta(microseconds=1)
        return last.date()

    @property
    def missing(self) -> tuple[date, ...]:
        """The days between them without a bucket: a provider sends empty ones too."""
        ends = (ends - timedelta(microseconds=1) for _, ends in self._periods)
        begun = {begins.date() for begins, _ in self._periods}
        return missing_days(begun | {end.date() for end in ends})

    def _require_once(self) -> None:
        """Refuse a file that counts a time twice."""
        if not self._periods:
            self._refuse("has no time buckets", USAGE.again)
        self._periods.sort()
        before: datetime | None = None
        for begins, ends in self._periods:
            if before and begins < before:
                self._refuse(
                    f"has {begins:%-d %B %Y} twice, so it would be counted twice",
                    "leave out the page that is there twice, and select that file",
                )
            before = ends

    def _time(self, bucket: Fields, name: str) -> datetime:
        time = self.time_of(bucket.raw(name))
        if time is None:
            bucket.refuse(name, "is not a time")
        return time

    def _refuse(self, what: str, then: str) -> NoReturn:
        message = f"The {self.file} {what}: {then}."
        raise RefusedUsageError(message)


def time_of_seconds(value: Any) -> datetime | None:
    """Return the time of a number of seconds since 1970.

    >>> time_of_seconds(1730419200)
    datetime.datetime(2024, 11, 1, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def time_of_text(value: Any) -> datetime | None:
    """Return the time of a text with its time zone, in UTC.

    >>> time_of_text("2025-08-01T00:00:00Z")
    datetime.datetime(2025, 8, 1, 0, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        time = datetime.fromisoformat(value)
        return time.astimezone(UTC) if time.tzinfo else None
    except (ValueError, TypeError, OverflowError):
        return None

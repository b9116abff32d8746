"""Reads daily activity of LiteLLM: JSON of `/team/daily/activity` or `/tag/daily/…`.

Tried with files of LiteLLM 1.81.0 and 1.104.0, which name no version. `prompt_tokens`
includes cached ones. A request counts under each of its tags, so a file of several tags
is refused; teams have an alias, and tags have none.
"""

from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from audits.evaluations.formats.fields import Fields, visible
from audits.usage.formats.json_stream import JsonStream
from audits.usage.rows import USAGE, Amount, Collected, RefusedUsageError, UsageFile

FILE = "LiteLLM file"
_OTHERWISE = (
    "export the daily activity of one team or tag with LiteLLM 1.81 to 1.104, and "
    "select that file"
)
_NOBODY = "Unassigned"  # a team that a request has none of
_SHOWN = 60  # characters of a tag
_ONE_PAGE = "ask for all of them in one page (page_size), and select that file"
_COUNTS: tuple[Amount, ...] = ("requests", "input_tokens", "output_tokens")
type Amounts = dict[Amount, int | Decimal | None]


def read_litellm(stream: JsonStream) -> UsageFile:
    """Return the usage of each day and model.

    Raises:
        RefusedUsageError: It is one page of several, counts requests twice, or a value
            is missing or wrong.
    """
    days: set[date] = set()
    found, totals, told = Collected(FILE), _Totals(), None
    for document, name, value in stream.members():
        if document:
            _refuse("has several exports", "select one of them")
        if name == "metadata":
            told = Fields(FILE, value, "metadata", USAGE)
        if name == "results":
            place = f"results[{len(days)}]"
            day = _add_day(Fields(FILE, value, place, USAGE), found, totals)
            if day in days:
                _refuse(f"has {day:%-d %B %Y} twice", USAGE.again)
            days.add(day)
    if told is None:
        _refuse("has no “metadata”", _OTHERWISE)
    if not days:
        _refuse("has no days with activity", "choose a period with activity")
    totals.compare(told)
    return UsageFile(
        format="LiteLLM",
        first=min(days),
        last=max(days),
        rows=found.rows(),
        currency="USD",
        left_out=totals.left_out(),
    )


class _Totals:
    """What the days of a file add up to, and of whom."""

    def __init__(self) -> None:
        self.requests = self.failed = self.unnamed = 0
        self.tags: set[str] = set()
        self.teams: set[str] = set()

    def add(self, day: Fields) -> None:
        """Add a day."""
        metrics = day.object("metrics")
        self.requests += metrics.count("api_requests")
        self.failed += metrics.count("failed_requests")
        whose = day.object("breakdown").maybe_object("entities")
        for name in whose:
            about = whose.object(name).maybe_object("metadata")
            (self.teams if "team_alias" in about else self.tags).add(name)

    def compare(self, told: Fields) -> None:
        """Refuse a part of the activity, and activity that is counted twice."""
        self._require_one_tag()
        if told.raw("has_more") is True:
            pages = told.maybe_count("total_pages") or 0
            told.refuse(
                "has_more", f"says that this is one of {pages} pages", _ONE_PAGE
            )
        counted = told.count("total_api_requests")
        # Of tags, LiteLLM's totals leave out what it takes for repetitions.
        if not self.tags and counted != self.requests:
            told.refuse(
                "total_api_requests",
                f"is {counted:,}, but its days add up to {self.requests:,} requests",
            )

    def _require_one_tag(self) -> None:
        tags = sorted(self.tags - {_NOBODY})
        if len(tags) > 1 or (tags and self.teams):
            named = " and ".join(f"“{visible(tag[:_SHOWN])}”" for tag in tags[:2])
            _refuse(
                f"has usage of several tags, such as {named}, and a request counts "
                "under each of its tags",
                "export one tag, and select that file",
            )

    def left_out(self) -> tuple[str, ...]:
        """Return what to know of the requests."""
        found = []
        if self.failed:
            found.append(f"Requests that failed are counted: {self.failed:,}.")
        if self.unnamed:
            found.append(
                f"Requests without a model and without tokens are left out: "
                f"{self.unnamed:,}."
            )
        return tuple(found)


def _add_day(day: Fields, found: Collected, totals: _Totals) -> date:
    """Add a day, and return it."""
    on = day.maybe_day("date")
    if on is None:
        day.refuse("date", "is not a day", _OTHERWISE)
    rest = _amounts(day.object("metrics"))
    totals.add(day)
    models = day.object("breakdown").object("models")
    for model in models:
        found.count()
        amounts = _amounts(models.object(model).object("metrics"))
        rest = {name: _less(rest[name], amounts[name]) for name in rest}
        found.add(on, visible(" ".join(model.split())) or None, amounts)
    if any((rest[name] or 0) < 0 for name in _COUNTS):
        day.refuse(
            "breakdown.models", "adds up to more than “metrics” of the day", _OTHERWISE
        )
    if rest["input_tokens"] or rest["output_tokens"]:
        found.add(on, None, rest)
    else:
        totals.unnamed += int(rest["requests"] or 0)
    return on


def _amounts(metrics: Fields) -> Amounts:
    read = metrics.count("prompt_tokens")
    cached = metrics.count("cache_read_input_tokens")
    if cached > read:
        metrics.refuse(
            "cache_read_input_tokens", "is more than “prompt_tokens”", _OTHERWISE
        )
    return {
        "requests": metrics.count("api_requests"),
        "input_tokens": read,
        "cached_tokens": cached,
        "output_tokens": metrics.count("completion_tokens"),
        "cost": metrics.maybe_cost("spend"),
    }


def _less(whole: Any, part: Any) -> Any:
    """Return the rest of an amount; an unknown one stays unknown."""
    return None if whole is None or part is None else whole - part


def _refuse(what: str, then: str) -> NoReturn:
    message = f"The {FILE} {what}: {then}."
    raise RefusedUsageError(message)

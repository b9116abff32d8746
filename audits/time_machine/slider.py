"""The places of the slider: the first day of each quarter, and today."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from audits.landscape.facts import FIRST_DAY
from audits.templatetags.timelines import quarters


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """Where a slider is; `days` are all its days, as a page has them."""

    day: date
    place: int
    last: int
    days: str
    years: tuple[int, ...]


def slider_at(day: date, today: date) -> Slider:
    """Return a slider at a day: at its quarter's place, or at today's from then on."""
    days, texts, years = _days(today)
    place = max(0, bisect_right(days, day) - 1)
    return Slider(day=day, place=place, last=len(days) - 1, days=texts, years=years)


@lru_cache(maxsize=4)
def _days(today: date) -> tuple[tuple[date, ...], str, tuple[int, ...]]:
    starts = {start for start, _ in quarters(FIRST_DAY, today)}
    days = tuple(sorted(starts | {today}))
    years = tuple(dict.fromkeys(day.year for day in days))
    return days, " ".join(map(str, days)), years

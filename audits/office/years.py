"""The years of a portfolio as a slide with native charts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from audits.office import charts
from audits.office.slides import EDGE, FOOT, GAP, ROOM, add_slide, new_deck

_COLUMNS = 0.58  # of the room below the title, for the columns
_RISING, _FALLING = "16202A", "0F5E5A"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One part of each column: its name, its colour as #rrggbb, and its numbers."""

    name: str
    colour: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure of the market: its name, and since which days it had which value."""

    name: str
    points: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """What the slide shows.

    `quarters` are the first days of the columns, `families` their parts from below.
    `rising` and `falling` go on until a day. `described` says all of it in words.
    """

    organization: str
    accent: str
    language: str
    title: str
    foot: str
    described: str
    quarters: tuple[date, ...]
    families: tuple[Family, ...]
    rising: Line
    falling: Line
    until: date


def years_slide(years: Years, dated: datetime) -> bytes:
    """Return a presentation of one slide; equal years give equal bytes.

    Args:
        years: What it shows.
        dated: The day of the picture.
    """
    deck = new_deck(
        *(years.title, years.organization, years.accent, years.language),
        head=(years.organization, ""),
        foot=years.foot,
        notes=f"{years.described} {years.foot}",
    )
    leaf, top = add_slide(deck, "", years.title)
    height = (FOOT - top) * _COLUMNS
    charts.stacked_columns(
        leaf.slide,
        (EDGE, top, ROOM, height),
        [_quarter(day) for day in years.quarters],
        [
            (x.name, x.colour.removeprefix("#").upper(), x.numbers)
            for x in years.families
        ],
        years.described,
    )
    below, half = top + height + GAP / 4, (ROOM - GAP) / 2
    places = (EDGE, EDGE + half + GAP)
    lines = ((years.rising, _RISING), (years.falling, _FALLING))
    for x, (line, colour) in zip(places, lines, strict=True):
        area = (x, below, half, FOOT - below)
        steps = list(stepped(line.points, years.until))
        charts.days(leaf.slide, area, line.name, steps, colour)
    return deck.saved(dated)


def stepped(
    points: Sequence[tuple[date, float]], until: date
) -> Iterator[tuple[date, float]]:
    """Yield the corners of a line that keeps each value until the day of the next.

    >>> day, later, end = date(2023, 3, 14), date(2024, 5, 13), date(2026, 11, 24)
    >>> [value for _, value in stepped([(day, 30.0), (later, 7.5)], end)]
    [30.0, 30.0, 7.5, 7.5]
    """
    before: float | None = None
    for day, value in points:
        if before is not None:
            yield day, before
        yield day, value
        before = value
    if before is not None:
        yield until, before


def _quarter(day: date) -> str:
    """Name a quarter by its first day.

    >>> _quarter(date(2026, 10, 1))
    'Q4 2026'
    """
    return f"Q{(day.month + 2) // 3} {day.year}"

"""The years as a drawing and as tables, one definition for the page and the paper."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from audits.charts.timeline import NARROW, WIDE, timeline_chart
from audits.charts.timeline_shapes import Change, Column, Event, Point, Series, Timeline
from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Family
from audits.landscape import in_force
from audits.landscape.facts import Cited, Confidence, Source, is_reported
from audits.landscape.schema import PricePoint, WindowRecord, called
from audits.scoring.history.portfolio_history import PortfolioHistory, Turn

register = template.Library()

_KINDS = {"reference": "line", "at": "line", "near": "near", "unmeasured": "unmeasured"}
_LEVELS = {
    "reference": "GPT-4 itself",
    "at": "at the level",
    "near": "near the level",
    "unmeasured": "the vendor’s claim",
}
_BINARY = 1024  # tokens: what some providers call a thousand
_SURE = {
    "confirmed": "confirmed",
    "single": "not confirmed",
    "secondary": "only what others wrote about it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketRow:
    """A point of a line, as a row of a table."""

    day: date
    model: str
    figure: str
    detail: str
    confidence: str
    sources: tuple[Source, ...]
    note: str


@register.filter
def how_sure(confidence: str, sources: Iterable[Source] = ()) -> str:
    """Return how sure a fact is, in words.

    What several people report is not confirmed by the provider.

    >>> how_sure("secondary")
    'only what others wrote about it'
    """
    if is_reported(cast("Confidence", confidence), sources):
        return "reported"
    return _SURE[confidence]


@register.filter
def says_reported(rows: Iterable[Any]) -> bool:
    """Whether a row of ends, or of changes to come, is only reported."""
    found = ((getattr(row, "change", row).confidence, row.sources) for row in rows)
    return any(is_reported(*each) for each in found)


@register.filter
def one_source(rows: Sequence[Any]) -> tuple[Source, ...]:
    """Return the first source of several ends, if all have the same; else nothing."""
    first = {row.sources[:1] for row in rows}
    return first.pop() if len(rows) > 1 and len(first) == 1 else ()


def family_counts(history: PortfolioHistory, day: date) -> dict[Family, int]:
    """Return how many use cases had a verdict of each family on a day.

    The families are in drawing order, from below: the most urgent is on top.
    """
    return by_family(history.on(day))


def by_family(verdicts: Mapping[str, int]) -> dict[Family, int]:
    """Return how many verdicts are of each family, in the order they are drawn."""
    framework = loader.current()
    counts: Counter[Family] = Counter()
    for verdict, number in verdicts.items():
        counts[framework.verdicts[cast("Verdict", verdict)].family] += number
    return {family: counts[family] for family in reversed(tuple(framework.families))}


def quarters(first: date, today: date) -> Iterator[tuple[date, date]]:
    """Yield each quarter up to today's: its first day, and that of the next.

    >>> list(quarters(date(2026, 7, 1), date(2026, 11, 24)))[-1]
    (datetime.date(2026, 10, 1), datetime.date(2027, 1, 1))
    """
    start = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    while start <= today:
        months = start.month + 2
        end = date(start.year + months // 12, months % 12 + 1, 1)
        yield start, end
        start = end


def counted_on(history: PortfolioHistory, today: date) -> list[tuple[date, date, date]]:
    """Return each quarter, and the day whose verdicts represent it.

    That is its first day; in the current quarter it is today.
    """
    return [
        (start, end, today if start <= today < end else max(start, history.first))
        for start, end in quarters(history.first, today)
    ]


type Quarters = tuple[tuple[date, Column], ...]


@register.simple_tag
def verdicts_by_quarter(history: PortfolioHistory, today: date) -> Quarters:
    """Return each quarter with the day that represents it."""
    start, moves = tuple(history.start.items()), tuple(history.moves.items())
    return _by_quarter(history.first, history.last, start, moves, today)


# A page is looked at again and again: equal numbers give equal quarters.
@lru_cache(maxsize=32)
def _by_quarter(
    first: date,
    last: date,
    start: tuple[tuple[str, int], ...],
    moves: tuple[tuple[tuple[date, str, str], int], ...],
    today: date,
) -> Quarters:
    history = PortfolioHistory(first, last)
    history.start.update(dict(start))
    history.moves.update(dict(moves))
    return tuple(
        (day, Column(start=since, end=end, counts=families_on(history, day)))
        for since, end, day in counted_on(history, today)
    )


@register.simple_tag
def timeline(
    counted: Quarters, today: date, turns: tuple[Turn, ...] = ()
) -> SafeString:
    """Draw the verdicts by quarter over the record window and the price of an answer.

    Twice: for wide and for narrow screens, of which a stylesheet shows one.
    """
    return _drawing(counted, today, turns)


@in_force.remembered(maxsize=32)
def _drawing(counted: Quarters, today: date, turns: tuple[Turn, ...]) -> SafeString:
    years = drawn_years(counted, today, turns)
    charts = [timeline_chart(years, layout) for layout in (WIDE, NARROW)]
    return render_to_string("charts/timeline.html", {"charts": charts})


@register.filter
def as_rows(counted: Quarters) -> tuple[tuple[date, tuple[int, ...]], ...]:
    """Return the data of the bars: a day, and the number of each family."""
    return tuple(
        (day, tuple(number for *_, number in column.counts)) for day, column in counted
    )


@register.simple_tag
def families_on(
    history: PortfolioHistory, day: date
) -> tuple[tuple[Family, str, int], ...]:
    """Return the families in drawing order, from below, with their numbers."""
    families = loader.current().families
    counts = family_counts(history, day).items()
    return tuple((family, families[family].name, number) for family, number in counts)


@register.filter
def family_mark(family: Family) -> str:
    """Return the mark of a family: that of its first verdict."""
    verdicts = loader.current().verdicts.values()
    return next(words.mark for words in verdicts if words.family == family)


@register.simple_tag
@in_force.remembered(maxsize=4)
def window_rows() -> tuple[MarketRow, ...]:
    """Return the points of the line of windows."""
    return tuple(
        _row(
            record,
            f"{record.vendor} {called(record)}",
            f"{int(record.value):,} tokens",
            record.availability,
        )
        for record in in_force.current().timelines.windows
    )


@register.simple_tag
@in_force.remembered(maxsize=4)
def price_rows() -> tuple[MarketRow, ...]:
    """Return the points of the line of prices, and those beside it."""
    return tuple(
        _row(
            point,
            f"{point.vendor} {called(point)}",
            _dollars(point.blended),
            _LEVELS[point.level],
        )
        for point in in_force.current().timelines.gpt4_prices
    )


def _row(
    point: WindowRecord | PricePoint, model: str, figure: str, detail: str
) -> MarketRow:
    return MarketRow(
        day=point.day,
        model=model,
        figure=figure,
        detail=detail,
        confidence=point.confidence,
        sources=_sources(point),
        note=point.note or "",
    )


def _sources(fact: Cited) -> tuple[Source, ...]:
    sources = in_force.current().sources
    return tuple(sources[name] for name in fact.sources)


def drawn_years(counted: Quarters, today: date, turns: tuple[Turn, ...]) -> Timeline:
    """Return what a drawing of the years shows."""
    lines = in_force.current().timelines
    windows = tuple(_window(record) for record in lines.windows if record.day <= today)
    prices = tuple(_price(point) for point in lines.gpt4_prices if point.day <= today)
    return Timeline(
        columns=tuple(column for _, column in counted),
        until=today,
        rising=Series(
            title="Largest context window, tokens",
            short="Largest window, tokens",
            points=windows,
        ),
        falling=Series(
            title="List price at GPT-4 level, $ a million tokens",
            short="Price at GPT-4 level, $",
            points=prices,
        ),
        events=tuple(
            Event(
                day=each.day,
                label=f"{each.day:%B %Y}: {each.text}",
                short=each.short,
            )
            for each in lines.milestones
            if each.day <= today
        ),
        changes=tuple(_change(place, turn) for place, turn in enumerate(turns, 1)),
        title="Verdicts by quarter, largest context window and price at GPT-4 level",
        description=_described(counted, today, windows, prices),
    )


def _change(place: int, turn: Turn) -> Change:
    after = {after for _, after, _ in turn.changes}
    to = f"to {_called(*after)}" if len(after) == 1 else "changed"
    said = to if turn.number == 1 else f"{turn.number:,} {to}"
    return Change(day=turn.day, label=f"{place}: {said}", short=f"{place}")


def _called(verdict: str) -> str:
    return loader.current().verdicts[cast("Verdict", verdict)].name


@register.simple_tag
def turn_rows(turns: tuple[Turn, ...]) -> tuple[tuple[int, date, int, str, str], ...]:
    """Return the changes as rows: arrow, day, number, verdict before and after."""
    return tuple(
        (place, turn.day, number, _called(before), _called(after))
        for place, turn in enumerate(turns, 1)
        for before, after, number in turn.changes
    )


def _window(record: WindowRecord) -> Point:
    size, name = _size(int(record.value)), called(record)
    return Point(
        day=record.day,
        value=float(record.value),
        label=name if name.endswith(size) else f"{name} {size}",
        short=size,
    )


def _price(point: PricePoint) -> Point:
    cost = _dollars(point.blended)
    return Point(
        day=point.day,
        value=float(point.blended),
        label=f"{called(point)} {cost}",
        short=cost,
        kind=cast("Any", _KINDS[point.level]),
    )


def _described(
    counted: Quarters,
    today: date,
    windows: tuple[Point, ...],
    prices: tuple[Point, ...],
) -> str:
    (first, then), (_, now) = counted[0], counted[-1]
    counts = ", ".join(
        f"{name} from {before} to {number}"
        for (*_, before), (_, name, number) in zip(then.counts, now.counts, strict=True)
    )
    total = sum(number for *_, number in now.counts)
    line = [point for point in prices if point.kind == "line"]
    return (
        f"Of {total} use cases, from {first:%B %Y} to {today:%B %Y}: "
        f"{counts}. The largest context window grew from {windows[0].value:,.0f} to "
        f"{windows[-1].value:,.0f} tokens, and the list price at GPT-4 level fell "
        f"from ${line[0].value:,.2f} to ${line[-1].value:,.2f} for a million tokens, "
        "three quarters that the model reads, one quarter that it writes."
    )


def _size(tokens: int) -> str:
    """Write a number of tokens in short.

    >>> _size(4097), _size(32768), _size(200_000), _size(2_097_152)
    ('4,097', '32k', '200k', '2.1m')
    """
    if tokens >= 1_000_000:  # noqa: PLR2004 - a million
        return f"{tokens / 1_000_000:.1f}".removesuffix(".0") + "m"
    if tokens >= 10_000 and not tokens % _BINARY:  # noqa: PLR2004 - ten thousand
        return f"{tokens // _BINARY}k"
    return f"{tokens / 1000:.0f}k" if tokens >= 100_000 else f"{tokens:,}"  # noqa: PLR2004 - the same


def _dollars(amount: Decimal) -> str:
    cents = f"{amount:.2f}"
    return f"${cents.removesuffix('.00')}"

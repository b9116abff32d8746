"""A bar for a share, with its interval as a line and the target as a mark."""

from dataclasses import dataclass

from audits.charts.coordinates import coordinate

WIDTH = 100
_THIN, _HALO = 0.6, 2.2  # how wide an upright mark is, and the ground around it


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the bar's width, from its left end."""

    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBar:
    """One bar in a view box `WIDTH` wide, which is 0 to 100 of 100 cases.

    One that `counts` is filled, another is only outlined. `ends` are the upright marks
    of the line's ends, `target` that of what must be reached; None without one. Each
    is in one of the `halos`, as a filled bar is nearly as dark.
    """

    title: str
    counts: bool
    bar: Span
    inside: Span
    line: Span
    halos: tuple[Span, ...]
    ends: tuple[Span, Span]
    target: Span | None


def score_bar(
    share: float,
    interval: tuple[float, float],
    target: float | None,
    said: str,
    *,
    counts: bool = True,
) -> ScoreBar:
    """Draw a share from 0 to 1.

    Args:
        share: The share.
        interval: The ends of its interval.
        target: What must be reached; None without a target.
        said: The same in words, for screen readers.
        counts: Whether the result counts.

    >>> drawn = score_bar(0.62, (0.52, 0.71), 0.8, "62 of 100 passed")
    >>> drawn.bar.width, drawn.line, drawn.target
    ('62', Span(x='52', width='19'), Span(x='79.7', width='0.6'))
    """
    low, high = interval
    wide = share * WIDTH
    return ScoreBar(
        title=said,
        counts=counts,
        bar=Span("0", coordinate(wide)),
        inside=Span(coordinate(_THIN), coordinate(max(wide - 2 * _THIN, 0))),
        line=Span(coordinate(low * WIDTH), coordinate((high - low) * WIDTH)),
        halos=tuple(_mark(x, _HALO) for x in (low, high, target) if x is not None),
        ends=(_mark(low), _mark(high)),
        target=None if target is None else _mark(target),
    )


def _mark(share: float, width: float = _THIN) -> Span:
    """Place an upright mark in the middle of a share, within the bar."""
    x = min(max(share * WIDTH - width / 2, 0), WIDTH - width)
    return Span(coordinate(x), coordinate(width))

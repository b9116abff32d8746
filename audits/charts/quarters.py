"""Quarters: what a month costs and frees, and what is approved and asked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audits.charts.coordinates import coordinate, round_steps

WIDTH, LEFT, RIGHT, FOOT = 600, 84, 8, 24
# The two parts, each with a scale of its own: from where, and how high.
_PARTS = ((26, 84), (146, 124))
HEIGHT = 146 + 124 + FOOT
_BAR, _GAP = 18, 4
_LEAST = 0.5  # so that a tiny bar is still visible


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterBars:
    """The amounts of one quarter; None is not known, and draws nothing."""

    name: str
    running: float | None
    freed: float | None
    approved: float | None
    asked: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as drawn; `kind` says what it is."""

    kind: str
    x: str
    y: str
    width: str
    height: str

    @property
    def css(self) -> str:
        """The class of its colour: what is freed or only asked for has an edge."""
        return {
            "running": "f-none",
            "freed": "f-none f-soft",
            "asked": "f-rebuild f-soft",
        }.get(self.kind, "f-rebuild")


@dataclass(frozen=True, slots=True)
class Line:
    """A line across a part, with its amount."""

    text: str
    y: str
    is_axis: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuartersChart:
    """A chart of quarters, ready to draw in a view box `WIDTH` by `HEIGHT`."""

    title: str
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    names: tuple[tuple[str, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def quarters_chart(quarters: Sequence[QuarterBars]) -> QuartersChart:
    """Draw quarters, at least one, in US dollars.

    >>> one = QuarterBars(
    ...     name="Q4 2026", running=50, freed=None, approved=None, asked=100
    ... )
    >>> [bar.kind for bar in quarters_chart([one]).bars]
    ['running', 'asked']
    >>> quarters_chart([one]).title
    'US dollars by quarter: Q4 2026 running 50 a month, asked for 100.'
    """
    above = _steps(amount for one in quarters for amount in (one.running, one.freed))
    below = _steps(amount for one in quarters for amount in (one.approved, one.asked))
    slot = (WIDTH - LEFT - RIGHT) / len(quarters)
    bars = []
    for place, one in enumerate(quarters):
        middle = LEFT + slot * (place + 0.5)
        bars += [
            _bar("running", one.running, middle - _BAR - _GAP / 2, 0, above[-1]),
            _bar("freed", one.freed, middle + _GAP / 2, 0, above[-1]),
            _bar("approved", one.approved, middle - _BAR - _GAP / 2, 1, below[-1]),
            _bar("asked", one.asked, middle + _GAP / 2, 1, below[-1]),
        ]
    return QuartersChart(
        title=_title(quarters),
        lines=(*_lines(0, above), *_lines(1, below)),
        bars=tuple(bar for bar in bars if bar),
        names=tuple(
            (one.name, coordinate(LEFT + slot * (place + 0.5)))
            for place, one in enumerate(quarters)
        ),
    )


def _steps(amounts: Iterable[float | None]) -> list[int]:
    return round_steps(max((amount or 0 for amount in amounts), default=0), most=3)


def _y(part: int, amount: float, most: float) -> float:
    top, height = _PARTS[part]
    return top + height * (1 - amount / most)


def _bar(
    kind: str, amount: float | None, x: float, part: int, most: float
) -> Bar | None:
    if not amount:
        return None
    top, foot = _y(part, amount, most), _y(part, 0, most)
    return Bar(kind, *map(coordinate, (x, top, _BAR, max(foot - top, _LEAST))))


def _lines(part: int, steps: Sequence[int]) -> Iterator[Line]:
    for step in steps:
        yield Line(f"${step:,}", coordinate(_y(part, step, steps[-1])), not step)


def _title(quarters: Sequence[QuarterBars]) -> str:
    said = "; ".join(f"{one.name} {_said(one)}" for one in quarters)
    return f"US dollars by quarter: {said}."


def _said(one: QuarterBars) -> str:
    named = (
        (one.running, "running {:,.0f} a month"),
        (one.freed, "freed {:,.0f} a month"),
        (one.approved, "approved {:,.0f}"),
        (one.asked, "asked for {:,.0f}"),
    )
    said = [words.format(amount) for amount, words in named if amount is not None]
    return ", ".join(said) or "nothing"

"""Bars for expected amounts, each with a line from low to high."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audits.charts.coordinates import coordinate, round_steps

WIDTH, LEFT, RIGHT, TOP, FOOT, ROW = 600, 256, 96, 6, 30, 40  # names of any length fit
_NAME_GAP, _NAME_LETTER = 12, 9  # at most as wide as a letter of a name
_MIDDLE = 28  # of a bar in its row, below its label
_LETTER = 10  # about how wide a digit is drawn
_MILLION = 1_000_000
_LEAST = 1.5  # so that a tiny bar is still visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A row to draw: a name, three rising amounts, and whether it is chosen."""

    name: str
    low: Decimal
    expected: Decimal
    high: Decimal
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """One bar as drawn; `label` is above its end, on a ground that hides the grid."""

    name: str
    is_chosen: bool
    bar: tuple[str, str, str]
    line: str
    label: str
    label_at: tuple[str, str]
    ground: tuple[str, str, str]
    name_y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RangesChart:
    """A chart of ranges, ready to draw in a view box `WIDTH` wide."""

    title: str
    height: int
    grid: tuple[tuple[str, str], ...]
    rows: tuple[RangeRow, ...]
    names_x: int

    @property
    def grid_foot(self) -> int:
        """Where the grid ends."""
        return self.height - FOOT + 4

    @property
    def labels_y(self) -> int:
        """The height of the numbers on the axis."""
        return self.height - 6


def ranges_chart(amounts: Sequence[Amount], what: str) -> RangesChart:
    """Draw amounts of US dollars, all 0 or more.

    Args:
        amounts: What to draw, from the top.
        what: The subject, to begin the text for screen readers.
    """
    steps = round_steps(max(float(amount.high) for amount in amounts), most=3)
    left = _left(amounts)
    room = WIDTH - left - RIGHT

    def x_of(value: float) -> float:
        return left + value / steps[-1] * room

    said = "; ".join(
        f"{a.name} ${a.expected:,.0f}, from ${a.low:,.0f} to ${a.high:,.0f}"
        for a in amounts
    )
    return RangesChart(
        title=f"{what}: {said}.",
        height=TOP + ROW * len(amounts) + FOOT,
        grid=tuple(
            (coordinate(x_of(step)), _on_axis(step, steps[-1])) for step in steps
        ),
        rows=tuple(
            _row(
                amount,
                TOP + ROW * i + _MIDDLE,
                left,
                (
                    x_of(float(amount.low)),
                    x_of(float(amount.expected)),
                    x_of(float(amount.high)),
                ),
            )
            for i, amount in enumerate(amounts)
        ),
        names_x=left - _NAME_GAP,
    )


def _left(amounts: Sequence[Amount]) -> int:
    """Return where the bars begin, so that the longest name begins at the left.

    >>> few = Amount(name="Few-shot", low=Decimal(), expected=Decimal(), high=Decimal())
    >>> _left([few])
    84
    """
    longest = max(len(amount.name) for amount in amounts)
    return min(LEFT, longest * _NAME_LETTER + _NAME_GAP)


def _on_axis(step: int, last: int) -> str:
    """Write a step of the axis short enough for three of them.

    >>> _on_axis(500_000, 1_500_000), _on_axis(0, 3_000_000), _on_axis(500, 1500)
    ('$0.5m', '$0', '$500')
    """
    if last < _MILLION or not step:
        return f"${step:,}"
    return f"${step / _MILLION:,g}m"


def _row(
    amount: Amount, y: float, left: int, at: tuple[float, float, float]
) -> RangeRow:
    low, expected, high = at
    label = f"${amount.expected:,.0f}"
    ends = f"M{coordinate(low)} {coordinate(y - 6)}v12"
    ends += f"M{coordinate(high)} {coordinate(y - 6)}v12"
    return RangeRow(
        name=amount.name,
        is_chosen=amount.is_chosen,
        bar=(
            coordinate(left),
            coordinate(y - 9),
            coordinate(max(expected - left, _LEAST)),
        ),
        line=f"M{coordinate(low)} {coordinate(y)}H{coordinate(high)}{ends}",
        label=label,
        label_at=(coordinate(expected), coordinate(y - 14)),
        ground=(
            coordinate(expected - 2),
            coordinate(y - 28),
            coordinate(len(label) * _LETTER + 6),
        ),
        name_y=coordinate(y + 5.5),
    )

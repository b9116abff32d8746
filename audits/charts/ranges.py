"""Bars for expected amounts, each with a line from low to high."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audits.charts.coordinates import coordinate, round_steps

TOP, FOOT = 6, 30
_NAME_GAP, _NAME_LETTER = 12, 9  # at most as wide as a letter of a name
_NAME_TALL = 12  # above its base line
_AXIS_GAP = 4  # from the axis to a name above its bar
_LETTER = 10  # about how wide a digit is drawn
_BETWEEN = 11  # units between two of them, in print 6 points or more
_MILLION = 1_000_000
_LEAST = 1.5  # so that a tiny bar is still visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The size of a drawing: its margins, its rows, and a bar's middle in its row.

    `left` is the most that names take. With `is_beside` an amount is at the end of its
    range and no longer above its bar: a paper prints the drawing narrower than a
    screen, with words as large. From `millions` on, the axis counts in millions. With
    `name_above`, a name is so far above the middle of its bar and not beside it. A
    drawing without `has_axis` has no numbers below it: each bar has its amount.
    """

    width: int
    left: int
    right: int
    row: int
    middle: int
    millions: int
    is_beside: bool
    name_above: int = 0
    has_axis: bool = True


PAGE = Layout(
    width=600,
    left=256,  # names of any length fit
    right=96,
    row=40,
    middle=28,
    millions=_MILLION,
    is_beside=False,
)
PAPER = Layout(
    width=478,
    left=276,  # “Tuned open model, with the move”
    right=100,
    row=30,
    middle=18,
    millions=_MILLION,
    is_beside=True,
)

PHONE = Layout(
    width=300,
    left=2,
    right=72,
    row=34,
    middle=23,
    millions=100_000,
    is_beside=True,
    name_above=13,
    has_axis=False,
)


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
    """One bar as drawn; `label` is near its end, on a ground that hides the grid.

    So is a name above its bar.
    """

    name: str
    is_chosen: bool
    bar: tuple[str, str, str]
    line: str
    label: str
    label_at: tuple[str, str]
    ground: tuple[str, str, str]
    name_y: str
    name_ground: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangesChart:
    """A chart of ranges, ready to draw in a view box `width` wide."""

    title: str
    width: int
    height: int
    grid: tuple[tuple[str, str], ...]
    rows: tuple[RangeRow, ...]
    names_x: int
    are_above: bool
    has_axis: bool

    @property
    def grid_foot(self) -> int:
        """Where the grid ends."""
        return self.height - (FOOT - 4 if self.has_axis else 0)

    @property
    def labels_y(self) -> int:
        """The height of the numbers on the axis."""
        return self.height - 6


def ranges_chart(
    amounts: Sequence[Amount], what: str, layout: Layout = PAGE
) -> RangesChart:
    """Draw amounts of US dollars, all 0 or more.

    Args:
        amounts: What to draw, from the top.
        what: The subject, to begin the text for screen readers.
        layout: `PAGE`, `PAPER` or `PHONE`.
    """
    highest = max(float(amount.high) for amount in amounts)
    steps = round_steps(highest, most=3)
    left = _left(amounts, layout)
    room = layout.width - left - layout.right

    def x_of(value: float) -> float:
        return left + value / steps[-1] * room

    labels = ["" for _ in steps]
    if layout.has_axis:
        labels = _labels(steps, layout, room)
    said = "; ".join(
        f"{a.name} ${a.expected:,.0f}, from ${a.low:,.0f} to ${a.high:,.0f}"
        for a in amounts
    )
    return RangesChart(
        title=f"{what}: {said}.",
        width=layout.width,
        height=TOP + layout.row * len(amounts) + (FOOT if layout.has_axis else 0),
        grid=tuple(zip(map(coordinate, map(x_of, steps)), labels, strict=True)),
        rows=tuple(
            _row(
                amount,
                TOP + layout.row * i + layout.middle,
                left,
                (
                    x_of(float(amount.low)),
                    x_of(float(amount.expected)),
                    x_of(float(amount.high)),
                ),
                layout,
            )
            for i, amount in enumerate(amounts)
        ),
        names_x=left + _AXIS_GAP if layout.name_above else left - _NAME_GAP,
        are_above=bool(layout.name_above),
        has_axis=layout.has_axis,
    )


def _left(amounts: Sequence[Amount], layout: Layout) -> int:
    """Return where the bars begin, so that the longest name begins at the left.

    >>> few = Amount(name="Few-shot", low=Decimal(), expected=Decimal(), high=Decimal())
    >>> _left([few], PAGE)
    84
    """
    longest = max(len(amount.name) for amount in amounts)
    return min(layout.left, longest * _NAME_LETTER + _NAME_GAP)


def _labels(steps: Sequence[int], layout: Layout, room: float) -> list[str]:
    """Write the steps of the axis, or only its ends if they would touch."""
    in_millions = steps[-1] >= layout.millions
    labels = [_on_axis(step, in_millions=in_millions) for step in steps]
    if room / (len(steps) - 1) >= max(map(len, labels)) * _LETTER + _BETWEEN:
        return labels
    return [labels[0], *("" for _ in labels[2:]), labels[-1]]


def _on_axis(step: int, *, in_millions: bool) -> str:
    """Write a step of the axis short enough for three of them.

    >>> _on_axis(500_000, in_millions=True), _on_axis(0, in_millions=True)
    ('$0.5m', '$0')
    >>> _on_axis(1500, in_millions=False)
    '$1,500'
    """
    if not step or not in_millions:
        return f"${step:,}"
    return f"${step / _MILLION:,g}m"


def _row(
    amount: Amount,
    y: float,
    left: int,
    at: tuple[float, float, float],
    layout: Layout,
) -> RangeRow:
    low, expected, high = at
    label_x, label_y = (high + 6, y + 5.5) if layout.is_beside else (expected, y - 14)
    label = f"${amount.expected:,.0f}"
    ends = f"M{coordinate(low)} {coordinate(y - 6)}v12"
    ends += f"M{coordinate(high)} {coordinate(y - 6)}v12"
    name_y = y - layout.name_above if layout.name_above else y + 5.5
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
        label_at=(coordinate(label_x), coordinate(label_y)),
        ground=(
            coordinate(label_x - 2),
            coordinate(label_y - 14),
            coordinate(len(label) * _LETTER + 6),
        ),
        name_y=coordinate(name_y),
        name_ground=(
            coordinate(left + _AXIS_GAP - 2),
            coordinate(name_y - _NAME_TALL),
            coordinate(len(amount.name) * _NAME_LETTER),
        ),
    )

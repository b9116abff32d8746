"""Twelve months as columns, a line of another plan over them, and marks on days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from audits.charts.coordinates import coordinate, round_steps

HEIGHT, TOP, FOOT = 206, 34, 30
_NAME_GAP, _NAME_LETTER = 18, 9.1  # about how wide a letter of a bold name is
_SAMPLE = 10, 14  # how wide a sample is, and how far before its name
_MARK_Y, _MARK_APART = 14, 25  # a circle is 20.5 wide
_LINES_APART = 12  # or two lines of marks would run into one
_APART = 20  # between two labels
_LABEL = 66  # what the label of a month takes, with room before the next
_LEAST = 1.0  # so that a tiny part is still visible
_FILLED = 0.68  # of the room of a month


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The width of a drawing, its margins, and from month to month on its lower axis.

    `right` is the least room that the names beside the columns have.
    """

    width: int
    left: int
    right: int
    every: int  # before labels touch

    @property
    def labels_right(self) -> int:
        """Where the amounts of the left axis end."""
        return self.left - 8


PAGE = Layout(width=480, left=80, right=128, every=3)
PHONE = Layout(width=300, left=64, right=100, every=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMonth:
    """A month to draw: dollars for running, once, and of the other plan, if any."""

    name: str
    running: Decimal
    once: Decimal
    beside: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """Dollars in this month."""
        return self.running + self.once


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a column as drawn; `is_once` is what is paid once."""

    x: str
    y: str
    width: str
    height: str
    is_once: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A label and its place; `sample` is where that of what it names begins."""

    text: str
    x: str
    y: str

    @property
    def sample(self) -> tuple[str, str, int]:
        """Where a sample of a line or a column begins, its middle, and its width."""
        wide, before = _SAMPLE
        at = coordinate(float(self.x) - before)
        return at, coordinate(float(self.y) - 5.5), wide


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of an event, above its day: `x` of the day, `at` of the number.

    A line leads from the number to its day, and down to `foot`: not through the months
    where it would run into the line before it.
    """

    number: int
    x: str
    at: str
    foot: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChart:
    """A chart of 12 months, ready to draw in a view box of its layout's width.

    `line` is the path of the other plan; empty without one, as is its label.
    """

    title: str
    rows: tuple[Label, ...]
    blocks: tuple[Block, ...]
    columns: tuple[Label, ...]
    line: str
    names: tuple[Label, Label | None]
    marks: tuple[Mark, ...]
    layout: Layout
    height: int = HEIGHT
    right: int
    floor: int = HEIGHT - FOOT
    top: int = TOP
    mark_y: int = _MARK_Y


@dataclass(frozen=True, slots=True)
class _Frame:
    months: int
    highest: int
    left: int
    right: int

    @property
    def slot(self) -> float:
        return (self.right - self.left) / self.months

    def x(self, place: float) -> float:
        return self.left + self.slot * place

    def y(self, amount: Decimal) -> float:
        share = float(amount) / self.highest
        return HEIGHT - FOOT - share * (HEIGHT - TOP - FOOT)


def year_chart(
    months: Sequence[YearMonth],
    names: tuple[str, str],
    marks: Iterable[tuple[int, float]],
    what: str,
    layout: Layout = PAGE,
) -> YearChart:
    """Draw what months cost.

    Args:
        months: The months in order; each has the amount of the other plan, or none has.
        names: What is drawn as columns, and the other plan.
        marks: The number of each event and its place in months, in order.
        what: The subject, to begin the text for screen readers.
        layout: `PAGE` or `PHONE`.
    """
    shown = [month.amount for month in months]
    shown += [month.beside for month in months if month.beside is not None]
    steps = round_steps(max(float(amount) for amount in shown), most=3)
    frame = _Frame(len(months), steps[-1], layout.left, _end(names, layout))
    apart = (n for n in (3, 4, 6) if n >= layout.every and frame.slot * n >= _LABEL)
    every = next(apart, PHONE.every)
    return YearChart(
        title=_title(months, names, what),
        rows=tuple(
            Label(f"${step:,}", coordinate(y), coordinate(y + 5.5))
            for step in steps
            for y in [frame.y(Decimal(step))]
        ),
        blocks=tuple(
            block
            for place, month in enumerate(months)
            for block in _blocks(month, frame, place)
        ),
        columns=tuple(
            Label(month.name, coordinate(frame.x(place)), coordinate(HEIGHT - 8))
            for place, month in enumerate(months)
            if place % every == 0
        ),
        line=_line(months, frame),
        names=_names(months[-1], names, frame),
        marks=tuple(_marks(marks, frame)),
        layout=layout,
        right=frame.right,
    )


def _end(names: tuple[str, str], layout: Layout) -> int:
    """Return where the months end, so that the longer name fits beside them."""
    wide = ceil(max(map(len, names)) * _NAME_LETTER) + _NAME_GAP
    return layout.width - max(layout.right, wide)


def _blocks(month: YearMonth, frame: _Frame, place: int) -> Iterator[Block]:
    width = frame.slot * _FILLED
    x = frame.x(place) + (frame.slot - width) / 2
    floor, top = frame.y(Decimal(0)), frame.y(month.running)
    height = max(floor - top, _LEAST)
    sizes = (coordinate(x), coordinate(floor - height), coordinate(width))
    yield Block(*sizes, coordinate(height), is_once=False)
    if month.once:
        above = frame.y(month.amount)
        sizes = (coordinate(x), coordinate(above), coordinate(width))
        yield Block(*sizes, coordinate(max(top - above, _LEAST)), is_once=True)


def _line(months: Sequence[YearMonth], frame: _Frame) -> str:
    steps = [
        f"{coordinate(frame.y(month.beside))}H{coordinate(frame.x(place + 1))}"
        for place, month in enumerate(months)
        if month.beside is not None
    ]
    return f"M{frame.left} " + "V".join(steps) if steps else ""


def _names(
    last: YearMonth, names: tuple[str, str], frame: _Frame
) -> tuple[Label, Label | None]:
    """Place both names at the end of what they name, without overlap."""
    x, y = coordinate(frame.right + _NAME_GAP), frame.y(last.amount) + 5.5
    if last.beside is None:
        return Label(names[0], x, coordinate(y)), None
    other = frame.y(last.beside) + 5.5
    if abs(other - y) < _APART:
        middle, first = (y + other) / 2, _APART / 2 if y > other else -_APART / 2
        y, other = middle + first, middle - first
    return Label(names[0], x, coordinate(y)), Label(names[1], x, coordinate(other))


def _marks(marks: Iterable[tuple[int, float]], frame: _Frame) -> Iterator[Mark]:
    """Place each number above its day, or right of the number before it."""
    free = lined = 0.0
    for number, place in marks:
        x = frame.x(place)
        at = max(x, free)
        free = at + _MARK_APART
        is_lined = x - lined >= _LINES_APART
        lined = x if is_lined else lined
        foot = HEIGHT - FOOT if is_lined else TOP
        yield Mark(number, coordinate(x), coordinate(at), foot)


def _title(months: Sequence[YearMonth], names: tuple[str, str], what: str) -> str:
    said = "; ".join(_said(month, names[1]) for month in months)
    return f"{what}, {names[0]}: {said}."


def _said(month: YearMonth, other: str) -> str:
    said = f"from {month.name} ${month.amount:,.0f}"
    if month.once:
        said += f", ${month.once:,.0f} of it once"
    return said if month.beside is None else f"{said}, {other} ${month.beside:,.0f}"

"""The input of a drawing of the years, and its shapes once drawn."""

from dataclasses import dataclass, replace
from datetime import date
from math import floor
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The layout of a drawing: its size, margins, and the rows of its three parts.

    `is_short` takes short labels. `is_numbered` has the number of a change alone, as
    the page lists them below. Labels beside the bars are as far `apart`.
    """

    name: str
    width: int
    height: int
    left: int
    right: int
    bars: tuple[int, int]
    upper: tuple[int, int]
    lower: tuple[int, int]
    is_short: bool
    letter: float
    is_numbered: bool
    apart: int


_LETTERS = 14  # above the foot of the words

WIDE = Layout(
    name="wide",
    width=1000,
    height=694,
    left=56,
    right=202,
    bars=(34, 274),
    upper=(348, 462),
    lower=(530, 660),
    is_short=False,
    letter=6.1,
    is_numbered=True,
    apart=20,
)
# No list is below a file, so its arrows have words, in up to three rows.
FILE = replace(WIDE, height=718, upper=(372, 486), lower=(554, 684), is_numbered=False)
NARROW = Layout(
    name="narrow",
    width=256,
    height=532,
    left=36,
    right=6,
    bars=(50, 196),
    upper=(264, 348),
    lower=(416, 502),
    is_short=True,
    letter=6.1,
    is_numbered=True,
    apart=15,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Counts from a day until another: each a family's key, its name and a number."""

    start: date
    end: date
    counts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure of a day; "near" and "unmeasured" ones are not part of the line."""

    day: date
    value: float
    label: str
    short: str
    kind: Literal["line", "near", "unmeasured"] = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A day with a name."""

    day: date
    label: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A day on which counts changed; `short` is its number in the list of all."""

    day: date
    label: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line: its name with its unit, and its points in order of days.

    `short` is its name in a small drawing.
    """

    title: str
    short: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Counts, all of the same families, over a line that rises and one that falls.

    The lines continue until a day. `title` and `description` are for screen readers.
    """

    until: date

    columns: tuple[Column, ...]
    rising: Series
    falling: Series
    events: tuple[Event, ...]
    changes: tuple[Change, ...]
    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a bar as drawn."""

    family: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A label as drawn; `family` is empty for one in the text colour."""

    x: str
    y: str
    anchor: str
    words: str
    family: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A named day as drawn: where its line begins, or its arrow, and its words.

    The arrow is as `tall` as it takes to reach the row of the words.
    """

    x: str
    y: str
    tall: int = 0
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One of the two lines as drawn, with its marks, labels and scale."""

    title: Text
    rows: tuple[Text, ...]
    rules: tuple[str, ...]
    path: str
    points: tuple[tuple[str, str], ...]
    near: tuple[tuple[str, str], ...]
    unmeasured: tuple[tuple[str, str], ...]
    labels: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineChart:
    """A drawing of counts and two lines, ready for a view box of its layout's size.

    Labels of events that lie close are in rows above each other. Where they need more
    room than the layout has, the view box begins at `top`, above 0, and is `tall`.
    """

    layout: Layout
    title: str
    description: str
    blocks: tuple[Block, ...]
    starts: tuple[Text, ...]
    ends: tuple[Text, ...]
    panels: tuple[Panel, Panel]
    years: tuple[tuple[str, str, str], ...]
    events: tuple[Mark, ...]
    changes: tuple[Mark, ...]
    bars_top: int
    bars_foot: int
    floor: int
    plot_left: int
    plot_right: int

    @property
    def top(self) -> int:
        """Where the view box begins: 0, or less above the highest label."""
        highest = (floor(float(mark.text.y)) - _LETTERS for mark in self.events)
        return min(0, *highest, 0)

    @property
    def tall(self) -> int:
        """The height of the view box from `top` on."""
        return self.layout.height - self.top

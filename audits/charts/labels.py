"""Labels beside points, placed where they cover nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_TALL = 14.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, from its upper left to its lower right corner."""

    left: float
    top: float
    right: float
    foot: float

    def touches(self, other: "Box") -> bool:
        """Return whether the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.foot
            and other.top < self.foot
        )

    def holds(self, other: "Box") -> bool:
        """Return whether the other is entirely inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.foot <= self.foot
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a label beside a point; `anchor` is the end nearest to it."""

    x: float
    y: float
    anchor: str


@dataclass(slots=True)
class Labels:
    """Places labels one after the other; an earlier label keeps its place."""

    room: Box
    letter: float
    _taken: list[Box] = field(default_factory=list)

    def block(self, box: Box) -> None:
        """Keep a place free of labels."""
        self._taken.append(box)

    def place(
        self,
        words: str,
        x: float,
        y: float,
        spots: Sequence[Spot],
        *,
        line_from: float | None = None,
    ) -> tuple[float, float, str] | None:
        """Return where to write a label beside a point; None if there is no space.

        Args:
            words: The label.
            x: Where the point is.
            y: Where the point is.
            spots: Where the label may be, the best first.
            line_from: Where a line at `x` begins that leads down to the label and may
                cover no other one; None without such a line.

        >>> labels = Labels(Box(0, 0, 100, 100), letter=10)
        >>> labels.place("abc", 50, 50, [Spot(4, 0, "start")])
        (54, 50, 'start')
        >>> labels.place("abc", 50, 50, [Spot(4, 0, "start")]) is None
        True
        """
        wide = len(words) * self.letter
        for spot in spots:
            start = x + spot.x - (wide if spot.anchor == "end" else 0)
            foot = y + spot.y + 2
            box = Box(start, foot - _TALL, start + wide, foot)
            boxes = [box]
            if line_from is not None and foot > line_from:
                boxes.append(Box(x - 1, line_from, x + 1, foot))
            if self.room.holds(box) and not self._is_taken(boxes):
                self._taken.append(box)
                return x + spot.x, y + spot.y, spot.anchor
        return None

    def _is_taken(self, boxes: Sequence[Box]) -> bool:
        return any(box.touches(taken) for box in boxes for taken in self._taken)

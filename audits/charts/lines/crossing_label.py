"""Where the crossing of two lines is named: beside it, and not on this case."""

from collections.abc import Sequence

from audits.charts.coordinates import coordinate
from audits.charts.lines.layouts import Layout

_ROOM, _ROW = 100, 20  # that the label takes
_RING = 6  # how far the ring of the crossing reaches
_LOWER_ROW = 46  # from the crossing to the second row of its label below it
_CHARACTER = 9.5  # the widest, in the bold of that label
_BELOW, _NAME_GAP = 4, 10  # beyond letters, and beside them


def placed(
    turn: tuple[float, float] | None,
    now: float,
    even: int | None,
    layout: Layout,
    taken: Sequence[float],
) -> tuple[tuple[float, float] | None, bool]:
    """Return what the label of the crossing is beside, and whether it is on the right.

    Where this case leaves no room beside the crossing on the left, it is on the right,
    as far down as it has to be to touch no label at the end of a line.
    """
    if turn is None or _is_right(turn, now, layout, taken):
        return turn, True
    left = _clear_of(turn, now, even, layout)
    if left is None or abs(left[0] - turn[0]) <= _NAME_GAP:
        return left, False
    x, y = turn
    for drop in range(0, _ROOM, _BELOW):
        is_inside = y + drop + _LOWER_ROW + _BELOW <= layout.floor
        if is_inside and not _touches((x, y + drop), layout, taken):
            return (x, y + drop), True
    return left, False


def leader(
    at: tuple[float, float] | None, turn: tuple[float, float] | None, *, right: bool
) -> str:
    """Return a line from a label on the left to the ring of the crossing."""
    if at is None or turn is None or right or turn[0] - at[0] <= _NAME_GAP:
        return ""
    (x, y), (to, height) = at, turn
    below = y - _ROW + _BELOW / 2  # beside the lower row
    return (
        f"M{coordinate(x - _NAME_GAP + 2)} {coordinate(below)}"
        f"L{coordinate(to - _RING)} {coordinate(height - _RING / 2)}"
    )


def _clear_of(
    turn: tuple[float, float] | None, now: float, even: int | None, layout: Layout
) -> tuple[float, float] | None:
    """Return what a label on the left is beside, so that it is not on this case.

    It is nearer to the crossing, or else on the left of this case if there is room.
    """
    if turn is None:
        return None
    (x, y), wide = turn, _wide(even)
    if not x - wide - 10 < now < x:
        return turn
    if now < x - wide:
        return x + 10, y
    return (now, y) if now - wide - 10 >= layout.left else turn


def _wide(even: int | None) -> float:
    return _CHARACTER * max(len(f"{even:,}"), len("Break-even"))


def beside(at: tuple[float, float], *, right: bool) -> tuple[str, str, str]:
    """Return where to write both rows of the label: on the side away from this case."""
    x, y = at
    if right:
        return coordinate(x + 12), coordinate(y + 26), coordinate(y + _LOWER_ROW)
    return coordinate(x - 12), coordinate(y - 33), coordinate(y - 13)


def ground(
    at: tuple[float, float] | None, even: int | None, *, right: bool
) -> tuple[str, str, str, str]:
    """Return the ground of the label: clear of both lines, which rise to the right."""
    if at is None:
        return ("", "", "", "")
    width = _wide(even)
    left = at[0] + 10 if right else at[0] - 10 - width
    top = at[1] + 12 if right else at[1] - 48
    return coordinate(left), coordinate(top), coordinate(width), "38"


def _is_right(
    turn: tuple[float, float], now: float, layout: Layout, taken: Sequence[float]
) -> bool:
    """Return whether to write on the right: away from this case, and not on an axis."""
    if _touches(turn, layout, taken):
        return False
    return now <= turn[0] or turn[0] - _ROOM - 10 < layout.left


def _touches(turn: tuple[float, float], layout: Layout, taken: Sequence[float]) -> bool:
    """Return whether a label on the right would touch those at the ends of lines."""
    if turn[0] <= layout.end - _ROOM:
        return False
    _, *rows = beside(turn, right=True)
    return any(abs(float(row) - y) < _ROW for row in rows for y in taken)

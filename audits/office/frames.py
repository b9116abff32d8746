"""Puts blocks into the columns of slides, at the largest size at which they fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audits.office.blocks import Block, Grid

SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)
_GAP = 0.75  # of a line, between two blocks
_LEAST = 6.0  # the smallest size of one block that is higher than a whole column
_STEP = 0.5
_SHORT = 120.0  # points of a column in which no block is set smaller: it goes on
_WORTH = 0.3  # of a column: a table begins in less only if all of it fits


@dataclass(frozen=True, slots=True)
class Frame:
    """A column of a slide, in points."""

    slide: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """A block in its place, at its size of type, in points."""

    slide: int
    x: float
    y: float
    width: float
    height: float
    size: float
    block: Block


def fitted(
    blocks: Sequence[Block],
    frames: Sequence[Frame],
    more: Iterable[Frame],
    largest: float = SIZES[0],
) -> tuple[Box, ...]:
    """Return blocks at the largest size at which the frames hold them.

    At the smallest size tables are parted where it helps, and then what is left goes on
    in `more` frames: nothing is ever cut.
    """
    for size in (size for size in SIZES if size <= largest):
        boxes, rest = _put(blocks, frames, size, may_shrink=False)
        if not rest:
            return boxes
    frames_and_more = _chained(frames, more)
    return _put(blocks, frames_and_more, SIZES[-1], may_part=True)[0]


def fits(blocks: Sequence[Block], frames: Sequence[Frame]) -> bool:
    """Return whether frames hold all blocks at a size that can be read."""
    return not _put(blocks, frames, SIZES[-1], may_part=True, may_shrink=False)[1]


def flowing(
    blocks: Sequence[Block], frames: Iterable[Frame], size: float
) -> tuple[Box, ...]:
    """Return blocks at one size, in as many frames as they take."""
    return _put(blocks, frames, size)[0]


def on_one(
    blocks: Sequence[Block], frame: Frame, size: float
) -> tuple[tuple[Box, ...], list[Block]]:
    """Return the first blocks, in one frame, and those for which it has no room."""
    return _put(blocks, [frame], size)


def _chained(first: Iterable[Frame], more: Iterable[Frame]) -> Iterator[Frame]:
    yield from first
    yield from more


def _put(
    blocks: Sequence[Block],
    frames: Iterable[Frame],
    size: float,
    *,
    may_part: bool = False,
    may_shrink: bool = True,
) -> tuple[tuple[Box, ...], list[Block]]:
    """Put blocks into frames in order; return the boxes, and what has no room."""
    boxes, rest = list[Box](), list(blocks)
    for frame in frames:
        y, foot = frame.y, frame.y + frame.height
        while rest:
            block, is_empty = rest[0], y == frame.y
            height = block.height(size, frame.width)
            own = size
            if y + height > foot:
                parts = _parted(block, size, frame, foot - y, may=is_empty or may_part)
                if len(parts) > 1:
                    height = parts[0].height(size, frame.width)
                    box = (frame.slide, frame.x, y, frame.width, height, own, parts[0])
                    boxes.append(Box(*box))
                    rest[0:1] = parts[1:]
                    break
                if not (is_empty and may_shrink and frame.height >= _SHORT):
                    break
                own, height = _shrunk(block, size, frame)
            boxes.append(Box(frame.slide, frame.x, y, frame.width, height, own, block))
            rest.pop(0)
            y += height + size * _GAP
        if not rest:
            break
    return tuple(boxes), rest


def _parted(
    block: Block, size: float, frame: Frame, room: float, *, may: bool
) -> tuple[Block, ...]:
    """Part a table that is higher than a column, or that has room worth its while."""
    is_long = block.height(size, frame.width) > frame.height
    is_worth_it = room > frame.height * _WORTH
    if isinstance(block, Grid) and (may or (is_long and is_worth_it)):
        return block.parted(size, frame.width, room)
    return (block,)


def _shrunk(block: Block, size: float, frame: Frame) -> tuple[float, float]:
    """Return the size at which one block fits a whole column, and its height there."""
    height = block.height(size, frame.width)
    while height > frame.height and size > _LEAST:
        size -= _STEP
        height = block.height(size, frame.width)
    return size, height

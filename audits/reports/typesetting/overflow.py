"""Tells an author which parts of page 1 are too long.

It reads what WeasyPrint laid out, and does not import it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# A block says how many lines it usually has; a longer one must be shortened. Without a
# heading, it says its name too.
_LINES = "data-lines"
_NAMED = 3
_SUMMARY = "page-1"


@dataclass(frozen=True, slots=True)
class Overflow:
    """A sheet on several pages, and its longest blocks: name and extra lines."""

    sheet: str
    pages: int
    blocks: tuple[tuple[str, int], ...]


def measured(sheet: str, pages: Sequence[Any]) -> Overflow:
    """Measure the blocks of a sheet over its pages."""
    heights: dict[Any, float] = {}
    for page in pages:
        for box in _blocks(page._page_box):
            lines = box.height / box.style["line_height"].value
            heights[box.element] = heights.get(box.element, 0) + lines
    over = [
        (_name(block), round(lines - int(block.get(_LINES))))
        for block, lines in heights.items()
    ]
    worst = sorted((-lines, name) for name, lines in over if lines >= 1)[:_NAMED]
    return Overflow(sheet, len(pages), tuple((name, -lines) for lines, name in worst))


def filled(sheet: str, pages: Sequence[Any]) -> float:
    """Return how much of a page a sheet needs, more than 1 if it runs on."""
    needed = (
        (max(_bottom(child) for child in part.children) - part.position_y)
        / page._page_box.height
        for page in pages
        for part in _parts(page._page_box, sheet)
        if part.children
    )
    return float(sum(needed))


def _bottom(box: Any) -> float:
    return float(box.position_y + box.margin_height())


def _parts(box: Any, sheet: str) -> Iterator[Any]:
    """Yield the box of a sheet on one page."""
    if box.element is not None and box.element.get("id") == sheet:
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _parts(child, sheet)


def in_words(overflows: Sequence[Overflow]) -> str:
    """Say which sheets have several pages, and what to shorten; empty if none."""
    said = [_sentence(overflow) for overflow in overflows[:_NAMED]]
    if more := len(overflows) - len(said):
        said.append(f"{more} more are too long as well.")
    return " ".join(said)


def _sentence(overflow: Overflow) -> str:
    sheet = overflow.sheet.replace("-", " ").capitalize()
    what = "The summary" if overflow.sheet == _SUMMARY else sheet
    said = f"{what} is {overflow.pages} pages long."
    if not overflow.blocks:
        return said
    blocks = ", ".join(
        f"{name} ({lines} line{'' if lines == 1 else 's'} over)"
        for name, lines in overflow.blocks
    )
    return f"{said} Shorten: {blocks}."


def _blocks(box: Any) -> Iterator[Any]:
    """Yield the outermost boxes of blocks; boxes in them have the same element."""
    if box.element is not None and box.element.get(_LINES):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _blocks(child)


def _name(block: Any) -> str:
    if named := block.get("data-name"):
        return str(named)
    heads = (part for part in block.iter() if part.get("class") == "side")
    # A mark says that a person wrote it.
    return next((" ".join(str(head.text).split()).rstrip("*") for head in heads), "")

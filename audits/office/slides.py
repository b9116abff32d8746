"""Draws slides. This file, `charts.py` and `xml.py` alone know python-pptx."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from audits.office import xml
from audits.office.archive import fixed
from audits.office.blocks import (
    BULLET,
    CELL,
    PARAGRAPH,
    Grid,
    Text,
    label_size,
    placed,
)
from audits.office.frames import Box
from audits.office.measures import LINE, height_of, lines_of
from audits.office.told import Row, Run, Words

WIDTH, HEIGHT = 960.0, 540.0  # points
EDGE, GAP, FOOT = 44.0, 28.0, 504.0
ROOM = WIDTH - 2 * EDGE
INK, MUTED, RULE, TINT = "16202A", "5B6770", "D9DEE0", "EEF2F2"
_ACCENT = "0F5E5A"
_TITLE_ONLY = 5  # the layout
_TITLES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
_OPENING = (40.0, 36.0, 32.0, *_TITLES)
_TITLE_LINES = 2
_LARGE = 3  # of the sizes of a title
_SMALL = 12.0
_HEAD, _KICKER, _DOWN = 16.0, 34.0, 64.0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A slide and its number; without the slide where only numbers are asked for."""

    number: int
    slide: Any


@dataclass(slots=True)
class Deck:
    """A presentation as it is drawn, with so many slides.

    `places` are the slides of places in its words. One that `is_trial` draws nothing:
    it tells on which slide each place will be.
    """

    presentation: Any
    accent: str
    head: tuple[str, str] = ("", "")
    foot: str = ""
    notes: str = ""
    is_trial: bool = False
    slides: int = 0
    places: dict[str, int] = field(default_factory=dict)

    def saved(self, dated: datetime) -> bytes:
        """Return the file; equal slides give equal bytes."""
        for place, slide in enumerate(self.presentation.slides, start=1):
            said = f"Page {place} of {self.slides}"
            _line(slide, said, (WIDTH - EDGE - 120, FOOT + 8), 120, to="right")
        properties = self.presentation.core_properties
        properties.created = properties.modified = dated.replace(tzinfo=None)
        target = BytesIO()
        self.presentation.save(target)
        return fixed(target.getvalue())


def new_deck(
    title: str,
    author: str,
    accent: str,
    language: str,
    *,
    head: tuple[str, str],
    foot: str,
    notes: str,
) -> Deck:
    """Return a presentation without slides.

    Args:
        title: Its title.
        author: The organization.
        accent: A colour as #rrggbb; empty for Attune's.
        language: The language of its words.
        head: What each slide has at its top, left and right.
        foot: What each slide has at its foot.
        notes: The speaker's notes of each slide.
    """
    from pptx import Presentation  # noqa: PLC0415 - only who asks for slides needs it

    presentation: Any = Presentation()
    colour = accent.removeprefix("#").upper() or _ACCENT
    xml.widen(presentation, int(WIDTH), int(HEIGHT))
    xml.set_theme(presentation, colour)
    xml.drop_leftovers(presentation)
    properties = presentation.core_properties
    properties.title, properties.author, properties.language = title, author, language
    properties.last_modified_by, properties.revision = author, 1
    return Deck(presentation, colour, head, foot, notes)


def add_slide(
    deck: Deck, kicker: str, title: str, place: str = "", *, is_opening: bool = False
) -> tuple[Leaf, float]:
    """Add a slide with its heads; return it, and where the room below its title begins.

    Args:
        deck: The presentation.
        kicker: What the slide is for.
        title: Its title, set smaller until it has no more than two lines.
        place: What words elsewhere call it.
        is_opening: Whether it is the first of a pack, with a larger title lower down.
    """
    if not title:
        kicker, title = "", kicker
    deck.slides += 1
    if place:
        deck.places.setdefault(place, deck.slides)
    words = (Run(title, "bold"),)
    size = _title_size(words, _OPENING if is_opening else _TITLES)
    down = _DOWN if is_opening else _KICKER
    top, height = down + (15 if kicker else 0), height_of(words, size, ROOM)
    below = top + height + 8
    if deck.is_trial:
        return Leaf(deck.slides, None), below
    layout = deck.presentation.slide_layouts[_TITLE_ONLY]
    slide = deck.presentation.slides.add_slide(layout)
    _draw_heads(deck, slide, kicker)
    xml.title(slide, (EDGE, top, ROOM, height), title, size)
    slide.notes_slide.notes_text_frame.text = deck.notes
    return Leaf(deck.slides, slide), below


def add_notes(leaf: Leaf, lines: Iterable[str]) -> None:
    """Add lines to the speaker's notes of a slide."""
    if leaf.slide is not None:
        frame = leaf.slide.notes_slide.notes_text_frame
        frame.text = "\n".join((frame.text, *lines))


def _draw_heads(deck: Deck, slide: Any, kicker: str) -> None:
    """Draw what each slide has, and what this one is for."""
    left, right = deck.head
    xml.rectangle(slide, (0, 0, WIDTH, 6), deck.accent)
    _line(slide, left, (EDGE, _HEAD), ROOM / 2)
    _line(slide, right, (EDGE + ROOM / 2, _HEAD), ROOM / 2, to="right")
    _line(slide, deck.foot, (EDGE, FOOT + 8), ROOM - 140)
    _line(slide, kicker, (EDGE, _KICKER), ROOM, colour=deck.accent)


def _title_size(words: Words, sizes: Sequence[float]) -> float:
    """Return the size of a title: a large one on one line, or else the largest on two.

    If it has more lines at each size, it has the smallest.
    """
    lines = {size: lines_of(words, size, ROOM) for size in sizes}
    on_one = (size for size in sizes[:_LARGE] if lines[size] == 1)
    on_two = (size for size in sizes if lines[size] <= _TITLE_LINES)
    return next(on_one, next(on_two, sizes[-1]))


def _line(
    slide: Any,
    said: str,
    at: tuple[float, float],
    room: float,
    *,
    colour: str = "",
    to: str = "left",
) -> None:
    """Write one line: small and grey, or larger in a colour; smaller if it is long."""
    if not said:
        return
    words, size = (Run(said, "bold" if colour else "muted"),), _SMALL
    while lines_of(words, size, room) > 1 and size > 6:  # noqa: PLR2004 - readable still
        size -= 0.5
    box = (at[0], at[1], room, height_of(words, size, room))
    xml.text_box(slide, box, [(words, size)], colour or MUTED, to=to)


def draw(deck: Deck, leaves: Mapping[int, Leaf], boxes: Sequence[Box]) -> None:
    """Draw blocks in their places."""
    for box in boxes:
        leaf = leaves[box.slide]
        slide = leaf.slide
        if box.block.place:
            deck.places.setdefault(box.block.place, leaf.number)
        if deck.is_trial:
            continue
        if isinstance(box.block, Text):
            _draw_text(deck, slide, box, box.block)
        else:
            _draw_grid(deck, slide, box, box.block)


def _draw_text(deck: Deck, slide: Any, box: Box, text: Text) -> None:
    said: list[tuple[Words, float]] = []
    if text.label:
        said.append(((Run(text.label, "bold"),), label_size(box.size)))
    said += [(_resolved(deck, words), box.size) for words, _ in text.paragraphs]
    frame = xml.text_box(
        slide,
        (box.x, box.y, box.width, box.height),
        said,
        MUTED if text.is_muted else INK,
        first=deck.accent if text.label else "",
    )
    paragraphs = frame.paragraphs[1 if text.label else 0 :]
    for number, (paragraph, (_, is_listed)) in enumerate(
        zip(paragraphs, text.paragraphs, strict=True)
    ):
        if number:
            xml.space_before(paragraph, box.size * LINE * PARAGRAPH)
        if is_listed:
            xml.bullet(paragraph, BULLET)


def _draw_grid(deck: Deck, slide: Any, box: Box, grid: Grid) -> None:
    y, size = box.y, grid.size(box.size)
    above = grid.above(box.size, box.width)
    said: list[tuple[Words, float]] = []
    if grid.label:
        said.append(((Run(grid.label, "bold"),), label_size(box.size)))
    if grid.table.caption:
        said.append((grid.table.caption, size))
    if said:
        first = deck.accent if grid.label else ""
        xml.text_box(slide, (box.x, y, box.width, above), said, MUTED, first=first)
    widths, heights = grid.widths(size, box.width), grid.heights(size, box.width)
    table = xml.table(slide, (box.x, y + above), widths, heights)
    for number, (row, drawn) in enumerate(zip(grid.rows, table.rows, strict=True)):
        _draw_row(deck, drawn, row, size, is_head=number < grid.heads)


def _draw_row(deck: Deck, drawn: Any, row: Row, size: float, *, is_head: bool) -> None:
    cells = list(drawn.cells)
    for at, cell in placed(row, len(cells)):
        target = cells[at]
        if cell.span > 1:
            target.merge(cells[min(at + cell.span, len(cells)) - 1])
        colour = MUTED if is_head else INK
        words = _resolved(deck, cell.words)
        xml.cell(target, words, size, colour, CELL, is_number=cell.is_number)
    for target in cells:
        xml.small(target, size)
        xml.rule(target, INK if is_head else RULE)
        if row.is_picked:
            xml.fill(target, TINT)


def _resolved(deck: Deck, words: Words) -> Words:
    """Return words with the pages that they tell."""
    return tuple(
        Run(
            f"{run.text}{deck.places.get(run.place, '') if run.place else ''}",
            run.style,
        )
        for run in words
    )

"""The slides of a paper and of a pack, of what these say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from audits.office import charts
from audits.office.blocks import Block, Grid, Text, blocks_of
from audits.office.frames import Box, Frame, fits, fitted, flowing, on_one
from audits.office.slides import (
    EDGE,
    FOOT,
    GAP,
    ROOM,
    Deck,
    Leaf,
    add_notes,
    add_slide,
    draw,
    new_deck,
)
from audits.office.told import Part, Sheet, Source, Table, Told, lines_said

# What is behind a decision, on a slide of its own.
_BEHIND = frozenset({"reasons", "money", "measure", "options", "change", "unknown"})
# What the slide after it may have instead.
_LATER = frozenset({"change", "unknown"})
_HEADS = frozenset({"what", "meta"})
_HALF = (ROOM - GAP) / 2
_WIDE = ROOM * 0.56
_CHART, _CHART_ROW = 54.0, 46.0  # points: its title and its names, and each way
_LOW_ROW = 30.0  # where only one of its bars says its amount
_HEAD_SIZE, _OVERVIEW_SIZE = 12.0, 12.0
_CONTINUED = ", continued"
_MONEY = "What it costs, and what is behind the verdict"
_WHY = "What is behind the verdict"
_OPTIONS = "What else was considered"
_BETWEEN = 8.0


def paper_slides(told: Told, source: Source) -> bytes:
    """Return page 1 of a paper: the decision, then what is behind it."""
    deck = _deck(told, source)
    _decision(deck, told.sheets[0])
    return deck.saved(source.dated)


def pack_slides(told: Told, source: Source) -> bytes:
    """Return a pack: what is asked, the overview, each decision, and what is behind."""
    trial = Deck(None, told.accent, is_trial=True)
    _draw_pack(trial, told)
    deck = _deck(told, source)
    deck.places.update(trial.places)
    _draw_pack(deck, told)
    return deck.saved(source.dated)


def _draw_pack(deck: Deck, told: Told) -> None:
    overview = told.sheets[0]
    first, others = _asked_first(overview)
    _opening(deck, overview, first)
    for parts in (first, others):
        _by_part(deck, overview, parts)
    for sheet in told.sheets[1:]:
        if sheet.is_one and sheet.is_asked:
            _decision(deck, sheet)
        elif sheet.is_one:
            _not_yet(deck, sheet)
    for sheet in told.sheets[1:]:
        if not sheet.is_one:
            _by_part(deck, sheet, sheet.parts)


def _deck(told: Told, source: Source) -> Deck:
    head = told.organization, told.head
    return new_deck(
        *(told.title, told.organization, told.accent, told.language),
        head=head,
        foot=told.foot,
        notes=source.notes,
    )


def _asked_first(overview: Sheet) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the parts with the table of decisions, and all others but the heads."""
    parts = [part for part in overview.parts if part.label or not part.kinds & _HEADS]
    tables = [part for part in parts if _has_table(part) and not part.place]
    first = tables[:1]
    lines = [part for part in overview.parts[1:] if part.kinds & _HEADS]
    return tuple(first), (*(part for part in parts if part not in first), *lines)


def _has_table(part: Part) -> bool:
    return any(isinstance(item, Table) for item in part.items)


def _opening(deck: Deck, overview: Sheet, asked: Sequence[Part]) -> None:
    """Add the slide of the title, with each decision in a row where all have room."""
    leaf, top = add_slide(
        deck, overview.kicker, overview.title, overview.place, is_opening=True
    )
    heads = (
        overview.parts[:1] if overview.parts[:1] and not overview.parts[0].label else ()
    )
    frame = Frame(0, EDGE, top + _BETWEEN, ROOM, FOOT - top - _BETWEEN)
    texts = (each for each in blocks_of(heads) if isinstance(each, Text))
    blocks: list[Block] = [replace(each, is_muted=False) for each in texts]
    rows = [_in_rows(each) for each in blocks_of(asked) if isinstance(each, Grid)]
    if fits([*blocks, *rows], [frame]):
        blocks += rows
    boxes = fitted(blocks, [frame], ())
    draw(deck, {0: leaf}, boxes)


def _in_rows(grid: Grid) -> Grid:
    """Return a table without the rows of one cell, which say more about a decision."""
    rows = tuple(row for row in grid.table.rows if len(row.cells) > 1)
    return Grid("", replace(grid.table, rows=rows))


def _by_part(deck: Deck, sheet: Sheet, parts: Sequence[Part]) -> None:
    """Add parts on as many slides as they take, each named after its first part.

    A slide has as many parts as are whole on it; one that is higher goes on alone.
    """
    left = list(parts)
    while left:
        title = left[0].label or sheet.title or sheet.kicker
        leaf, frame = _named(deck, sheet, title)
        numbers = range(len(left), 1, -1)
        whole = (n for n in numbers if fits(_below_title(left[:n]), [frame]))
        number = next(whole, 1)
        boxes, rest = on_one(_below_title(left[:number]), frame, _OVERVIEW_SIZE)
        draw(deck, {0: leaf}, boxes)
        left = left[number:]
        while rest:
            leaf, frame = _named(deck, sheet, f"{title}{_CONTINUED}")
            boxes, rest = on_one(rest, frame, _OVERVIEW_SIZE)
            draw(deck, {0: leaf}, boxes)


def _named(deck: Deck, sheet: Sheet, title: str) -> tuple[Leaf, Frame]:
    leaf, top = add_slide(deck, sheet.kicker, title, sheet.place)
    return leaf, Frame(0, EDGE, top + _BETWEEN, ROOM, FOOT - top - _BETWEEN)


def _below_title(parts: Sequence[Part]) -> list[Block]:
    """Return the blocks of parts, without the label that is the title above them."""
    first, *others = blocks_of(parts)
    return [replace(first, label=""), *others]


def _overview(deck: Deck, sheet: Sheet, parts: Sequence[Part]) -> None:
    """Add parts in the whole width of as many slides as they take."""
    added: dict[int, Leaf] = {}

    def frames() -> Iterator[Frame]:
        for number in count():
            added[number], top = add_slide(deck, sheet.kicker, sheet.title, sheet.place)
            yield Frame(number, EDGE, top + _BETWEEN, ROOM, FOOT - top - _BETWEEN)

    boxes = flowing(tuple(blocks_of(parts)), frames(), _OVERVIEW_SIZE)
    draw(deck, added, boxes)


def _decision(deck: Deck, sheet: Sheet) -> None:
    """Add the slides of a decision: what is asked and its money, then what is behind.

    Its risks go behind it where the first slide has no room for them.
    """
    _, later = _asked(deck, sheet)
    _considered(deck, sheet, _behind(deck, sheet), later)


def _not_yet(deck: Deck, sheet: Sheet) -> None:
    """Add the slide of what cannot be voted on now; its notes have what is behind."""
    leaf, later = _asked(deck, sheet)
    behind = [part for part in sheet.parts if _is_behind(part)]
    add_notes(leaf, (line for part in (*behind, *later) for line in lines_said(part)))


def _asked(deck: Deck, sheet: Sheet) -> tuple[Leaf, list[Part]]:
    """Add the slide with what is asked and its money; return what has no room on it."""
    leaf, top = _headed(deck, sheet)
    parts = [p for p in sheet.parts if not p.kinds & _HEADS and not _is_behind(p)]
    bars = sheet.picture.bars if sheet.picture else ()
    tall = (_CHART + _CHART_ROW * len(bars) if bars else 0.0, False)
    low = (_CHART + _LOW_ROW * len(bars) if bars else 0.0, True)
    is_full = not fits(tuple(blocks_of(parts)), _beside_picture(top, tall[0]))
    later = [part for part in parts if is_full and "risks" in part.kinds]
    kept = [part for part in parts if part not in later]
    has_room = fits(tuple(blocks_of(kept)), _beside_picture(top, tall[0]))
    height, is_low = tall if has_room else low
    if sheet.picture and not deck.is_trial:
        *_, right = _beside_picture(top, 0)
        area = (right.x, top, right.width, height)
        charts.money_bars(leaf.slide, area, sheet.picture, deck.accent, is_low=is_low)
    _fit(deck, sheet, leaf, kept, _beside_picture(top, height))
    return leaf, later


def _beside_picture(top: float, picture: float) -> list[Frame]:
    """Return the columns of a slide, the right one below a picture so high."""
    used = picture + _BETWEEN if picture else 0
    x, room = EDGE + _WIDE + GAP / 2, ROOM - _WIDE - GAP / 2
    return [
        Frame(0, EDGE, top, _WIDE - GAP / 2, FOOT - top),
        Frame(0, x, top + used, room, FOOT - top - used),
    ]


def _behind(deck: Deck, sheet: Sheet) -> list[Part]:
    """Add the slide with the money in full and what is behind a decision.

    Returns:
        The last of its parts, for which it has no room: the next slide has them.
    """
    parts = [part for part in sheet.parts if _is_behind(part)]
    parts = [part for part in parts if "options" not in part.kinds]
    if not parts:
        return []
    wide = [part for part in parts if "money" in part.kinds]
    title = _MONEY if wide else _WHY
    leaf, top = add_slide(deck, sheet.title, title)
    if wide:
        frame = Frame(0, EDGE, top + _BETWEEN, ROOM, FOOT - top)
        boxes = flowing(tuple(blocks_of(wide)), [frame], _OVERVIEW_SIZE)
        draw(deck, {0: leaf}, boxes)
        top = max(box.y + box.height for box in boxes) + _BETWEEN
    frames = _beside_picture(top + _BETWEEN, 0)
    rest, later = [part for part in parts if "money" not in part.kinds], list[Part]()
    while rest and rest[-1].kinds & _LATER:
        if fits(tuple(blocks_of(rest)), frames):
            break
        later.insert(0, rest.pop())
    behind = replace(sheet, kicker=sheet.title, title=title)
    _fit(deck, behind, leaf, rest, frames)
    return later


def _considered(
    deck: Deck, sheet: Sheet, evidence: Sequence[Part], risks: Sequence[Part]
) -> None:
    """Add the slide of the options, with what had no room before."""
    options = [part for part in sheet.parts if "options" in part.kinds]
    parts = [*options, *evidence, *risks]
    if not parts:
        return
    also = " and ".join(
        name for name, said in (("evidence", evidence), ("risks", risks)) if said
    )
    title = f"{_OPTIONS}, and the {also}" if also else _OPTIONS
    behind = replace(sheet, kicker=sheet.title, title=title, place="")
    _overview(deck, behind, parts)


def _is_behind(part: Part) -> bool:
    is_said = "money" in part.kinds and not _has_table(part)
    return bool(part.kinds & _BEHIND) and not is_said


def _headed(deck: Deck, sheet: Sheet) -> tuple[Leaf, float]:
    """Add a slide with the lines below the title; return where the room begins."""
    leaf, top = add_slide(deck, sheet.kicker, sheet.title, sheet.place)
    heads = [part for part in sheet.parts if part.kinds & _HEADS]
    frame = Frame(0, EDGE, top, ROOM, FOOT - top)
    boxes = flowing(tuple(blocks_of(heads)), [frame], _HEAD_SIZE)
    draw(deck, {0: leaf}, boxes)
    ends = [box.y + box.height for box in boxes]
    return leaf, max(ends, default=top) + _BETWEEN * 1.5


def _fit(
    deck: Deck, sheet: Sheet, leaf: Leaf, parts: Sequence[Part], frames: Sequence[Frame]
) -> None:
    """Put parts into the columns of a slide; what has no room goes on another."""
    added = {0: leaf}

    def more() -> Iterator[Frame]:
        for number in count(1):
            title = f"{sheet.title}{_CONTINUED}"
            added[number], top = add_slide(deck, sheet.kicker, title)
            height = FOOT - top - _BETWEEN
            yield Frame(number, EDGE, top + _BETWEEN, _HALF, height)
            yield Frame(number, EDGE + _HALF + GAP, top + _BETWEEN, _HALF, height)

    boxes: tuple[Box, ...] = fitted(tuple(blocks_of(parts)), frames, more())
    draw(deck, added, boxes)

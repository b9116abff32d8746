"""What the pages of a paper say, as plain values that are kept beside its file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

type Style = Literal["", "bold", "muted"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style. The page of a `place`, if there is one, follows them."""

    text: str
    style: Style = ""
    place: str = ""


type Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, which may span several columns."""

    words: Words
    span: int = 1
    is_number: bool = False
    above: str = ""

    @property
    def plain(self) -> str:
        """Its words without their styles."""
        return plain(self.words)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; one `is_picked` that is marked among the others."""

    cells: tuple[Cell, ...]
    is_picked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. A cell of its head may have a heading `above` it and those after it."""

    head: Row
    rows: tuple[Row, ...]
    caption: Words = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """Sentences that are read one by one."""

    items: tuple[Words, ...]


type Item = Words | Table | Listed


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its kinds, what it is called, and what it says in order.

    Words elsewhere may name it by its `place`.
    """

    kinds: frozenset[str]
    label: str
    items: tuple[Item, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """A bar of the picture of the money, in US dollars."""

    name: str
    low: Decimal
    expected: Decimal
    high: Decimal
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What the picture of the money has, and what it shows in words."""

    said: str
    bars: tuple[Amounts, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in the order it is read, with its picture of the money if it has one.

    It `is_one` that has the decision of one use case, and `is_asked` if the board can
    vote on it now.
    """

    place: str
    kicker: str
    title: str
    parts: tuple[Part, ...]
    picture: Picture | None = None
    is_one: bool = True
    is_asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a paper or a pack says: what all its pages repeat, and the pages.

    `accent` is #rrggbb, or empty for Attune's colour. It `is_letter` that is printed on
    Letter, not on A4.
    """

    organization: str
    head: str
    foot: str
    title: str
    language: str
    accent: str
    is_letter: bool
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The day of what a file tells, and what its notes say of where that is from.

    `digest` is the SHA-256 of the PDF that says the same.
    """

    dated: datetime
    notes: str
    digest: str


def plain(words: Words) -> str:
    """Return words without their styles."""
    return "".join(run.text for run in words)


def texts_of(sheet: Sheet) -> Iterator[str]:
    """Yield every text of a page in the order it is read."""
    yield from filter(None, (sheet.kicker, sheet.title))
    for part in sheet.parts:
        yield from filter(None, [part.label])
        for item in part.items:
            yield from _texts(item)


def lines_said(part: Part) -> Iterator[str]:
    """Yield what a part says, with a row of a table in a line."""
    yield from filter(None, [part.label])
    for item in part.items:
        if isinstance(item, Table):
            yield from filter(None, [plain(item.caption)])
            heads = [cell for cell in item.head.cells if cell.above]
            yield from filter(None, [" · ".join(cell.above for cell in heads)])
            for row in (item.head, *item.rows):
                yield " · ".join(cell.plain for cell in row.cells)
        else:
            yield from _texts(item)


def _texts(item: Item) -> Iterator[str]:
    match item:
        case Table(head, rows, caption):
            yield from filter(None, [plain(caption)])
            yield from filter(None, (cell.above for cell in head.cells))
            cells = (cell for row in (head, *rows) for cell in row.cells)
            yield from filter(None, (cell.plain for cell in cells))
        case Listed(items):
            yield from map(plain, items)
        case _:
            yield plain(item)


def to_json(told: Told) -> dict[str, Any]:
    """Return plain values that JSON can keep."""
    return {
        "organization": told.organization,
        "head": told.head,
        "foot": told.foot,
        "title": told.title,
        "language": told.language,
        "accent": told.accent,
        "is_letter": told.is_letter,
        "sheets": [_sheet_to_json(sheet) for sheet in told.sheets],
    }


def from_json(values: Mapping[str, Any]) -> Told:
    """Return what was kept."""
    sheets = tuple(map(_sheet, values["sheets"]))
    return Told(**{**values, "sheets": sheets})


def _sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    return {
        "place": sheet.place,
        "kicker": sheet.kicker,
        "title": sheet.title,
        "parts": [
            [
                *(sorted(part.kinds), part.label),
                *([*map(_item_to_json, part.items)], part.place),
            ]
            for part in sheet.parts
        ],
        "picture": _picture_to_json(sheet.picture) if sheet.picture else None,
        "is_one": sheet.is_one,
        "is_asked": sheet.is_asked,
    }


def _picture_to_json(picture: Picture) -> list[Any]:
    bars = [
        [x.name, str(x.low), str(x.expected), str(x.high), x.is_chosen]
        for x in picture.bars
    ]
    return [picture.said, bars]


def _item_to_json(item: Item) -> Any:
    match item:
        case Table(head, rows, caption):
            table = [_row_to_json(row) for row in (head, *rows)]
            return {"table": table, "caption": _words_to_json(caption)}
        case Listed(items):
            return {"listed": [*map(_words_to_json, items)]}
        case _:
            return _words_to_json(item)


def _row_to_json(row: Row) -> list[Any]:
    cells = [[_words_to_json(x.words), x.span, x.is_number, x.above] for x in row.cells]
    return [row.is_picked, cells]


def _words_to_json(words: Words) -> list[list[str]]:
    return [[run.text, run.style, run.place] for run in words]


def _sheet(values: Mapping[str, Any]) -> Sheet:
    return Sheet(
        place=values["place"],
        kicker=values["kicker"],
        title=values["title"],
        parts=tuple(
            Part(frozenset(kinds), label, tuple(map(_item, items)), place)
            for kinds, label, items, place in values["parts"]
        ),
        picture=_picture(*values["picture"]) if values["picture"] else None,
        is_one=values["is_one"],
        is_asked=values.get("is_asked", True),  # what was kept before does not say
    )


def _picture(said: str, bars: Sequence[Sequence[Any]]) -> Picture:
    found = (
        Amounts(name, Decimal(low), Decimal(expected), Decimal(high), is_chosen)
        for name, low, expected, high, is_chosen in bars
    )
    return Picture(said, tuple(found))


def _item(value: Any) -> Item:
    if isinstance(value, list):
        return _words(value)
    if "listed" in value:
        return Listed(tuple(map(_words, value["listed"])))
    head, *rows = map(_row, value["table"])
    return Table(head, tuple(rows), _words(value["caption"]))


def _row(value: Sequence[Any]) -> Row:
    is_picked, cells = value
    found = (Cell(_words(words), *rest) for words, *rest in cells)
    return Row(tuple(found), is_picked)


def _words(value: Sequence[Sequence[Any]]) -> Words:
    return tuple(Run(*run) for run in value)

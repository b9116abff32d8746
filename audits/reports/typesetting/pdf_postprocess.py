"""Completes a PDF: adds what WeasyPrint 70 lacks for PDF/UA-1.

Equal input gives equal bytes: nothing here reads a clock or random numbers.
"""

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf

_PRINTED = 4  # the flag that prints an annotation
# WeasyPrint counts CSS pixels from the top, PDF counts points from the bottom.
_POINTS_A_PIXEL = Decimal("0.75")
_PAGINATION = Dictionary(Type=Name.Pagination)
_BEGIN = Operator("BDC")


def finish(pdf: bytes) -> bytes:
    """Return the PDF with its structure completed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        read: dict[Any, set[int]] = {}
        for element in _elements(document.Root.StructTreeRoot.K):
            _complete(element)
            if Name.Table == element.S:
                _name_groups(element)
            for number in _marks(element):
                read.setdefault(element.Pg.objgen, set()).add(number)
        for page in document.pages:
            _print_links(page)
            _set_running_heads_apart(document, page, read.get(page.objgen, set()))
        done = io.BytesIO()
        document.save(done, deterministic_id=True)
    return done.getvalue()


def _elements(children: Any) -> Iterator[Any]:
    """Yield every structure element at or below some children."""
    for child in children if isinstance(children, Array) else [children]:
        if isinstance(child, Dictionary) and child.get(Name.Type) == Name.StructElem:
            yield child
            yield from _elements(child.get(Name.K, Array()))


def _marks(element: Any) -> Iterator[int]:
    """Yield the numbers of the marked content that an element holds itself."""
    children = element.get(Name.K, Array())
    for child in children if isinstance(children, Array) else [children]:
        if isinstance(child, int):
            yield child


def _complete(element: Any) -> None:
    if element.S == Name.TH:
        in_head = Name.THead == element.P.P.S
        element.A[Name.Scope] = Name.Column if in_head else Name.Row
    if Name.Figure == element.S and Name.A in element:
        left, top, right, bottom = (
            Decimal(side) * _POINTS_A_PIXEL for side in element.A.BBox.as_list()
        )
        height = Decimal(element.Pg.MediaBox[3])
        box = (left, height - bottom, right, height - top)
        element.A[Name.BBox] = Array([round(side, 2) for side in box])


def _name_groups(table: Any) -> None:
    """Name a head of several columns among the heads of each cell below it.

    WeasyPrint names it in the first of its columns only. The id of a head ends in its
    row and its column.
    """
    cells = [x for x in _elements(table.K) if x.S in (Name.TH, Name.TD)]
    groups: dict[int, str] = {}
    for cell in cells:
        if Name.THead == cell.P.P.S and cell.S == Name.TH and Name.ColSpan in cell.A:
            first, own = _column(cell.ID), str(cell.ID)
            groups |= dict.fromkeys(range(first, first + int(cell.A.ColSpan)), own)
    for cell in cells if groups else ():
        heads = [str(each) for each in cell.A.get(Name.Headers, Array())]
        above = (groups[at] for at in map(_column, heads) if at in groups)
        named = [*dict.fromkeys((*above, *heads))]
        if named != heads:
            cell.A[Name.Headers] = Array(map(pikepdf.String, named))


def _column(identifier: Any) -> int:
    return int(str(identifier).rpartition("-")[2])


def _print_links(page: pikepdf.Page) -> None:
    for annotation in page.get(Name.Annots, Array()):
        annotation.F = _PRINTED


def _set_running_heads_apart(document: Pdf, page: pikepdf.Page, read: set[int]) -> None:
    """Make an artefact of all marked content that no element of the tree holds.

    WeasyPrint tags running heads and page numbers as content and leaves them out of
    the tree, where a screen reader neither reads nor skips them.
    """
    parents = _parents(document, int(page.StructParents))
    instructions = list(pikepdf.parse_content_stream(page))
    for at, instruction in enumerate(instructions):
        if instruction.operator != _BEGIN:
            continue
        number = _number(instruction.operands)
        if number is not None and number not in read:
            parents[number] = None
            instructions[at] = pikepdf.ContentStreamInstruction(
                [Name.Artifact, _PAGINATION], _BEGIN
            )
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def _parents(document: Pdf, key: int) -> Any:
    """Return a page's list of the elements that hold its marked content."""
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    return next(
        numbers[at + 1] for at in range(0, len(numbers), 2) if int(numbers[at]) == key
    )


def _number(operands: Any) -> int | None:
    properties = operands[1]
    if isinstance(properties, Dictionary) and Name.MCID in properties:
        return int(properties.MCID)
    return None

"""Ways to make a page of a paper show another amount."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, Rectangle, String
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from tests.verify.made_papers import bytes_of, zeros

_AMOUNT = re.compile(r"\d[\d,]*\d|\d")
_SIZE = 8  # points


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that a page prints, and where: in points from the bottom left."""

    page: int
    digits: str
    left: float
    bottom: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        width = len(self.digits) * _SIZE * 0.6
        return self.left, self.bottom - 2, self.left + width, self.bottom + _SIZE


@cache
def amounts(pdf: bytes) -> tuple[Amount, ...]:
    """Return every number that the pages of a paper print."""
    found: list[Amount] = []
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages):

        def see(text: str, cm: Any, tm: Any, *_: Any, number: int = number) -> None:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            for digits in _AMOUNT.findall(text):
                found.append(Amount(number, digits, x, y))  # noqa: PERF401 - several

        page.extract_text(visitor_text=see)
    return tuple(found)


def drawing(amount: Amount, digits: str, font: str = "F0") -> bytes:
    """Return a white rectangle over an amount, and other digits on it."""
    left, bottom, right, top = amount.box
    white = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f"
    text = f"/{font} {_SIZE} Tf {left:.2f} {amount.bottom:.2f} Td ({digits}) Tj"
    return f"q 1 1 1 rg {white} Q q 0 g BT {text} ET Q".encode()


def with_content_added(pdf: bytes, amount: Amount, digits: str) -> bytes:
    """Draw after the content, with a font in the resources that all pages share."""
    with Pdf.open(BytesIO(pdf)) as paper:
        page = paper.pages[amount.page]
        page.obj.Resources.Font.F0 = _font(paper)
        page.contents_add(b"Q " + drawing(amount, digits))
        page.contents_add(b"q", prepend=True)
        return bytes_of(paper)


def with_content_replaced(pdf: bytes, amount: Amount, digits: str) -> bytes:
    """Replace the content by one of which nothing but the digits differs."""
    with Pdf.open(BytesIO(pdf)) as paper:
        page = paper.pages[amount.page]
        page.obj.Resources.Font.F0 = _font(paper)
        content = page.obj.Contents.read_bytes()
        whole = b"q %b Q %b" % (content, drawing(amount, digits))
        page.obj.Contents = paper.make_stream(whole)
        return bytes_of(paper)


def with_form(pdf: bytes, amount: Amount, digits: str) -> bytes:
    """Lay another page over it, as a form."""
    with Pdf.open(BytesIO(pdf)) as paper, Pdf.new() as over:
        page = paper.pages[amount.page]
        over.add_blank_page()
        over.pages[0].obj.Resources = Dictionary(Font=Dictionary(F0=_font(over)))
        over.pages[0].obj.Contents = over.make_stream(drawing(amount, digits))
        page.add_overlay(over.pages[0], Rectangle(page.trimbox))
        return bytes_of(paper)


def with_annotation(pdf: bytes, amount: Amount, digits: str) -> bytes:
    """Put a note over it that looks like the page."""
    with Pdf.open(BytesIO(pdf)) as paper:
        page = paper.pages[amount.page]
        _annotate(paper, page, amount, digits)
        return bytes_of(paper)


def with_layer(pdf: bytes, amount: Amount, digits: str) -> bytes:
    """Draw on a layer that a reader may hide."""
    with Pdf.open(BytesIO(pdf)) as paper:
        page = paper.pages[amount.page]
        layer = paper.make_indirect(Dictionary(Type=Name.OCG, Name=String("Print")))
        paper.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(ON=Array([layer]), Order=Array())
        )
        page.obj.Resources.Properties = Dictionary(L0=layer)
        page.obj.Resources.Font.F0 = _font(paper)
        page.contents_add(b"/OC /L0 BDC " + drawing(amount, digits) + b" EMC")
        return bytes_of(paper)


def with_update_appended(pdf: bytes, amount: Amount, digits: str) -> bytes:
    """Append a new version of the page; every byte of the paper stays."""
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    page = writer.pages[amount.page]
    look = DecodedStreamObject()
    look.set_data(drawing(amount, digits))
    box = ArrayObject([NumberObject(round(side)) for side in amount.box])
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): box,
            NameObject("/Resources"): DictionaryObject(
                {
                    NameObject("/Font"): DictionaryObject({NameObject("/F0"): font}),
                }
            ),
        }
    )
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Stamp"),
            NameObject("/Rect"): box,
            NameObject("/F"): NumberObject(4),
            NameObject("/AP"): DictionaryObject(
                {NameObject("/N"): writer._add_object(look)}
            ),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    target = BytesIO()
    writer.write(target)
    assert target.getvalue().startswith(pdf)
    return target.getvalue()


type Way = Callable[[bytes, Amount, str], bytes]
WAYS: tuple[Way, ...] = (
    with_content_added,
    with_content_replaced,
    with_form,
    with_annotation,
    with_layer,
    with_update_appended,
)


def with_other_glyphs(pdf: bytes) -> bytes:
    """Change a font: the text stays, and other digits show."""
    with Pdf.open(BytesIO(pdf)) as paper:
        fonts = paper.pages[0].obj.Resources.Font
        name = sorted(fonts.keys())[0]
        descendant = fonts[name].DescendantFonts[0]
        file = descendant.FontDescriptor.FontFile2
        file.write(file.read_bytes()[::-1])
        return bytes_of(paper)


def with_other_black(pdf: bytes) -> bytes:
    """Make every grey on every page another colour; no content changes."""
    with Pdf.open(BytesIO(pdf)) as paper:
        white = Dictionary(
            FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([1]), N=1
        )
        paper.pages[0].obj.Resources.ColorSpace.DefaultGray = Array(
            [Name.Separation, Name("/Ink"), Name.DeviceGray, white]
        )
        return bytes_of(paper)


def with_form_in_itself(pdf: bytes) -> bytes:
    with Pdf.open(BytesIO(pdf)) as paper:
        form = paper.make_stream(b"/F0 Do")
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(F0=form))
        page = paper.pages[1]
        page.obj.Resources.XObject.F0 = form
        page.contents_add(b"/F0 Do")
        return bytes_of(paper)


def with_many_pages(pdf: bytes) -> bytes:
    with Pdf.open(BytesIO(pdf)) as paper:
        for _ in range(300):
            paper.add_blank_page()
        return bytes_of(paper)


def with_nesting(pdf: bytes) -> bytes:
    """Give a page an entry nested so deeply that no function may follow it."""
    with Pdf.open(BytesIO(pdf)) as paper:
        entry: Any = Array()
        for _ in range(5_000):
            entry = paper.make_indirect(Array([entry]))
        paper.pages[0].obj.PieceInfo = entry
        return bytes_of(paper)


def with_bookmark(pdf: bytes) -> bytes:
    with Pdf.open(BytesIO(pdf)) as paper:
        with paper.open_outline() as outline:
            outline.root.append(OutlineItem("Approved", 0))
        return bytes_of(paper)


def with_page_again(pdf: bytes) -> bytes:
    """Append a copy of the first page."""
    with Pdf.open(BytesIO(pdf)) as paper:
        paper.pages.append(paper.pages[0])
        return bytes_of(paper)


def without_last_page(pdf: bytes) -> bytes:
    with Pdf.open(BytesIO(pdf)) as paper:
        del paper.pages[-1]
        return bytes_of(paper)


def with_bomb(pdf: bytes) -> bytes:
    """Make the content of a page unpack to 400 MB."""
    with Pdf.open(BytesIO(pdf)) as paper:
        paper.pages[0].obj.Contents.write(zeros(400), filter=Name.FlateDecode)
        return bytes_of(paper)


def saved_again(pdf: bytes) -> bytes:
    """Save with other numbers, order and packing, and other metadata."""
    with Pdf.open(BytesIO(pdf)) as paper:
        paper.docinfo["/Producer"] = "Another program"
        for page in paper.pages:
            page.obj.Contents.write(page.obj.Contents.read_bytes())
        target = BytesIO()
        paper.save(target, linearize=True, recompress_flate=True)
        return target.getvalue()


def _font(paper: Pdf) -> Any:
    return paper.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )


def _annotate(paper: Pdf, page: Page, amount: Amount, digits: str) -> None:
    box = Array([round(side, 2) for side in amount.box])
    look = paper.make_stream(drawing(amount, digits))
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, box
    look.Resources = Dictionary(Font=Dictionary(F0=_font(paper)))
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=box, F=4, AP=Dictionary(N=look)
    )
    annotations = page.obj.get("/Annots", Array())
    annotations.append(paper.make_indirect(note))
    page.obj.Annots = annotations

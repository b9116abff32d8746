"""The parts of slides that python-pptx draws, and what it has no words for."""

import re
from collections.abc import Sequence
from typing import Any

from audits.office.told import Words

_COLOURS = {"muted": "5B6770"}
_TITLE_COLOUR = "16202A"
_FONT = "Arial"
# A style of tables without colours and lines, which every program knows.
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIDES = {"left": "LEFT", "right": "RIGHT"}
_BORDER = '<a:lnB {} w="6350"><a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:lnB>'
type Area = tuple[float, float, float, float]


def points(number: float) -> Any:
    """Return points as python-pptx measures them, never a part of a unit."""
    from pptx.util import Emu  # noqa: PLC0415 - only who asks for slides needs it

    return Emu(round(number * 12700))


def rgb(value: str) -> Any:
    """Return a colour of rrggbb as python-pptx has it."""
    from pptx.dml.color import RGBColor  # noqa: PLC0415 - as above

    colours: Any = RGBColor
    return colours.from_string(value)


def widen(presentation: Any, width: int, height: int) -> None:
    """Make slides so many points large, and stretch what new ones begin with."""
    wider = points(width) / presentation.slide_width
    higher = points(height) / presentation.slide_height
    presentation.slide_width, presentation.slide_height = points(width), points(height)
    master = presentation.slide_master
    for owner in (master, *master.slide_layouts):
        for shape in owner.shapes:
            if shape.element.xpath(".//a:xfrm"):
                shape.left, shape.width = (
                    round(shape.left * wider),
                    round(shape.width * wider),
                )
                shape.top, shape.height = (
                    round(shape.top * higher),
                    round(shape.height * higher),
                )


def set_theme(presentation: Any, accent: str) -> None:
    """Give the theme our font and the organization's colour."""
    for part in presentation.slide_master.part.package.iter_parts():
        if "/theme/" in str(part.partname):
            text = part.blob.decode()
            text = re.sub(
                r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{_FONT}"', text
            )
            colour = rf'\g<1><a:srgbClr val="{accent}"/>'
            text = re.sub(r'(<a:accent1>)<a:srgbClr val="\w+"/>', colour, text)
            part._blob = text.encode()


def drop_leftovers(presentation: Any) -> None:
    """Drop what comes with the empty template and is not of these slides."""
    part = presentation.part
    for owner in (part.package, part):
        for key, related in list(owner._rels.items()):
            if related.reltype.endswith(("/thumbnail", "/printerSettings")):
                owner._rels.pop(key)


def rectangle(slide: Any, area: Area, colour: str) -> None:
    """Draw a rectangle that says nothing."""
    from pptx.enum.shapes import MSO_SHAPE  # noqa: PLC0415 - as above

    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(points, area))
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    # The style of a new shape has a shadow.
    for style in shape.element.xpath("./p:style"):
        shape.element.remove(style)
    shape.name = "Accent"


def title(slide: Any, area: Area, said: str, size: float) -> None:
    """Write the title of a slide into its place for it."""
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = map(points, area)
    frame = shape.text_frame
    _set_frame(frame)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = _side("left")
    _set_line(paragraph)
    run = paragraph.add_run()
    run.text = said
    _set_font(run.font, size, _TITLE_COLOUR, is_bold=True)


def text_box(
    slide: Any,
    area: Area,
    said: Sequence[tuple[Words, float]],
    colour: str,
    *,
    first: str = "",
    to: str = "left",
) -> Any:
    """Write paragraphs, each at its size; the first may have another colour."""
    frame = slide.shapes.add_textbox(*map(points, area)).text_frame
    _set_frame(frame)
    for number, (words, size) in enumerate(said):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment = _side(to)
        _write(paragraph, words, size, first if first and not number else colour)
    return frame


def _set_frame(frame: Any) -> None:
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE  # noqa: PLC0415 - as above

    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    frame.margin_top = frame.margin_bottom = 0


def _side(to: str) -> Any:
    from pptx.enum.text import PP_ALIGN  # noqa: PLC0415 - as above

    return getattr(PP_ALIGN, _SIDES[to])


def _set_line(paragraph: Any) -> None:
    paragraph.line_spacing = 1.0
    paragraph.space_before = paragraph.space_after = points(0)


def _write(paragraph: Any, words: Words, size: float, colour: str) -> None:
    _set_line(paragraph)
    for run in words:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                paragraph.add_line_break()
            written = paragraph.add_run()
            written.text = line
            is_bold = run.style == "bold"
            own = _COLOURS.get(run.style, colour)
            _set_font(written.font, size, own, is_bold=is_bold)


def _set_font(font: Any, size: float, colour: str, *, is_bold: bool) -> None:
    font.size, font.bold = points(size), is_bold
    font.color.rgb = rgb(colour)


def space_before(paragraph: Any, space: float) -> None:
    """Leave room above a paragraph."""
    paragraph.space_before = points(space)


def bullet(paragraph: Any, indent: float) -> None:
    """Make a paragraph an item of a list."""
    from lxml import etree  # noqa: PLC0415 - as above

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(points(indent)))
    properties.set("indent", str(-points(indent)))
    namespace = properties.nsmap["a"]
    etree.SubElement(properties, f"{{{namespace}}}buChar").set("char", "•")


def table(
    slide: Any,
    at: tuple[float, float],
    widths: Sequence[float],
    heights: Sequence[float],
) -> Any:
    """Add an empty table."""
    area = (*at, sum(widths), sum(heights))
    shape = slide.shapes.add_table(len(heights), len(widths), *map(points, area))
    drawn = shape.table
    [style] = shape.element.xpath(".//a:tableStyleId")
    style.text = _PLAIN_TABLE
    drawn.horz_banding = False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = points(width)
    for row, height in zip(drawn.rows, heights, strict=True):
        row.height = points(height)
    return drawn


def cell(
    target: Any,
    words: Words,
    size: float,
    colour: str,
    margins: tuple[float, float],
    *,
    is_number: bool,
) -> None:
    """Write into a cell."""
    sides, ends = map(points, margins)
    target.margin_left = target.margin_right = sides
    target.margin_top = target.margin_bottom = ends
    paragraph = target.text_frame.paragraphs[0]
    paragraph.alignment = _side("right" if is_number else "left")
    _write(paragraph, words, size, colour)


def small(target: Any, size: float) -> None:
    """Give a cell without words a size of type, which makes its row no higher."""
    from lxml import etree  # noqa: PLC0415 - as above

    paragraph = target.text_frame.paragraphs[0]._p
    end = etree.SubElement(paragraph, f"{{{paragraph.nsmap['a']}}}endParaRPr")
    end.set("sz", str(round(size * 100)))


def rule(target: Any, colour: str) -> None:
    """Draw a line below a cell."""
    from pptx.oxml import parse_xml  # noqa: PLC0415 - as above
    from pptx.oxml.ns import nsdecls  # noqa: PLC0415 - as above

    properties = target._tc.get_or_add_tcPr()
    properties.insert(0, parse_xml(_BORDER.format(nsdecls("a"), colour)))


def fill(target: Any, colour: str) -> None:
    """Give a cell a ground."""
    target.fill.solid()
    target.fill.fore_color.rgb = rgb(colour)


def describe(shape: Any, name: str, words: str) -> None:
    """Say in words what a picture shows, for those who hear it."""
    [properties] = shape.element.xpath("./p:nvGraphicFramePr/p:cNvPr")
    properties.set("name", name)
    properties.set("descr", words)


def logarithmic(axis: Any) -> None:
    """Let each mark of an axis be ten times the one before."""
    from lxml import etree  # noqa: PLC0415 - as above

    [scaling] = axis._element.xpath("./c:scaling")
    base = etree.Element(f"{{{scaling.nsmap['c']}}}logBase")
    base.set("val", "10")
    scaling.insert(0, base)


def on_one_line(labels: Any) -> None:
    """Let no label of a chart be broken, as programs do within a number."""
    [body] = labels._element.xpath("./c:txPr/a:bodyPr")
    body.set("wrap", "none")

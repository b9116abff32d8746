"""Page 1 of a paper as a document of Word. This file alone knows python-docx."""

import re
from io import BytesIO
from typing import Any

from audits.office.archive import fixed
from audits.office.blocks import Grid, placed
from audits.office.told import Listed, Part, Row, Sheet, Source, Table, Told, Words

_FONT = "Arial"
_ACCENT, _MUTED, _TINT, _LINE = "0F5E5A", "5B6770", "EEF2F2", "B8C2C6"
_SIZE, _IN_TABLES, _SMALL = 10.0, 8.5, 8.0
_EDGE = 54.0  # points
_A4, _LETTER = (595.3, 841.9), (612.0, 792.0)
_HEADINGS = (("Heading 1", 18.0), ("Heading 2", 11.0))
_LISTED = "List Bullet"
# Its kind in the empty template, which does not say that it has no serifs.
_KIND = re.compile(rf'(<w:font w:name="{_FONT}">.*?<w:family w:val=)"auto"', re.DOTALL)


def paper_document(told: Told, source: Source) -> bytes:
    """Return page 1 of a paper with real headings, lists and tables.

    Equal papers give equal bytes.

    Args:
        told: What the paper says.
        source: The day of what it tells, and where that is from.
    """
    from docx import Document  # noqa: PLC0415 - only who asks for one needs it

    document: Any = Document()
    width = _set_page(document, told)
    _set_styles(document, told)
    _set_properties(document, told, source)
    _drop_thumbnail(document)
    _name_font(document)
    sheet = told.sheets[0]
    _write_heads(document, sheet)
    for part in sheet.parts:
        _write_part(document, part, width)
    target = BytesIO()
    document.save(target)
    return fixed(target.getvalue())


def _points(number: float) -> Any:
    from docx.shared import Emu  # noqa: PLC0415 - as above

    return Emu(round(number * 12700))


def _colour(value: str) -> Any:
    from docx.shared import RGBColor  # noqa: PLC0415 - as above

    return RGBColor.from_string(value)


def _set_page(document: Any, told: Told) -> float:
    """Set the page and what each repeats; return the width of its words in points."""
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415 - as above

    section = document.sections[0]
    width, height = _LETTER if told.is_letter else _A4
    section.page_width, section.page_height = _points(width), _points(height)
    section.left_margin = section.right_margin = _points(_EDGE)
    section.top_margin = section.bottom_margin = _points(_EDGE)
    room = width - 2 * _EDGE
    repeated = (
        (section.header, f"{told.organization}\t{told.head}"),
        (section.footer, told.foot),
    )
    for place, said in repeated:
        paragraph = place.paragraphs[0]
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(_points(room), WD_TAB_ALIGNMENT.RIGHT)
        # Those of the style come before ours.
        paragraph.style = document.styles["Normal"]
        run = paragraph.add_run(said)
        run.font.size, run.font.color.rgb = _points(_SMALL), _colour(_MUTED)
    return room


def _set_styles(document: Any, told: Told) -> None:
    accent = told.accent.removeprefix("#").upper() or _ACCENT
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = _points(3)
    for name, size in (("Normal", _SIZE), *_HEADINGS):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, _points(size)
        _set_fonts(style)
    for name, _ in _HEADINGS:
        style = document.styles[name]
        style.font.bold = True
        style.paragraph_format.space_before = _points(8)
        style.paragraph_format.space_after = _points(2)
    document.styles["Heading 1"].font.color.rgb = _colour("16202A")
    document.styles["Heading 2"].font.color.rgb = _colour(accent)
    _set_language(document, told.language)


def _set_fonts(style: Any) -> None:
    """Give a style our font where its theme would have another."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        theme = "cstheme" if kind == "cs" else f"{kind}Theme"
        fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn(f"w:{kind}"), _FONT)


def _set_language(document: Any, language: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)


def _set_properties(document: Any, told: Told, source: Source) -> None:
    properties = document.core_properties
    properties.title, properties.author = told.title, told.organization
    properties.last_modified_by, properties.language = told.organization, told.language
    properties.created = properties.modified = source.dated.replace(tzinfo=None)
    properties.comments = f"SHA-256 of the PDF: {source.digest}"
    properties.revision = 1


def _name_font(document: Any) -> None:
    """Say what kind of font ours is, so that who lacks it takes one without serifs."""
    parts = document.part.package.iter_parts()
    [table] = [part for part in parts if part.partname == "/word/fontTable.xml"]
    table._blob = _KIND.sub(r'\1"swiss"', table.blob.decode()).encode()


def _drop_thumbnail(document: Any) -> None:
    """Drop the picture of the empty template, which is not of this document."""
    rels = document.part.package.rels
    for key, related in list(rels.items()):
        if related.reltype.endswith("/thumbnail"):
            rels.pop(key)


def _write_heads(document: Any, sheet: Sheet) -> None:
    if sheet.kicker:
        run = document.add_paragraph().add_run(sheet.kicker)
        run.bold = True
    document.add_heading(sheet.title, level=1)


def _write_part(document: Any, part: Part, width: float) -> None:
    if part.label:
        document.add_heading(part.label, level=2)
    for item in part.items:
        match item:
            case Table():
                _write_table(document, Grid("", item), width)
            case Listed(items):
                for words in items:
                    _write(document.add_paragraph(style=_LISTED), words)
            case _:
                _write(document.add_paragraph(), item)


def _write(paragraph: Any, words: Words, size: float = 0) -> None:
    for run in words:
        for number, line in enumerate(run.text.split("\n")):
            written = paragraph.add_run()
            if number:
                written.add_break()
            written.add_text(line)
            written.bold = run.style == "bold"
            if size:
                written.font.size = _points(size)
            if run.style == "muted":
                written.font.color.rgb = _colour(_MUTED)


def _write_table(document: Any, grid: Grid, width: float) -> None:
    if grid.table.caption:
        _write(document.add_paragraph(), grid.table.caption, _SMALL)
    # The margins of a cell are wider here than on a slide.
    widths = grid.widths(_IN_TABLES + 0.5, width)
    table = document.add_table(len(grid.rows), len(widths), style="Table Grid")
    table.autofit = False
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = _points(wide)
    for number, (row, drawn) in enumerate(zip(grid.rows, table.rows, strict=True)):
        is_head = number < grid.heads
        _write_row(drawn, row, widths)
        _keep_whole(drawn, is_head=is_head)
    _rule(table)
    # Two tables without a paragraph between them would become one.
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = _points(0), _points(4)


def _write_row(drawn: Any, row: Row, widths: list[float]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above

    cells = list(drawn.cells)
    for cell, wide in zip(cells, widths, strict=True):
        cell.width = _points(wide)
        if row.is_picked:
            _fill(cell, _TINT)
    for at, cell in placed(row, len(cells)):
        last = cells[min(at + cell.span, len(cells)) - 1]
        target = cells[at].merge(last) if cell.span > 1 else cells[at]
        paragraph = target.paragraphs[0]
        paragraph.paragraph_format.space_after = _points(0)
        if cell.is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write(paragraph, cell.words, _IN_TABLES)


def _keep_whole(row: Any, *, is_head: bool) -> None:
    """Keep a row on one page, and repeat one of heads on each that its table takes."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _rule(table: Any) -> None:
    """Draw a thin grey line below each row and no other."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        is_drawn = side in ("bottom", "insideH")
        line.set(qn("w:val"), "single" if is_drawn else "nil")
        if is_drawn:
            for name, value in (("sz", "4"), ("space", "0"), ("color", _LINE)):
                line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = table._tbl.tblPr
    # The form of the file has an order for these.
    after = properties.xpath("./w:tblLayout | ./w:tblCellMar | ./w:tblLook")
    after[0].addprevious(borders)


def _fill(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)

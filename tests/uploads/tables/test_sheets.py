"""Sheets as spreadsheet programs write them."""

from audits.uploads.tables.reading import read_table
from tests.uploads.bombs import book, empty_below

HEADS = '<row r="3"><c r="B3" t="s"><v>0</v></c><c r="A3" t="s"><v>1</v></c></row>'
STRINGS = (
    "<si><t>Team</t></si><si><r><t>Na</t></r><r><rPr><b/></rPr><t>me</t></r>"
    '<rPh sb="0" eb="1"><t>spoken</t></rPh></si>'
    '<si><t xml:space="preserve"> Ü </t></si>'
)


def rows(xml: str) -> tuple[tuple[str, ...], ...]:
    return read_table(book(f"<sheetData>{HEADS}{xml}</sheetData>", STRINGS)).rows


def test_shared_texts_are_read_without_how_they_are_spoken() -> None:
    table = read_table(
        book(f'<sheetData>{HEADS}<row><c t="s"><v>2</v></c></row></sheetData>', STRINGS)
    )

    assert table.headings == ("Name", "Team")
    assert list(table) == [(4, ("Ü", ""))]


def test_cells_are_found_by_their_place_and_by_their_turn() -> None:
    assert rows('<row r="9"><c r="B9"><v>2</v></c></row>') == (("", "2"),)
    assert rows("<row><c/><c><v>2</v></c></row>") == (("", "2"),)


def test_every_type_of_cell_is_read() -> None:
    cells = {
        '<c t="b"><v>0</v></c>': "no",
        '<c t="e"><v>#N/A</v></c>': "#N/A",
        '<c t="str"><v>x</v></c>': "x",
        '<c t="d"><v>2026-11-25</v></c>': "2026-11-25",
        '<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>': "ab",
        "<c><v>1.50</v></c>": "1.5",
        "<c><v>-3E2</v></c>": "-300",
    }

    for xml, text in cells.items():
        assert rows(f"<row>{xml}<c><v>1</v></c></row>") == ((text, "1"),)


def test_formula_of_a_check_is_no_formula_of_a_cell() -> None:
    sheet = (
        f"<sheetData>{HEADS}<row><c><v>1</v></c></row></sheetData><extLst><ext>"
        '<xm:f xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">A1</xm:f>'
        "</ext></extLst>"
    )

    assert read_table(book(sheet, STRINGS)).rows == (("1", ""),)


def test_empty_rows_and_cells_after_the_table_are_no_part_of_it() -> None:
    table = read_table(empty_below(100_000))

    assert table.rows == (("Name", "Team"),)
    assert rows("<row><c><v>1</v></c>" + "<c/>" * 16_000 + "</row>") == (("1", ""),)

"""What is read from the HTML of a paper, how it is kept, and how it finds its room."""

import json
from decimal import Decimal
from itertools import count

import pytest

from audits.office.blocks import CELL, Grid, Text
from audits.office.frames import Frame, fitted, flowing
from audits.office.measures import lines_of, longest_word, width_of
from audits.office.spoken import told_of
from audits.office.told import (
    Amounts,
    Cell,
    Listed,
    Picture,
    Row,
    Run,
    Table,
    from_json,
    plain,
    texts_of,
    to_json,
)

PAGE = """<!doctype html><html lang="de"><head><title>A &amp; B</title></head><body>
<div class="head-left"><img src="app://logo" alt="">Northgate</div>
<div class="head-right"><b>Provisional</b> · Paper</div>
<div class="foot-left">UC-1</div>
<article class="one" id="page-1"><p class="kicker">For
 decision <span class="muted">· Board</span></p>
<h1 class="title">Letters: <bdi>few-shot</bdi></h1>
<section class="ask"><div class="row"><h2 class="side">Asked*</h2>
<p><b>Agree.</b> It costs $5&nbsp;a month; see <span class="nb">page <a class="ref"
href="#sums"></a></span>. <span hidden>Left out.</span></p></div></section>
<section class="block row risks"><h2 class="side">Risks</h2>
<p>One. <span data-gives="2">Two.</span><span>Three.</span></p></section>
<section class="block row money" id="sums"><h2 class="side">Money</h2><table>
<caption>US$</caption><colgroup><col></colgroup>
<thead><tr class="groups"><td></td><th class="n" colspan="2">A month</th></tr>
<tr><td></td><th class="n">low</th><th class="n">high</th>
</tr></thead>
<tbody><tr class="pick"><th scope="row"><b>Prompt</b><br>today</th>
<td class="n">1</td><td class="n">2</td></tr>
<tr><td colspan="3">More</td></tr></tbody></table>
<svg viewBox="0 0 1 1"><text>drawn</text></svg></section></article></body></html>"""


def test_page_is_read_in_order_with_its_lists_its_tables_and_its_styles() -> None:
    bar = Amounts("Prompt", Decimal(1), Decimal("1.5"), Decimal(2), is_chosen=True)

    told = told_of(PAGE, accent="#102030", pictures=[Picture("Cost: so", (bar,))])

    [sheet] = told.sheets
    heads = (told.organization, told.head, told.foot, told.title, told.language)
    assert heads == ("Northgate", "Provisional · Paper", "UC-1", "A & B", "de")
    assert (sheet.kicker, sheet.title) == ("For decision · Board", "Letters: few-shot")
    asked, risks, money = sheet.parts
    assert asked.items == (
        (
            Run("Agree.", "bold"),
            Run(" It costs $5\u00a0a month; see page ", "", "sums"),
            Run("."),
        ),
    )
    [listed] = risks.items
    assert isinstance(listed, Listed)
    assert [plain(words) for words in listed.items] == ["One.", "Two.", "Three."]
    [table] = money.items
    assert isinstance(table, Table)
    assert money.place == "sums"
    assert [(x.above, x.plain) for x in table.head.cells] == [
        ("", ""),
        ("A month", "low"),
        ("", "high"),
    ]
    assert [row.is_picked for row in table.rows] == [True, False]
    assert table.rows[0].cells[0].words == (Run("Prompt", "bold"), Run("\ntoday"))
    assert table.rows[1].cells[0].span == 3
    assert "drawn" not in [*texts_of(sheet)]
    assert from_json(json.loads(json.dumps(to_json(told)))) == told


def test_words_below_a_row_are_those_of_its_last_cell() -> None:
    rows = '<tr class="pick"><th>A</th><td class="n">1</td><td></td></tr>'
    rows += '<tr class="goes-on pick"><td colspan="3">Why.</td></tr><tr><th>B</th></tr>'
    page = PAGE.replace('<tr><td colspan="3">More</td></tr>', rows)

    *_, money = told_of(page).sheets[0].parts
    [*_, table] = [item for item in money.items if isinstance(item, Table)]

    *_, one, other = table.rows
    assert [(cell.plain, cell.span) for cell in one.cells] == [
        ("A", 1),
        ("1", 1),
        ("Why.", 1),
    ]
    assert (one.is_picked, other.cells[0].plain) == (True, "B")


def test_table_that_is_too_long_goes_on_with_its_head_and_loses_no_row() -> None:
    rows = tuple(Row((Cell((Run(f"Row {number}"),)),)) for number in range(60))
    head = Row((Cell((Run("Head"),)),))
    frames = (Frame(number, 0, 0, 300, 200) for number in count())

    boxes = flowing([Grid("Rows", Table(head, rows))], frames, 12)

    grids = [box.block for box in boxes if isinstance(box.block, Grid)]
    assert len(grids) > 3
    assert all(grid.table.head == head and grid.label == "Rows" for grid in grids)
    assert tuple(row for grid in grids for row in grid.table.rows) == rows
    assert all(box.y + box.height <= 200 for box in boxes)


def test_word_without_an_end_takes_no_room_from_numbers_and_other_words() -> None:
    endless, short, number = "x" * 80, "Gather evidence first", "104,499"
    paid = Cell((Run(number),), is_number=True)
    cells = (Cell((Run(endless),)), Cell((Run(short),)), paid)
    head = Row((Cell((Run("Name"),)), Cell((Run("So"),)), paid))

    name, verdict, amount = Grid("", Table(head, (Row(cells),))).widths(12, 400)

    assert name + verdict + amount == pytest.approx(400)
    assert amount >= width_of(number, 12) + 2 * CELL[0]
    assert verdict >= width_of("evidence", 12) + 2 * CELL[0]
    assert name > 100


def test_text_is_set_smaller_until_it_fits_and_then_goes_on() -> None:
    said = Text("Why", (((Run("word " * 60),), False),))
    frames = [Frame(0, 0, 0, 300, 150)]

    [large] = fitted([Text("Why", (((Run("word"),), False),))], frames, ())
    [small] = fitted([said], frames, ())
    more = fitted([said] * 3, frames, (Frame(n, 0, 0, 300, 150) for n in count(1)))

    assert large.size == 16
    assert 10 <= small.size < 16
    assert [box.slide for box in more] == [0, 1, 2]
    [tiny] = fitted([Text("", (((Run("word " * 200),), False),))], frames, frames)
    assert tiny.size < 10
    assert tiny.height <= 150


# How wide DejaVu Sans is at a size of 1, without and with bold.
IN_DEJAVU_SANS = {
    "Result": (3.13, 3.58),
    "Schadensachbearbeitung": (12.69, 14.29),
    "If the answer to “Gap to the target” were “Small”": (24.8, 28.36),
    "Agree to spend nothing more on training": (20.42, 23.16),
    "$106,624": (4.8, 5.28),
    "Untested, like the advice: test both": (17.65, 20.08),
}


@pytest.mark.parametrize("words", IN_DEJAVU_SANS)
def test_words_are_measured_no_narrower_than_the_widest_font_draws_them(
    words: str,
) -> None:
    regular, bold = IN_DEJAVU_SANS[words]

    assert width_of(words, 100) >= 100 * regular
    assert width_of(words, 100, is_bold=True) >= 100 * bold


def test_words_in_two_styles_without_a_space_are_one_word() -> None:
    room = width_of("Few-shot", 10, is_bold=True) + width_of(" or so", 10)
    words = (Run("or so "), Run("Few-shot", "bold"), Run(": use it"))

    # The colon takes the word before it along, so a third line is needed.
    assert lines_of(words, 10, room) == 3
    kept_together = (Run("a\u00a0long\u00a0name of"),)
    assert longest_word(kept_together, 10) == width_of("a\u00a0long\u00a0name", 10)


def test_words_are_measured_by_the_widest_that_a_program_may_draw() -> None:
    assert width_of("111", 10) == width_of("888", 10)
    assert width_of("決", 10) >= 9
    assert lines_of((Run("決" * 40),), 10, 100) >= 4
    assert lines_of((Run("one\ntwo"),), 10, 100) == 2
    assert lines_of((Run("x" * 200),), 10, 100) >= 10


def test_names_that_a_page_sets_apart_by_its_style_are_apart_here_too() -> None:
    alone = (
        '<section class="block row options"><h2 class="side">Options</h2>'
        '<p class="meta also"><span>Ruled out: <span><bdi>A (1)</bdi></span> '
        "<span><bdi>B (2)</bdi></span></span> <span hidden>More: "
        "<span>D</span></span> <span>Also: <span><bdi>C</bdi></span></span></p>"
        "</section></article>"
    )

    told = told_of(PAGE.replace("</article>", alone), accent="#102030", pictures=())

    [words] = told.sheets[0].parts[-1].items
    assert not isinstance(words, (Table, Listed))
    assert plain(words) == "Ruled out: A (1); B (2). Also: C"

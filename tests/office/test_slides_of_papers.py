"""Page 1 as slides and as a document: what they say, and that all of it fits."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import pptx
import pytest
from pptx.presentation import Presentation

from audits.office.decks import pack_slides, paper_slides
from audits.office.documents import paper_document
from audits.office.measures import height_of
from audits.office.slides import FOOT
from audits.office.told import Run, Source, Told, from_json, texts_of
from audits.reports.context import Paper
from audits.reports.office.telling import told_in
from audits.reports.packs.pack_paper import PackPaper
from audits.reports.pdf_client import manuscript_of, manuscript_of_pack
from tests.casting import Cast
from tests.examples import thorough
from tests.reports.papers import words_of
from tests.reports.test_appendix import paper
from tests.reports.test_budgets import at_its_fullest, filled
from tests.scoring.twelve_verdicts import ANSWERS

pytestmark = pytest.mark.once

SOURCE = Source(
    dated=datetime(2026, 11, 24, 9, tzinfo=UTC), notes="SHA-256: abc.", digest="abc"
)
ACCENT = "7A1FA2"
COSTS = "What it costs, and what is behind the verdict"
UNITS = 12700  # of a point
FOREIGN = re.compile(r"vba|macro|activeX|externalLink|thumbnail|printer", re.IGNORECASE)


def told_by(found: Paper) -> Told:
    return from_json(told_in(manuscript_of(found), [found]))


def opened(content: bytes) -> Presentation:
    return pptx.Presentation(BytesIO(content))


def shapes(deck: Presentation) -> Iterator[tuple[int, Any]]:
    for number, slide in enumerate(deck.slides):
        yield from ((number, shape) for shape in slide.shapes)


def said_in(shape: Any) -> Iterator[str]:
    if shape.has_text_frame:
        yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
    if shape.has_table:
        cells = (cell for row in shape.table.rows for cell in row.cells)
        yield from (cell.text_frame.text for cell in cells)


def squeezed(text: str) -> str:
    return "".join(text.replace("\v", " ").split())


def all_said(deck: Presentation) -> str:
    said = [t for _, shape in shapes(deck) for t in said_in(shape)]
    # What a table has no room for is in the notes of its slide.
    said += [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    return squeezed("".join(said))


def sizes(deck: Presentation) -> set[float]:
    """Return the sizes of type of all words on slides, in points."""
    found = set()
    for _, shape in shapes(deck):
        frames = [shape.text_frame] if shape.has_text_frame else []
        if shape.has_table:
            cells = (cell for row in shape.table.rows for cell in row.cells)
            frames = [cell.text_frame for cell in cells]
        runs = (run for x in frames for p in x.paragraphs for run in p.runs)
        found |= {run.font.size / UNITS for run in runs if run.text.strip()}
    return found


def charts(deck: Presentation) -> list[Any]:
    return [shape.chart for _, shape in shapes(deck) if shape.has_chart]


def assert_fits(deck: Presentation) -> None:
    """No text is higher than its box, and no two boxes or tables share a place."""
    drawn: dict[int, list[tuple[int, int, int, int]]] = {}
    for number, shape in shapes(deck):
        far, foot = shape.left + shape.width, shape.top + shape.height
        area = (shape.left, shape.top, far, foot)
        if shape.has_text_frame and shape.name != "Accent":
            words = [p for p in shape.text_frame.paragraphs if p.runs]
            lines = sum(height(p, shape.width / UNITS) for p in words)
            assert lines <= shape.height / UNITS + 0.1, shape.text_frame.text
        if shape.top / UNITS < FOOT:
            assert area[3] / UNITS <= FOOT + 0.1, list(said_in(shape))
        others = drawn.setdefault(number, [])
        assert not any(overlap(area, other) for other in others), list(said_in(shape))
        others.append(area)


def height(paragraph: Any, room: float) -> float:
    words = tuple(
        Run(run.text, "bold" if run.font.bold else "") for run in paragraph.runs
    )
    indent = int(paragraph._p.pPr.get("marL", 0)) / UNITS
    return height_of(words, paragraph.runs[0].font.size / UNITS, room - indent)


def overlap(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    slack = UNITS // 2
    across = one[0] < other[2] - slack and other[0] < one[2] - slack
    return across and one[1] < other[3] - slack and other[1] < one[3] - slack


def assert_self_contained(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            assert b'TargetMode="External"' not in part, name
            assert not FOREIGN.search(name), name
            if name.endswith(".xlsx"):
                assert_self_contained(part)


@pytest.mark.thorough
def test_slides_say_what_page_1_says_with_the_money_as_a_chart(priced: Paper) -> None:
    told = told_by(priced)

    content = paper_slides(told, SOURCE)

    [sheet], deck = told.sheets, opened(content)
    # All that page 1 says, in its order, and nothing that it does not say.
    first = squeezed(words_of(priced)[0])
    # The style of a page draws the mark between two names.
    names = "Smallermodel", "Tunedhostedmodel"
    said = squeezed("".join(texts_of(sheet))).replace(";".join(names), "".join(names))
    assert said == first
    box = priced.one.asks_later, priced.one.amount
    assert all(box)
    assert [each for each in box if each not in words_of(priced)[0]] == []
    said = all_said(deck)
    for text in texts_of(sheet):
        assert squeezed(text) in said, text
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == [
        priced.one.heading,
        COSTS,
        "What else was considered",
    ]
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert all(note.endswith("SHA-256: abc.") for note in notes)
    assert min(sizes(deck)) >= 12
    assert priced.organization in {t for _, x in shapes(deck) for t in said_in(x)}
    assert ACCENT in str(deck.slides[0].shapes[1].fill.fore_color.rgb)
    [chart] = charts(deck)
    money = priced.money
    assert money
    assert len(list(chart.plots[0].categories)) == len(money.rows)
    values = {
        s.name: [Decimal(str(v)) for v in s.values] for s in chart.plots[0].series
    }
    assert values == {
        "Low": [row.year.low for row in money.rows],
        "Expected": [row.year.expected for row in money.rows],
        "High": [row.year.high for row in money.rows],
    }
    assert_fits(deck)
    assert_self_contained(content)
    assert paper_slides(told, SOURCE) == content


def test_document_has_headings_lists_and_tables_of_page_1(priced: Paper) -> None:
    told = told_by(priced)

    content = paper_document(told, SOURCE)

    document = docx.Document(BytesIO(content))
    [sheet] = told.sheets
    said = [p.text for p in document.paragraphs]
    said += [c.text for t in document.tables for r in t.rows for c in r.cells]
    together = squeezed("".join(said))
    for text in texts_of(sheet):
        assert squeezed(text) in together, text
    headings = {p.text: p.style.name for p in document.paragraphs if p.style}
    assert headings[priced.one.heading] == "Heading 1"
    labels = [part.label for part in sheet.parts if part.label]
    assert {headings[label] for label in labels} == {"Heading 2"}
    assert "List Bullet" in headings.values()
    assert len(document.tables) == 3
    properties = document.core_properties
    assert properties.author == priced.organization
    assert properties.comments == "SHA-256 of the PDF: abc"
    assert_self_contained(content)
    assert paper_document(told, SOURCE) == content


@pytest.mark.thorough
@pytest.mark.parametrize("language", [thorough("en"), "de"])
def test_fullest_page_1_has_room_on_its_slides(priced: Paper, language: str) -> None:
    one = at_its_fullest(priced.one, language)
    told = told_by(replace(priced, one=one, summary=filled(language, 200)))

    deck = opened(paper_slides(told, SOURCE))

    assert len(deck.slides) <= 3
    said = all_said(deck)
    for text in texts_of(told.sheets[0]):
        assert squeezed(text) in said, text
    assert_fits(deck)


@pytest.mark.thorough
def test_page_1_without_money_has_slides_without_a_chart(cast: Cast) -> None:
    told = told_by(paper(cast, ANSWERS["gather_evidence"], {}))

    deck = opened(paper_slides(told, SOURCE))

    assert charts(deck) == []
    said = all_said(deck)
    for text in texts_of(told.sheets[0]):
        assert squeezed(text) in said, text
    assert_fits(deck)


# What the first column of a table of use cases says.
INDEXES = ("Decision asked", "Decision, plan", "Use case")


def test_pack_has_a_title_its_decisions_and_the_totals_on_slides(
    packed: PackPaper,
) -> None:
    told = from_json(told_in(manuscript_of_pack(packed), packed.papers))

    content = pack_slides(told, SOURCE)

    deck = opened(content)
    titles = [slide.shapes.title.text for slide in deck.slides]
    overview, *_, behind = told.sheets
    named = [part.label for part in overview.parts if part.label]
    assert titles[:2] == [packed.title, named[0]]
    assert titles.count(packed.title) == 1
    # The title has each decision in a row, without what more is said about it.
    [rows] = [
        shape.table.rows for n, shape in shapes(deck) if n == 0 and shape.has_table
    ]
    asked = [row.cells[0].text_frame.text for row in rows]
    assert [x for x in packed.asked if not any(x.name in y for y in asked)] == []
    # The overview is before the papers, and the words of the pack are its last slide.
    ones = [paper.one.heading for paper in packed.papers]
    places = [titles.index(one) for one in ones]
    assert {*titles[: places[0]]} & {*named[1:]}
    assert not {*titles[places[0] :]} & {*named}
    assert behind.parts[-1].label == titles[-1] == "Words in this pack"
    # The decision, then what is behind it, below the name of its use case. What the
    # board cannot vote on now has one slide; its notes say what is behind.
    sheets = [sheet for sheet in told.sheets if sheet.is_one]
    asked_now = [p for p, x in zip(places, sheets, strict=True) if x.is_asked]
    later = [p for p in places if p not in asked_now]
    heads = (COSTS, "What is behind the verdict")
    assert later
    assert not any(titles[place + 1] in heads for place in later)
    for place in asked_now:
        assert titles[place + 1] in heads
        said_there = [t for n, x in shapes(deck) if n == place + 1 for t in said_in(x)]
        assert titles[place] in said_there
    assert packed.title == titles[0]
    said = all_said(deck)
    means = squeezed("".join(texts_of(behind)))
    assert squeezed(packed.glossary[0].means) in means
    assert not any(t.endswith("page") for _, x in shapes(deck) for t in said_in(x))
    for text in (text for sheet in told.sheets for text in texts_of(sheet)):
        assert squeezed(text) in said, text
    # Each decision page has the meeting of the pack, whatever its own paper names.
    kickers = [sheet.kicker for sheet in told.sheets if sheet.is_one]
    assert all(packed.meeting in kicker for kicker in kickers)
    # The table of decisions has no marks; what those of the amounts mean is said.
    table_slide = squeezed(
        "".join(t for n, x in shapes(deck) if n == 1 for t in said_in(x))
    )
    assert "Asserted" not in table_slide
    assert "Evidence:howtheweakestreason" in said
    for sentence in packed.totals.come_to:
        assert squeezed(sentence) in said
    # A table names the slide of each decision, and one of what is not ready its own.
    numbers = {
        [*row.cells][-1].text_frame.text
        for _, shape in shapes(deck)
        if shape.has_table and shape.table.cell(0, 0).text_frame.text in INDEXES
        for row in shape.table.rows
    }
    assert numbers >= {str(place + 1) for place in places}
    priced = [paper for paper in packed.papers if paper.money and paper.money.stated]
    assert len(charts(deck)) == len(priced) > 0
    assert_fits(deck)
    assert_self_contained(content)
    assert pack_slides(told, SOURCE) == content

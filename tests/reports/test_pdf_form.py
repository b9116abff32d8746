"""The form of the PDF: its tags, as a screen reader and two checkers see them."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pikepdf
import pytest
from django_scopes import scope
from pikepdf import Array, Dictionary, Name

from audits.models import Audit, Organization
from audits.reports.annex import build_annex
from audits.reports.context import build_paper
from audits.reports.pdf_client import (
    manuscript_of,
    manuscript_of_annex,
)
from audits.reports.typesetting.pdf import Manuscript, Typesetter
from audits.reports.typesetting.pdf_worker import read_manuscript, written_manuscript
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.discussion.comments import add_comment
from audits.services.papers.covers import save_cover
from audits.services.papers.reports import request_report
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.verify import extract
from tests.casting import Cast
from tests.examples import thorough
from tests.printed import Printed
from tests.proved import save_proved
from tests.reports.papers import front_of, shortened, typesetter

pytestmark = pytest.mark.once

PAINTING = {
    *("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do"),
    *("Tj", "TJ", "'", '"', "INLINE IMAGE"),
}
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
LEADS_TO = {
    "charted": ["https://example.org/"],
    "trained": ["https://wiki.example/shown"],
}
CHART = """
<svg role="img" width="300" height="100" viewBox="0 0 300 100">
<title>Distilling costs $1,472 a month, fine-tuning $3,900</title>
<rect x="0" y="10" width="100" height="30"/>
<text x="110" y="30" font-family="Inter" font-size="12">1,472</text></svg>"""
ROWS = '<tr><th scope="row">Price</th><td class="n">1,472</td></tr>' * 90
CHARTED = f"""<!doctype html>
<html lang="de" class="s105"><head><title>Eine Vorlage</title></head><body>
<div class="head-left">Northgate Mutual</div>
<div class="foot-right">Page <span class="pg"></span></div>
<article class="one"><h1>Eine Vorlage</h1>
<p>See <a href="https://example.org/">the source of the list prices</a>.</p></article>
<div class="app"><section id="appendix"><h2>Costs</h2><div class="fig">{CHART}</div>
<table><thead><tr><td></td><th scope="col">US$ a month</th></tr></thead>
<tbody>{ROWS}</tbody></table></section></div></body></html>"""


@dataclass(frozen=True)
class Read:
    """A PDF, and what of it the tests look at."""

    file: Path
    pdf: pikepdf.Pdf
    title: str
    language: str
    leads_to: list[str]

    @cached_property
    def elements(self) -> list[Any]:
        return list(_below(self.pdf.Root.StructTreeRoot.K))

    def of(self, tag: str) -> list[Any]:
        return [element for element in self.elements if f"/{tag}" == element.S]


def _below(children: Any) -> Iterator[Any]:
    for child in children if isinstance(children, Array) else [children]:
        if isinstance(child, Dictionary) and child.get("/Type") == Name.StructElem:
            yield child
            yield from _below(child.get("/K", Array()))


def trained(cast: Cast) -> Manuscript:
    tenant = cast.ours
    save_proved(audit=tenant.draft, by=tenant.contributor)
    audit = submit_audit(audit=tenant.draft, by=tenant.contributor)
    fields: dict[str, Any] = {
        "decision_asked": "Spend $40,000 on a trained model in six months.",
        "risks": [{"text": "The model drifts; a suite runs weekly.", "owner": "Ada"}],
    }
    save_cover(audit=audit, by=tenant.contributor, fields=fields)
    return manuscript_of(build_paper(audit))


def commented(cast: Cast) -> Audit:
    """Submit an audit with an entry of each kind that an annex prints."""
    tenant = cast.ours
    audit = reopen_audit(audit=tenant.submitted, by=tenant.contributor)
    sent = {
        ("note", "quality_gap"): Sent(value="Counted in March."),
        ("number", "requests"): Sent(value="120000"),
    }
    save_entries(audit=audit, by=tenant.contributor, sent=sent, sender=Sender())
    for text in ("Who counted?", "Ada did."):
        add_comment(
            audit=audit, by=tenant.contributor, question="quality_gap", text=text
        )
    return submit_audit(audit=audit, by=tenant.contributor)


def made_of(kind: str, cast: Cast) -> Manuscript:
    if kind == "charted":
        return Manuscript(html=CHARTED, identifier="UC-1", dated=AT)
    with scope(organization=cast.ours.organization):
        if kind == "trained":
            return trained(cast)
        if kind == "annex":
            return manuscript_of_annex(build_annex(commented(cast)))
        return manuscript_of(build_paper(cast.ours.submitted))


@pytest.fixture(scope="module")
def made() -> dict[str, Read]:
    """Keep the papers: each is made once and only looked at."""
    return {}


@pytest.fixture(params=[*map(thorough, ("retrieval", "trained")), "charted", "annex"])
def read(
    request: pytest.FixtureRequest, made: dict[str, Read], cast: Cast, tmp_path: Path
) -> Read:
    kind = request.param
    if kind not in made:
        manuscript = made_of(kind, cast)
        file = tmp_path / "paper.pdf"
        file.write_bytes(typesetter().pdf_of(manuscript, max_pages=20))
        title = manuscript.html.split("<title>")[1].split("</title>")[0]
        language = "de" if kind == "charted" else "en"
        pdf, leads_to = pikepdf.open(file), LEADS_TO.get(kind, [])
        made[kind] = Read(file, pdf, title, language, leads_to)
    return made[kind]


@pytest.mark.thorough
def test_two_checkers_find_nothing(read: Read) -> None:
    heard = outloud.check(str(read.file))
    report = pdfua.validate(str(read.file))

    assert heard.error is None
    assert [(f.rule, f.message) for f in heard.findings if f.severity != "info"] == []
    assert [(f.rule_id, f.message) for f in report.findings] == []


@pytest.mark.thorough
def test_paper_says_what_it_is(read: Read) -> None:
    root = read.pdf.Root

    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == read.language
    assert str(read.pdf.docinfo.Title) == read.title
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert b'pdfuaid:part="1"' in root.Metadata.read_bytes()
    assert read.title.encode() in root.Metadata.read_bytes()


def test_every_heading_is_a_bookmark_and_none_is_skipped(read: Read) -> None:
    levels = [int(str(e.S)[2]) for e in read.elements if str(e.S)[1:].startswith("H")]
    with read.pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        inner = [item.title for item in outline.root[0].children]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert titles == [read.title]
    # The number of a part is a word of its own: “A4 What each technique costs”.
    numbered = [title for title in inner if re.match(r"A\d", title)]
    assert all(re.match(r"A\d+ \w", title) for title in numbered)
    assert len(inner) == levels.count(2)


def test_every_header_cell_has_its_scope(read: Read) -> None:
    for cell in read.of("TH"):
        in_head = cell.P.P.S == "/THead"
        assert cell.A.Scope == (Name.Column if in_head else Name.Row)
    assert read.of("TH")


def test_head_of_several_columns_is_named_in_each_cell_below_it() -> None:
    html = """<!doctype html><html lang="en"><title>T</title><table><thead>
        <tr><td></td><th scope="colgroup" colspan="2">A month</th></tr>
        <tr><td></td><th scope="col">low</th><th scope="col">high</th></tr></thead>
        <tr><th scope="row">Price</th><td>1</td><td>2</td></tr></table></html>"""
    made = Manuscript(html=html, identifier="UC-1", dated=AT)
    with pikepdf.open(BytesIO(typesetter().pdf_of(made, max_pages=1))) as document:
        elements = [*_below(document.Root.StructTreeRoot.K)]
        group, low, high, row = [x for x in elements if x.S == "/TH"]
        cells = [x for x in elements if x.S == "/TD"][2:]
        heads = [[str(head) for head in cell.A.Headers] for cell in cells]
        ids = [str(each.ID) for each in (group, low, high, row)]

    whole, one, two, price = ids
    assert group.A.ColSpan == 2
    assert [{*each} for each in heads] == [{whole, one, price}, {whole, two, price}]
    assert sorted(map(len, heads)) == [3, 3]


def test_every_picture_says_what_it_shows_and_where_it_is(read: Read) -> None:
    for figure in read.of("Figure"):
        assert len(str(figure.Alt)) > 10
        left, bottom, right, top = (float(side) for side in figure.A.BBox.as_list())
        width, height = (float(side) for side in list(figure.Pg.MediaBox)[2:])
        assert 0 < left < right < width
        assert 0 < bottom < top < height


@pytest.mark.thorough
def test_picture_is_where_its_drawing_is() -> None:
    pdf = typesetter().pdf_of(
        Manuscript(html=CHARTED, identifier="UC-1", dated=AT), max_pages=20
    )
    with pikepdf.open(BytesIO(pdf)) as document:
        elements = _below(document.Root.StructTreeRoot.K)
        [figure] = [element for element in elements if element.S == "/Figure"]
        left, bottom, right, top = (float(side) for side in figure.A.BBox.as_list())

    assert round(right - left) == round(300 * 0.75)
    assert round(top - bottom) == round(100 * 0.75)
    assert left == pytest.approx(18 * 72 / 25.4, abs=1)  # the margin of paper.css
    assert top > 700  # below the heading, near the top of its page


def test_links_are_printed(read: Read) -> None:
    notes = [a for page in read.pdf.pages for a in page.get("/Annots", Array())]

    assert all(int(note.F) == 4 for note in notes)
    # One that goes on in the next line is a note in each.
    assert [uri for uri, _ in groupby(str(note.A.URI) for note in notes)] == (
        read.leads_to
    )


def test_all_content_is_tagged_or_set_apart(read: Read) -> None:
    held = {
        (element.Pg.objgen, int(number))
        for element in read.elements
        for number in _numbers(element)
    }
    painted = 0
    for page in read.pdf.pages:
        open_marks = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = instruction.operator, instruction.operands
            if str(operator) in ("BMC", "BDC"):
                open_marks += 1
            if str(operator) == "BDC" and "/MCID" in operands[1]:
                assert (page.objgen, int(operands[1].MCID)) in held
            if str(operator) == "EMC":
                open_marks -= 1
            if str(operator) in PAINTING:
                painted += 1
                assert open_marks, operands
    assert painted > 50


def test_running_heads_are_set_apart(read: Read) -> None:
    for page in read.pdf.pages:
        apart = [
            mark.operands
            for mark in pikepdf.parse_content_stream(page, "BDC")
            if mark.operands[0] == "/Artifact"
        ]
        assert apart
        assert all(operands[1].Type == Name.Pagination for operands in apart)


def test_every_font_is_embedded(read: Read) -> None:
    fonts = [font for page in read.pdf.pages for font in page.Resources.Font.values()]

    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
        assert "/ToUnicode" in font


@pytest.mark.thorough
def test_summary_that_fits_at_no_step_runs_on_and_nothing_is_cut() -> None:
    words = "Many words. " * 700
    html = CHARTED.replace("<p>See", f"<p>{words}The end.</p><p>See")
    made = Manuscript(html=html, identifier="UC-1", dated=AT)

    pages = Printed(typesetter().pdf_of(made, max_pages=20)).words[:3]

    assert ["words" in page for page in pages] == [True, True, False]
    assert "".join(pages).count("Many words.") == 700
    assert "The end." in pages[1]
    assert pages[2].startswith("Costs")


@pytest.mark.thorough
def test_render_gives_the_same_bytes_as_the_typesetter(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        paper = build_paper(cast.ours.submitted)

    pdf = Typesetter().pdf_of(shortened(manuscript_of(paper)), 40)
    assert front_of(paper).pdf == pdf


def _numbers(element: Any) -> Iterator[int]:
    children = element.get("/K", Array())
    for child in children if isinstance(children, Array) else [children]:
        if isinstance(child, int):
            yield child


def test_paper_for_an_archive_says_so_and_keeps_its_tags_and_its_file(
    cast: Cast, tmp_path: Path
) -> None:
    with scope(organization=cast.ours.organization):
        tenant = Organization.objects.get(pk=cast.ours.organization.pk)
        usual, _ = request_report(audit=cast.ours.submitted, by=cast.ours.contributor)
        tenant.archives_papers = True
        tenant.save(update_fields=["archives_papers"])
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        apart, _ = request_report(audit=audit, by=cast.ours.contributor)
        manuscript = shortened(manuscript_of(build_paper(audit)))
    assert apart.key != usual.key
    assert read_manuscript(written_manuscript(manuscript)) == manuscript

    pdf = typesetter().pdf_of(manuscript, max_pages=20)

    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    with pikepdf.open(file) as document:
        root = document.Root
        said = root.Metadata.read_bytes()
        assert re.search(rb"pdfaid:part(=\"|>)3", said)
        assert re.search(rb"pdfaid:conformance(=\"|>)A", said)
        assert b"pdfuaid" not in said
        [intent] = root.OutputIntents
        assert intent.S == Name.GTS_PDFA1
        assert bool(root.MarkInfo.Marked)
        [attached] = root.AF
        assert attached.AFRelationship == Name.Source
        assert str(attached.UF) == "assessment.json"
        assert "/Encrypt" not in document.trailer
        assert {str(x.S) for x in _below(root.StructTreeRoot.K)} >= {"/H1", "/TH"}
        annotated = [a for p in document.pages for a in p.get("/Annots", Array())]
        assert all(int(each.F) == 4 for each in annotated)
    # “Verify a paper” finds its assessment.
    [enclosed] = manuscript.enclosures
    assert (
        extract.read(BytesIO(pdf))["assessment"] == b64encode(enclosed.content).decode()
    )
    assert outloud.check(str(file)).error is None
    assert typesetter().pdf_of(manuscript, max_pages=20) == pdf

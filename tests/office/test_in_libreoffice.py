"""Slides and documents as LibreOffice draws them, with texts as long as they may be."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from shutil import which

import docx
import pptx
import pytest

from audits.office.decks import pack_slides, paper_slides
from audits.office.documents import paper_document
from audits.office.slides import FOOT
from audits.office.told import Told, from_json
from audits.reports.context import Paper
from audits.reports.office.telling import told_in
from audits.reports.packs.pack_paper import PackPaper
from audits.reports.pdf_client import manuscript_of_pack
from tests.office.test_slides_of_papers import (
    SOURCE,
    charts,
    opened,
    said_in,
    shapes,
    squeezed,
    told_by,
)
from tests.printed import Printed
from tests.reports.test_budgets import at_its_fullest, filled

OFFICE = which("soffice")
pytestmark = [
    pytest.mark.once,
    pytest.mark.thorough,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine"),
]
SUMMARY, PAGES = 500, 2
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<'
)
type Word = tuple[float, float, float, float, str]


@pytest.fixture
def files(priced: Paper, packed: PackPaper) -> dict[str, bytes]:
    """A paper in words and in words without an end, and a pack."""
    made = {}
    for number, language in enumerate(("de", "one word")):
        told = at_their_longest(priced, language)
        made[f"slides{number}.pptx"] = paper_slides(told, SOURCE)
        made[f"document{number}.docx"] = paper_document(told, SOURCE)
    pages = [page.paper for page in packed.pages]
    told = from_json(told_in(manuscript_of_pack(packed), pages))
    return made | {"pack.pptx": pack_slides(told, SOURCE)}


def at_their_longest(priced: Paper, language: str) -> Told:
    one = at_its_fullest(priced.one, language)
    summary = filled(language, SUMMARY)
    return told_by(replace(priced, one=one, summary=summary))


def converted(files: Mapping[str, bytes], kind: str, folder: Path) -> dict[str, bytes]:
    """Return files as LibreOffice writes them once it has read them."""
    target = folder / kind
    target.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert OFFICE
    subprocess.run(
        [
            *(OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--convert-to", kind, "--outdir", str(target)),
            *(str(folder / name) for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {
        name: (target / name).with_suffix(f".{kind}").read_bytes() for name in files
    }


def pages_of(pdf: bytes) -> list[tuple[float, float, list[Word]]]:
    """Return each page of a PDF: its width, its height, and where its words are."""
    found = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],  # noqa: S607
        input=pdf,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return [
        (
            float(width),
            float(height),
            [
                (float(x), float(y), float(far), float(foot), said)
                for x, y, far, foot, said in WORD.findall(words)
            ],
        )
        for width, height, words in PAGE.findall(found)
    ]


def are_over_each_other(one: Word, other: Word) -> bool:
    """Return whether two words share more than the edges of their lines."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and down > 0.3 * min(one[3] - one[1], other[3] - other[1])


def test_longest_texts_are_on_their_pages_and_none_is_over_another(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    for name, pdf in converted(files, "pdf", tmp_path).items():
        pages = pages_of(pdf)
        is_deck = name.endswith(".pptx")
        expected = len(opened(files[name]).slides) if is_deck else PAGES
        assert len(pages) == expected, name
        for width, height, words in pages:
            assert words, name
            for word in words:
                x, y, far, foot, _ = word
                assert 0 <= x < far <= width, (name, word)
                assert 0 <= y < foot <= height, (name, word)
                # What reaches below the foot of a slide begins there.
                assert not is_deck or foot <= FOOT + 1 or y >= FOOT + 6, (name, word)
            pairs = combinations(words, 2)
            assert not [pair for pair in pairs if are_over_each_other(*pair)], name
        if is_deck:
            assert_all_is_drawn(name, files[name], pdf)


def assert_all_is_drawn(name: str, content: bytes, pdf: bytes) -> None:
    """Every text of a slide is on its page of the PDF."""
    said = [squeezed(page) for page in Printed(pdf).words]
    for number, shape in shapes(opened(content)):
        for text in said_in(shape):
            assert squeezed(text) in said[number], (name, number + 1, text)


def test_libreoffice_reads_every_text_and_chart_and_keeps_them(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    for kind in ("pptx", "docx"):
        ours = {name: each for name, each in files.items() if name.endswith(kind)}
        for name, content in converted(ours, kind, tmp_path).items():
            if kind == "pptx":
                assert said_on(content) == said_on(ours[name]), name
                assert numbers_in(content) == numbers_in(ours[name]) != [], name
            else:
                assert said_by(content) == said_by(ours[name]), name


def said_on(content: bytes) -> list[list[str]]:
    """Return the texts of each slide and of its notes, whatever their order."""
    found: list[list[str]] = []
    for slide in pptx.Presentation(BytesIO(content)).slides:
        texts = [text for shape in slide.shapes for text in said_in(shape)]
        notes = slide.notes_slide.notes_text_frame
        texts.append(notes.text if notes else "")
        found.append(sorted(filter(None, map(squeezed, texts))))
    return found


def numbers_in(content: bytes) -> list[list[float]]:
    deck = opened(content)
    return [[*x.values] for each in charts(deck) for x in each.plots[0].series]


def said_by(content: bytes) -> list[str]:
    document = docx.Document(BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [c.text for t in document.tables for row in t.rows for c in row.cells]
    return [*filter(None, map(squeezed, texts))]

"""The size of type of page 1 is the largest that fits, and is found in a few tries."""

from dataclasses import replace

import pytest
from weasyprint import HTML

from audits.reports.typesetting import sheets
from audits.reports.typesetting.pdf import Manuscript, Typesetter
from audits.reports.typesetting.sheets import STEPS
from tests.examples import some_of
from tests.printed import Printed
from tests.reports.test_pdf_form import AT

pytestmark = pytest.mark.once

BLOCK = '<p class="block" style="height: calc(var(--l) * {lines} / 5)">Words.</p>'
LINE = '<p data-gives="{gives}" style="height: var(--l)">Line</p>'
# The lines that a page 1 of five blocks has room for, and the step it needs.
NEEDED = {40: 0, 51: 1, 53: 2, 56: 3, 59: 4, 62: 5, 70: len(STEPS)}


# A page 1 that is too full with four lines that may leave: the other lines, what kind
# those four are, the step it needs, and how many of them leave.
LEAVING = [
    ((54, 1), 3, 3),
    ((56, 1), 3, 4),
    ((57, 5), 4, 1),
    ((58, 1), 4, 2),
    ((62, 5), 5, 3),
    ((60, 6), 5, 1),
    ((63, 6), 5, 4),
]


def page_of(lines: int, kind: int = 0) -> Manuscript:
    blocks = BLOCK.format(lines=lines) * 5
    if kind:
        blocks += "".join(LINE.format(gives=f"{kind}.{n}") for n in range(1, 5))
    return Manuscript(
        html=f'<html lang="en"><head><title>A paper</title></head><body><article '
        f'class="one" id="page-1">{blocks}</article></body></html>',
        identifier="UC-1",
        dated=AT,
        has_charts=True,
    )


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The step of each layout that was made."""
    steps: list[str] = []
    render = HTML.render

    def rendered(html: HTML, **options: object) -> object:
        steps.append(html.etree_element.get("class").removesuffix(" snug"))
        return render(html, **options)

    monkeypatch.setattr(HTML, "render", rendered)
    return steps


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("expected", "lines"),
    some_of(
        [
            pytest.param(expected, lines, id=f"{name}-{lines}")
            for name, expected in {"as is": None, "more": 2.0, "less": 0.1}.items()
            for lines in NEEDED
        ],
        4,
    ),
)
def test_largest_step_that_fits_is_used_whatever_was_expected(
    monkeypatch: pytest.MonkeyPatch,
    tried: list[str],
    typesetter: Typesetter,
    lines: int,
    expected: float | None,
) -> None:
    if expected:
        monkeypatch.setattr(sheets, "_SHARES", (expected,) * len(STEPS))
    made, place = page_of(lines), NEEDED[lines]

    found = typesetter.pdf_of(made, max_pages=9)

    assert tried[-1] == (STEPS[place] if place < len(STEPS) else "s105")
    assert found == typesetter.pdf_of(replace(made, has_charts=False), max_pages=9)


@pytest.mark.parametrize(("full", "place", "left"), some_of(LEAVING, 3))
def test_fewest_words_leave_and_those_a_vote_needs_at_the_last_step_alone(
    tried: list[str],
    typesetter: Typesetter,
    full: tuple[int, int],
    place: int,
    left: int,
) -> None:
    made = page_of(*full)

    found = typesetter.pdf_of(made, max_pages=9)

    assert (tried[-1], len(tried) <= 6) == (STEPS[place], True), tried
    assert Printed(found).words[0].split().count("Line") == 4 - left
    assert found == typesetter.pdf_of(replace(made, has_charts=False), max_pages=9)


def test_words_that_an_appendix_has_no_room_for_stay_at_the_first_step_that_has(
    tried: list[str], typesetter: Typesetter
) -> None:
    page = '<p style="height: 200mm; break-after: page">Page.</p>'
    left = '<p data-instead="1.1" style="height: 90mm" hidden>Left out.</p>'
    rest = f'<section id="appendix">{page * 4}{page.replace("break", "-")}{left}'
    made = page_of(54, 1)
    html = made.html.replace("</body>", f"{rest}</section></body>")

    found = Printed(typesetter.pdf_of(replace(made, html=html), max_pages=9))

    assert tried[-1] == "s95 close"
    assert found.words[0].split().count("Line") == 4
    assert (len(found.words), "Left out." in " ".join(found.words)) == (6, False)


def test_words_of_a_pack_leave_no_page_all_but_empty(typesetter: Typesetter) -> None:
    words = "<li><b>Prompt</b> the text of a call</li>" * 12
    rest = (
        '<article class="app pack" id="appendix"><div style="height: calc(var(--l) * '
        '54)">Before.</div><section class="part" id="glossary"><h2>Words</h2>'
        f'<ul class="gloss">{words}</ul></section></article>'
    )
    made = page_of(40)
    html = made.html.replace("</body>", f"{rest}</body>")

    pages = Printed(typesetter.pdf_of(replace(made, html=html), max_pages=9)).words

    assert [page.count("Prompt") for page in pages] == [0, 12]


def test_answers_are_whole_where_that_takes_no_page_more(
    typesetter: Typesetter,
) -> None:
    rows = "<tr><td>Answer</td></tr>" * 20
    parts = (
        '<div style="height: 180mm">Before.</div>'
        f'<section class="part" id="a6"><table>{rows}</table></section>'
    )
    made = page_of(40)
    rest = f'<div class="app" id="appendix">{parts}</div>'
    html = made.html.replace("</body>", f"{rest}</body>")

    pages = Printed(typesetter.pdf_of(replace(made, html=html), max_pages=9)).words

    assert [page.split().count("Answer") for page in pages] == [0, 0, 20]


@pytest.mark.thorough
@pytest.mark.parametrize("expected", [2.0, 0.1])
@pytest.mark.parametrize("full", [full for full, _, _ in LEAVING])
def test_as_many_words_leave_whatever_was_expected(
    monkeypatch: pytest.MonkeyPatch,
    typesetter: Typesetter,
    full: tuple[int, int],
    expected: float,
) -> None:
    found = typesetter.pdf_of(page_of(*full), max_pages=9)

    monkeypatch.setattr(sheets, "_SHARES", (expected,) * len(STEPS))

    assert found == typesetter.pdf_of(page_of(*full), max_pages=9)


# With 51 lines and 53 these five blocks take a share of the page that no paper takes.
@pytest.mark.parametrize("lines", some_of(sorted(NEEDED.keys() - {51, 53}), 2))
def test_one_try_or_two_find_the_step(
    tried: list[str], typesetter: Typesetter, lines: int
) -> None:
    typesetter.pdf_of(page_of(lines), max_pages=9)

    assert len(tried) <= 3, tried

"""Larger text, forced colours, print, and a page that holds still."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.casting import Cast
from tests.e2e.browser.sections import choose, option_of
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import SAVED, open_draft
from tests.e2e.states.state import answered
from tests.e2e.states.wizard_states import numbers_given
from tests.examples import some_of, thorough

pytestmark = pytest.mark.once

CUT_OFF = """() => [...document.querySelectorAll(`main :is(a, button, label, legend, h1,
    h2, p, dd, dt, summary)`)].filter(element => element.offsetParent
        && !element.closest('.visually-hidden') && element.clientWidth > 1
        && element.scrollWidth > element.clientWidth + 1
        && getComputedStyle(element).overflowX !== 'visible').map(it => it.outerHTML)"""
COVERED = """() => [...document.querySelectorAll('.table-tight tbody tr')].filter(row =>
    {
    const text = document.createRange(), price = document.createRange();
    text.selectNodeContents(row.querySelector('th .small:last-child'));
    price.selectNodeContents(row.querySelector('td'));
    const [end, start] = [text.getBoundingClientRect(), price.getBoundingClientRect()];
    return end.right > start.left && end.bottom > start.top;
}).map(row => row.innerText)"""
SYSTEM_OUTLINE = """element => {
    const style = getComputedStyle(element.closest('.form-check'));
    return [style.outlineStyle, style.outlineWidth, style.outlineColor];
}"""


@pytest.mark.parametrize(
    "where",
    some_of(
        map(pytest.param, [("tasks",), ("section", "data"), ("numbers",), ("check",)]),
        2,
    ),
)
def test_text_of_twice_the_size_is_all_there(
    cast: Cast, turn_page: OpenPage, where: tuple[str, ...]
) -> None:
    numbers_given(cast)
    page = open_draft(cast, turn_page, *where)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    body = page.locator("main .muted, main dd").first
    size = body.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert size >= 2 * 14
    assert_no_sideways_scroll(page)
    assert page.evaluate(CUT_OFF) == []


def test_range_of_a_price_is_not_covered_by_the_price(
    cast: Cast, turn_page: OpenPage
) -> None:
    numbers_given(cast)
    page = open_draft(
        cast, turn_page, "numbers", viewport={"width": 1280, "height": 900}
    )

    expect(page.locator("#panel .table-tight tbody tr")).not_to_have_count(0)
    assert page.evaluate(COVERED) == []


def test_forced_colours_tell_what_is_chosen_and_where_one_is(
    cast: Cast, turn_page: OpenPage
) -> None:
    answered(cast)
    page = open_draft(cast, turn_page, "section", "purpose", forced_colors="active")

    chosen = option_of(page, "state", "planned").evaluate(SYSTEM_OUTLINE)
    other = option_of(page, "state", "none").evaluate(SYSTEM_OUTLINE)

    assert chosen[:2] == ["solid", "2px"]
    assert other[0] == "none"
    mark = page.locator("#panel .mark").first
    assert mark.evaluate("it => getComputedStyle(it).forcedColorAdjust") == "none"
    button = page.get_by_role("button", name="Save and continue")
    edge = "it => getComputedStyle(it).borderTopStyle"
    assert button.evaluate(edge) == "solid"
    option_of(page, "state", "none").focus()
    page.keyboard.press("ArrowDown")
    focused = option_of(page, "state", "planned").evaluate(SYSTEM_OUTLINE)
    assert focused[:2] == ["solid", "3px"]


def test_answers_are_printed_without_what_can_only_be_pressed(
    cast: Cast, turn_page: OpenPage, tmp_path: Path
) -> None:
    answered(cast)
    page = open_draft(cast, turn_page, "check")

    sheets = PdfReader(page_as_pdf(page, tmp_path / "check.pdf")).pages
    words = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())

    assert len(sheets) <= 4
    assert "Check your answers" in words
    assert "Where training stands Training planned" in words
    assert "Tuning service" in words
    assert "Submit and see the result" not in words
    assert "Sign out" not in words


def page_as_pdf(page: Page, file: Path) -> Path:
    page.pdf(path=file, format="A4")
    return file


@pytest.mark.parametrize("width", [1280, thorough(375)])
def test_nothing_moves_when_an_answer_is_saved(
    cast: Cast, turn_page: OpenPage, width: int
) -> None:
    viewport = {"width": width, "height": 800}
    page = open_draft(cast, turn_page, "question", "eval", viewport=viewport)
    heading = page.get_by_role("heading", level=1)
    before = heading.bounding_box()

    choose(page, "eval", "solid_set")
    expect(page.locator("#save-status")).to_have_text(SAVED)
    page.evaluate("scrollTo(0, 0)")
    saved = heading.bounding_box()
    page.context.set_offline(True)
    choose(page, "eval", "none")
    expect(page.locator("#save-status")).to_have_text(
        "Not saved yet: trying again. Stay on this page."
    )
    expect(page.locator("#save-status > span")).to_be_in_viewport(ratio=1)
    page.evaluate("scrollTo(0, 0)")

    assert before == saved == heading.bounding_box()

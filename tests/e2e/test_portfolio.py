"""The portfolio with the keyboard, with htmx, and without JavaScript."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from audits.models import PortfolioRow, Team, User
from tests.casting import Cast
from tests.e2e.browser.keyboard import assert_has_focus, follow, tab_to
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.e2e.states.portfolio_states import filled
from tests.e2e.states.sign_in_states import make_calendar
from tests.examples import thorough

pytestmark = pytest.mark.once

NO_JAVASCRIPT = {"java_script_enabled": False}
NAMES = "#table tbody bdi"
BROKEN_WORDS = """names => names.flatMap(name => {
    const text = name.firstChild, range = document.createRange();
    return [...text.data.matchAll(/\\S+/g)].filter(word => {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        return range.getClientRects().length > 1;
    }).map(word => word[0]);
})"""

# The lines of a text, as they are drawn.
LINES = """it => {
    const lines = new Map();
    const walker = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode, range = document.createRange();
        for (const word of text.data.matchAll(/\\S+/g)) {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const top = Math.round(range.getBoundingClientRect().top);
            lines.set(top, [...(lines.get(top) ?? []), word[0]]);
        }
    }
    return [...lines.values()].map(words => words.join(' '));
}"""


def open_portfolio(cast: Cast, turn_page: OpenPage, **options: Any) -> Page:
    filled(cast)
    return turn_page(cast.ours.contributor, reverse("portfolio"), **options)


def open_long_words(cast: Cast, turn_page: OpenPage, width: int) -> Page:
    """Open the portfolio with a team and owners whose names are long words."""
    with scope(organization=cast.ours.organization):
        Team.objects.update(name="Administration")
        User.objects.update(name="Annette Hallström")
    return open_portfolio(cast, turn_page, viewport={"width": width, "height": 800})


def test_filter_swaps_all_but_itself_and_the_focus_and_can_be_gone_back_from(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_portfolio(cast, turn_page)
    heading = page.locator("#tab").element_handle()

    page.locator("#id_stage").focus()
    page.locator("#id_stage").select_option("live")

    expect(page.locator("#table [role=status]")).to_have_text("12 of 62 match")
    expect(page.locator("#lead")).to_contain_text("12 of 62 use cases")
    assert heading
    assert heading.evaluate("it => it.isConnected")
    assert_has_focus(page.locator("#id_stage"))
    expect(page).to_have_url(re.compile("stage=live"))
    page.reload()
    expect(page.locator("#table [role=status]")).to_have_text("12 of 62 match")
    page.go_back()
    expect(page.locator("#table [role=status]")).to_have_text("62 of 62 match")

    page.locator("#id_stage").select_option("live")
    page.locator("#sort-name").focus()

    expect(page.locator("#table [role=status]")).to_have_text("12 of 62 match")
    assert_has_focus(page.locator("#sort-name"))


@pytest.mark.thorough
def test_table_is_sorted_filtered_and_read_with_the_keyboard_alone(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_portfolio(cast, turn_page)

    tab_to(page, page.locator("#id_q"))
    page.keyboard.type("case 0000")
    page.keyboard.press("Enter")
    expect(page.locator("#table [role=status]")).to_have_text("7 of 62 match")
    follow(page, page.get_by_role("link", name="Current plan"))

    expect(page.locator("th[aria-sort=descending]")).to_have_text(
        "Current plan a month"
    )
    expect(page.locator("#table tbody th").first).to_contain_text("Case 00009")
    follow(page, page.get_by_role("link", name="Case 00009", exact=True))
    assert "/audits/" in page.url


@pytest.mark.parametrize("width", [1280, thorough(1024), thorough(375)])
def test_table_breaks_no_word_and_never_scrolls_sideways(
    cast: Cast, turn_page: OpenPage, width: int
) -> None:
    page = open_long_words(cast, turn_page, width)
    expect(page.locator("#table")).to_contain_text("Administration")

    assert page.locator(NAMES).evaluate_all(BROKEN_WORDS) == []
    for narrow in (768, 320) if width == 1280 else (width,):
        page.set_viewport_size({"width": narrow, "height": 800})
        assert_no_sideways_scroll(page)


# Each page with a table is looked at on phones by tests/e2e/test_accessibility.py.
@pytest.mark.parametrize("width", [1280, thorough(375)])
def test_table_fits_a_wide_window_and_a_phone(
    cast: Cast, turn_page: OpenPage, width: int
) -> None:
    page = open_long_words(cast, turn_page, width)
    with scope(organization=cast.ours.organization):
        more = {"saving": Decimal(-570), "saving_year": Decimal(-10_149)}
        PortfolioRow.objects.update(since=date(2026, 11, 22), stage="live", **more)
    page.reload()
    saving = page.locator("#table td[data-label^='Saving']").first
    expect(saving).to_contain_text("−$10,149")

    table = page.get_by_role("region", name="Table of use cases")
    assert table.evaluate("it => it.scrollWidth - it.clientWidth") == 0


def test_table_and_late_day_fit_after_a_decision_of_the_board(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_long_words(cast, turn_page, 1280)
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.all()
        rows.filter(state="signed_off").update(
            board_state="open",
            board_due_on=date(2099, 1, 31),
            board_said="Approved with changes, 0 of 3 done",
        )
        rows.filter(state="in_review").update(due_on=date(2026, 11, 27))
    page.reload()
    expect(page.locator("#table")).to_contain_text("Approved with changes, 0 of 3")

    table = page.get_by_role("region", name="Table of use cases")
    assert table.evaluate("it => it.scrollWidth - it.clientWidth") == 0

    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        late = page.locator(".rows-decide .status-wait").first
        expect(late).to_contain_text("Was due by")
        box = late.bounding_box()
        assert box
        assert box["x"] + box["width"] <= width - 16
        whole = (["Was due by 27 Nov 2026"], ["Was due by", "27 Nov 2026"])
        assert late.evaluate(LINES) in whole


@pytest.mark.parametrize("width", [1280, thorough(375)])
def test_view_is_filtered_saved_and_removed_without_javascript(
    cast: Cast, turn_page: OpenPage, width: int
) -> None:
    viewport = {"width": width, "height": 800}
    page = open_portfolio(cast, turn_page, viewport=viewport, **NO_JAVASCRIPT)
    is_narrow = width < 768
    if is_narrow:
        page.get_by_text("Filter or sort the table").click()

    page.locator("#narrow_stage" if is_narrow else "#id_stage").select_option("live")
    page.get_by_role("button", name="Apply filters").locator("visible=true").click()
    expect(page.locator("#table [role=status]")).to_have_text("12 of 62 match")
    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name of the view").fill("What is live")
    page.get_by_role("button", name="Save the view").click()
    expect(page.locator("#table [role=status]")).to_have_text("12 of 62 match")
    link = page.get_by_role("link", name="What is live")
    expect(link).to_have_attribute("href", "/portfolio/?stage=live")
    page.get_by_text("More of the portfolio").click()
    page.get_by_role("link", name="Saved views").click()
    page.get_by_role("button", name="What is live").click()

    expect(page.get_by_role("link", name="What is live")).to_have_count(0)


def test_calendar_is_made_and_removed_without_javascript(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = turn_page(
        cast.ours.contributor, reverse("calendars"), java_script_enabled=False
    )

    make_calendar(page)
    expect(page.locator("code")).to_have_text(re.compile(r"\.ics$"))
    page.reload()
    expect(page.locator("code")).to_have_count(0)
    remove = page.get_by_role("button", name="calendar of all use cases")
    remove.click()

    expect(remove).to_have_count(0)


def test_all_rows_of_a_page_are_downloaded_and_ticked_at_once(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_portfolio(cast, turn_page)
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    # Under the name of its day.
    assert download.value.suggested_filename.startswith("portfolio-20")
    assert download.value.suggested_filename.endswith(".xlsx")

    page.locator("#id_stage").select_option("live")
    expect(page.locator("#table [role=status]")).to_have_text("12 of 62 match")

    expect(page.get_by_label("Tick Case 00003")).not_to_be_visible()
    page.get_by_text("Tick several").click()
    page.get_by_label("Tick Case 00003").check()

    page.get_by_label("Tick all shown").check()
    page.get_by_label("Tick Case 00003").uncheck()
    page.get_by_role("button", name="Change the ticked ones (11)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change 11 use cases")

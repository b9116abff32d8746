"""The time machine by keyboard, without JavaScript, and while a worker is at it."""

import re
from itertools import product

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from audits.models import Rescore, User
from audits.time_machine.tasks import make_rescore
from tests.casting import Cast
from tests.e2e.browser.keyboard import assert_has_focus, tab_to
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import DESK, OpenPage
from tests.e2e.states.large_portfolios import large_portfolio, re_scoring_at
from tests.e2e.states.state import DEMO_HEAD, demo_loaded
from tests.e2e.test_layout import PHONE
from tests.examples import thorough

pytestmark = pytest.mark.once

PAST = "?on=2022-12-01"
IMMEDIATE = "django.tasks.backends.immediate.ImmediateBackend"


def tab_past_the_day(page: Page) -> None:
    """Go to the day, and on: its parts and its button are stops of the browser's."""
    tab_to(page, page.get_by_label("Exact day"))
    for _ in range(4):
        page.keyboard.press("Tab")
    assert_has_focus(page.get_by_role("button", name="Show", exact=True))


@pytest.mark.thorough
def test_day_is_chosen_with_the_keyboard_alone(cast: Cast, turn_page: OpenPage) -> None:
    demo_loaded(cast)
    page = turn_page(DEMO_HEAD(cast), reverse("time_machine"))

    slider = page.get_by_role("slider")
    tab_to(page, slider)
    expect(slider).to_have_attribute("max", slider.input_value())  # it opens today
    page.keyboard.press("Home")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(page.locator("h1 + .lead")).to_contain_text("1 July 2024: 12 of 47 use")
    expect(slider).to_have_attribute("aria-valuetext", "1 July 2024")
    expect(page.get_by_label("Exact day")).to_have_value("2024-07-01")
    assert_has_focus(slider)
    expect(page).to_have_url(re.compile("on=2024-07-01"))
    for _ in ("Play", "Later"):
        page.keyboard.press("Shift+Tab")
    assert_has_focus(page.get_by_role("button", name="Later"))
    page.keyboard.press("Enter")
    expect(page.locator("h1 + .lead")).to_contain_text("1 October 2024: 11 of 47 use")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1 + .lead")).to_contain_text("1 July 2024: 12 of 47 use")
    tab_to(page, page.get_by_role("button", name="Show", exact=True))
    assert_has_focus(page.get_by_role("button", name="Show", exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("on=2024-07-01"))

    tab_past_the_day(page)
    tab_to(page, page.get_by_text("Show as tables"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="10,000,000 tokens")).to_be_visible()


def test_play_moves_through_the_quarters_until_it_is_stopped(
    head: User, turn_page: OpenPage
) -> None:
    page = turn_page(head, reverse("time_machine") + "?on=2024-07-01")
    expect(page.get_by_role("link", name="1 Jul 2024")).to_be_hidden()

    page.get_by_role("button", name="Play").click()
    expect(page.locator("h1 + .lead")).to_contain_text("October 2024")
    expect(page.locator("h1 + .lead")).to_contain_text("January 2025")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_chart_is_seen_from_the_start_and_folds_open_with_a_key_and_print(
    head: User, turn_page: OpenPage
) -> None:
    page = turn_page(head, reverse("time_machine"))
    sizes = ((DESK, (600, 2900)), (PHONE, (1000, 4650)))
    # Of today, and of a day with what models could do then.
    for day, (size, most) in product(("", PAST), sizes):
        page.goto(page.url.partition("?")[0] + day)
        page.set_viewport_size(size)  # type: ignore[arg-type]
        top = page.locator("#told figure").evaluate("it => it.offsetTop")
        high = page.evaluate("document.documentElement.scrollHeight")
        assert (top <= most[0], high <= most[1]) == (True, True)

    folds = page.locator("#told .lists > section > details")
    expect(folds).to_have_count(3)
    for fold in folds.all():
        shown = fold.locator(":scope > :is(p, ul)").first
        expect(shown).to_be_hidden()
        fold.locator("summary").first.press("Enter")
        expect(shown).to_be_visible()
        fold.locator("summary").first.press("Enter")
    expect(page.locator(".c-pattern").first).to_be_hidden()
    page.emulate_media(media="print")
    for fold in folds.all():
        expect(fold.locator(":scope > :is(p, ul)").first).to_be_visible()
    assert (
        page.locator(".c-pattern").first.evaluate("it => getComputedStyle(it).display")
        == "inline"
    )


def test_nothing_plays_where_motion_is_not_wanted(
    head: User, turn_page: OpenPage
) -> None:
    page = turn_page(head, reverse("time_machine"), reduced_motion="reduce")

    expect(page.get_by_role("button", name="Play")).to_be_hidden()
    expect(page.get_by_role("button", name="Later")).to_be_visible()


def test_without_javascript_a_day_and_a_team_are_chosen(
    head: User, turn_page: OpenPage
) -> None:
    page = turn_page(
        head,
        reverse("time_machine"),
        java_script_enabled=False,
        viewport={"width": 375, "height": 667},
    )

    page.get_by_label("Exact day").fill("2024-08-05")
    expect(page.get_by_label("Team")).to_be_hidden()
    page.get_by_text("Narrow it down").press("Enter")
    page.get_by_label("Team").select_option(label="Claims")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page.locator("h1 + .lead")).to_contain_text("5 August 2024")
    expect(page.get_by_label("Team")).to_be_visible()
    expect(page.get_by_role("slider")).to_be_hidden()
    expect(page.get_by_role("link", name="1 Jul 2024")).to_be_visible()
    expect(page.locator("#flips")).to_be_visible()
    expect(page.get_by_role("img")).to_have_count(1)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("javascript", [True, thorough(False)])
def test_progress_is_seen_and_ends_in_the_result(
    cast: Cast, turn_page: OpenPage, settings: Settings, javascript: bool
) -> None:
    large_portfolio(cast)
    page = turn_page(
        cast.ours.contributor,
        reverse("time_machine") + "?on=2023-01-01",
        java_script_enabled=javascript,
    )
    page.get_by_role("button", name="Re-score 502 use cases").click()
    expect(page.get_by_role("status")).to_have_text("In queue")

    re_scoring_at(cast, 250)
    expect(page.get_by_role("status")).to_have_text("250 of 502 re-scored")
    re_scoring_at(cast, 0, Rescore.State.QUEUED)
    rescore = Rescore._base_manager.get(organization=cast.ours.organization)
    make_rescore.call(str(rescore.organization_id), str(rescore.pk))

    expect(page.locator("h1 + .lead")).to_contain_text("1 January 2023: ")
    expect(page.locator("h1")).to_contain_text("of 501 verdicts")


def test_cancelled_work_says_so_and_can_be_asked_again(
    cast: Cast, turn_page: OpenPage
) -> None:
    large_portfolio(cast)
    page = turn_page(cast.ours.contributor, reverse("time_machine"))
    page.get_by_role("button", name="Re-score 502 use cases").click()

    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("status")).to_have_text("Cancelled after 0 of 502.")
    expect(page.get_by_role("button", name="Re-score 502 use cases")).to_be_visible()


@pytest.mark.parametrize("width", [320, thorough(375)])
def test_models_that_end_are_cards_on_a_phone(
    head: User, turn_page: OpenPage, width: int
) -> None:
    page = turn_page(head, reverse("time_machine"))
    page.set_viewport_size({"width": width, "height": 667})

    expect(page.locator("[aria-labelledby=ending] tbody tr").first).to_be_visible()
    assert_no_sideways_scroll(page)

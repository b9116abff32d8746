"""What opens moves the rest down: it covers nothing, and its button stays."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from audits.models import User
from audits.services.demo import sample
from tests.casting import Cast
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.e2e.states.states import STATES
from tests.e2e.test_result_screens import audits_of
from tests.loaded_demo import SAMPLE

pytestmark = pytest.mark.once

TARGET = 44  # pixels that a finger needs
# The box of the button, and whether its icon is turned.
BUTTON = """it => [it.getBoundingClientRect().left, it.getBoundingClientRect().top,
    getComputedStyle(it.querySelector('.icon')).transform]"""


@pytest.fixture
def head(transactional_db: None) -> User:
    SAMPLE.put()
    return User.objects.get(email=sample.HEAD.email)


def assert_more_is_above_the_rest(page: Page) -> None:
    summary = page.locator(".more-actions > summary")
    summary.focus()
    summary.press("Enter")

    button = summary.bounding_box()
    links = page.locator(".more-actions a").evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().bottom)"
    )
    rest = page.locator(".firsts").bounding_box()

    assert button
    assert button["height"] < 2 * TARGET
    assert len(links) >= 3
    assert rest
    assert max(links) <= rest["y"]
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("width", [320, 375, 600])
@pytest.mark.parametrize("has_script", [True, False])
def test_more_of_a_result_prints_over_nothing(
    head: User, open_page: OpenPage, width: int, has_script: bool
) -> None:
    for name in ("Claims handbook answers", "Quote assistant"):
        page = open_page(
            head,
            reverse("result", args=[audits_of("in_review")[name]]),
            viewport={"width": width, "height": 812},
            java_script_enabled=has_script,
        )

        assert_more_is_above_the_rest(page)


def test_button_of_a_pack_stays_where_it_is(head: User, turn_page: OpenPage) -> None:
    page = turn_page(head, reverse("portfolio"))
    button = page.locator(".pack > summary")

    for width in (1280, 800, 375):
        page.set_viewport_size({"width": width, "height": 812})
        before = button.evaluate(BUTTON)
        heading = page.locator("h1").bounding_box()
        button.click()
        page.wait_for_timeout(200)  # as an icon takes to turn

        assert button.evaluate(BUTTON) == before
        assert page.locator("h1").bounding_box() == heading
        form = page.locator("#pack").bounding_box()
        lead = page.locator(".page-head .lead").bounding_box()
        assert form
        assert lead
        assert form["y"] >= lead["y"] + lead["height"]
        button.click()


def test_all_in_review_are_led_to_in_the_table(head: User, turn_page: OpenPage) -> None:
    page = turn_page(head, reverse("portfolio"))
    page.get_by_role("link", name="See all 7 in review").click()

    assert page.locator("#table tbody tr").count() == 7
    top = page.locator("#tab").bounding_box()
    assert top
    assert 0 <= top["y"] < 200


def test_reason_of_a_review_that_is_due_squeezes_no_column(
    cast: Cast, turn_page: OpenPage
) -> None:
    state = STATES["use_cases_due"]
    state.before(cast)
    page = turn_page(state.user(cast), reverse("portfolio"))
    widths = """() => [...document.querySelectorAll('.table-cards thead th')]
        .map(it => it.getBoundingClientRect().width)"""
    before = page.evaluate(widths)
    page.locator(".table-cards summary").first.click()

    assert len(before) > 5
    assert page.evaluate(widths) == before

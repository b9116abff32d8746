"""“/” and “?”, which work while nobody types and can be turned off."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.casting import Cast
from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.once


def test_slash_leads_to_the_search_box_and_is_a_letter_in_it(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("portfolio"))

    with page.expect_navigation():
        page.keyboard.press("/")
    box = page.get_by_role("searchbox")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("handbook/?")
    expect(box).to_have_value("handbook/?")
    with page.expect_navigation():
        page.keyboard.press("Backspace")
        page.keyboard.press("Backspace")
        page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Northgate handbook")).to_be_visible()


def test_question_mark_shows_the_keys_until_they_are_turned_off(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("portfolio"))
    with page.expect_navigation():
        page.keyboard.press("?")
    assert page.url.endswith(f"{reverse('words')}#keys")

    page.get_by_text("Use these keys in this browser").click()
    page.goto(page.url.removesuffix("#keys"))
    page.keyboard.press("/")
    page.keyboard.press("?")

    expect(page.get_by_label("Use these keys in this browser")).not_to_be_checked()
    assert page.url.endswith(reverse("words"))


def test_question_that_is_found_opens_on_the_page_of_the_method(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("search") + "?q=reviewed+examples")

    questions = page.get_by_role("region", name="Questions").get_by_role("link")
    name = questions.first.inner_text()
    questions.first.click()

    fold = page.locator("details", has=page.get_by_text(name, exact=True)).first
    expect(fold).to_have_attribute("open", "")

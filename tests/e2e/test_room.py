"""No text is cut by the browser: what is too long stays, and its author learns it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.casting import Cast
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import open_draft
from tests.examples import thorough

pytestmark = pytest.mark.once

TOO_MANY = "12 characters too many; the limit is 80"


@pytest.mark.parametrize("script", [True, thorough(False)], ids=["script", "no script"])
def test_name_that_is_too_long_stays_and_is_told_by_how_much(
    cast: Cast, turn_page: OpenPage, script: bool
) -> None:
    path = reverse("register")
    page = turn_page(cast.ours.contributor, path, java_script_enabled=script)
    name = page.get_by_label("Name of the use case")
    expect(page.get_by_text("Up to 80 characters.").first).to_be_visible()

    name.fill("x" * 60)
    expect(page.locator(".room")).to_have_count(0)
    name.fill("x" * 70)
    if script:
        expect(page.locator(".room")).to_have_text("10 of 80 characters left")
    # Pasted at once, as a browser takes it.
    name.press("Control+a")
    page.keyboard.insert_text("y" * 92)
    expect(name).to_have_value("y" * 92)
    if script:
        expect(page.locator(".room")).to_have_text(TOO_MANY)
        described = name.get_attribute("aria-describedby") or ""
        assert described.split()[-1] == page.locator(".room").get_attribute("id")

    page.get_by_role("button", name="Register the use case").click()

    said = "Use 80 characters or fewer for the name; it is 12 characters too long"
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(name).to_have_value("y" * 92)
    wrong, field = page.locator("#id_name_error").bounding_box(), name.bounding_box()
    assert wrong
    assert field
    assert wrong["y"] + wrong["height"] <= field["y"]  # no keyboard is over it
    if script:
        expect(page.locator(".room")).to_have_text(TOO_MANY)


def test_signs_are_counted_as_the_server_counts_them(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("register"))

    page.get_by_label("Name of the use case").fill("  " + "🙂" * 75 + "  ")

    expect(page.locator(".room")).to_have_text("5 of 80 characters left")


def test_note_and_comment_tell_their_room_near_the_limit(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "question", "state")

    page.get_by_label("Note (optional)").fill("x" * 10_003)
    page.get_by_label("Add a comment").fill("x" * 1_990)

    expect(page.locator("#id_note-state_room")).to_have_text(
        "3 characters too many; the limit is 10,000"
    )
    expect(page.locator("#id_comment-text_room")).to_have_text(
        "10 of 2,000 characters left"
    )
    expect(page.locator("#problem-note-state")).to_contain_text("3 characters too long")

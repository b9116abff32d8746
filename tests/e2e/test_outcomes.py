"""A usage file is compared with a signed paper by keyboard, also without scripts."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page, expect

from audits.models import Outcome, UsageUpload
from tests.casting import Cast
from tests.e2e.browser.keyboard import follow, tab_to
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.browser.ways import BOTH_WAYS
from tests.e2e.conftest import OpenPage
from tests.outcomes.signed import MODEL, month_after, read_later, sheet_of, signed

pytestmark = pytest.mark.once
BULLET = 16  # pixels


def open_what_came_after(page: Page) -> None:
    tab_to(page, page.locator("summary", has_text="After the sign-off"))
    page.keyboard.press("Enter")


def assert_bullets_are_inside(page: Page) -> None:
    """Check that a list has room for its bullets beside the text above it."""
    item = page.locator("main li").first.bounding_box()
    above = page.locator("h1").bounding_box()
    assert item
    assert above
    assert item["x"] - above["x"] >= BULLET


@BOTH_WAYS
def test_file_is_compared_with_the_paper_and_removed_again(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    audit = signed(cast.ours)
    there = reverse("result", args=[audit.pk])
    page = turn_page(cast.ours.contributor, there, **options)
    made = sheet_of("1200", "9000", models=f"{MODEL}+in-house")
    file = FilePayload(name="usage.csv", mimeType="text/csv", buffer=made)

    open_what_came_after(page)
    follow(page, page.get_by_role("link", name="Compare what was said with what"))
    tab_to(page, page.locator("#id_file"))
    page.locator("#id_file").set_input_files(file)
    follow(page, page.get_by_role("button", name="Read the usage file"))
    with scope(organization=cast.ours.organization):
        read_later(UsageUpload.objects.get(use_case=audit.use_case))
    page.reload()
    expect(page.get_by_label(MODEL)).to_be_checked()
    expect(page.locator("#effects")).to_contain_text("cost $1,950: weak test (inside")
    assert_no_sideways_scroll(page)
    follow(page, page.get_by_role("button", name="Count these models"))

    expect(page.get_by_role("status").first).to_contain_text("usage.csv counts for")
    rows = page.locator("section[aria-labelledby=months] tbody tr")
    first, second = (f"{month_after(n):%B %Y}" for n in (1, 2))
    expect(rows.nth(0)).to_contain_text(second)
    expect(rows.nth(0)).to_contain_text("Above")
    expect(rows.nth(1)).to_contain_text(first)
    expect(rows.nth(1)).to_contain_text("Weak test")
    expect(rows.nth(1)).to_contain_text(
        "Inside the range; a usage file can check only $604"
    )
    expect(rows.nth(1)).to_contain_text("$604 more from volume")
    assert_no_sideways_scroll(page)
    follow(page, page.get_by_role("link", name="Result"))
    open_what_came_after(page)
    expect(
        page.get_by_text("1 above the range, 1 weak test (inside the range")
    ).to_be_visible()
    follow(page, page.get_by_role("link", name="What we said, what happened"))
    follow(page, page.get_by_role("link", name="Remove usage.csv"))
    expect(page.get_by_text(f"{first} will no longer be compared")).to_be_visible()
    assert_bullets_are_inside(page)
    assert_no_sideways_scroll(page)
    follow(page, page.get_by_role("button", name="Remove the file"))

    expect(page.get_by_role("status").first).to_contain_text("usage.csv is removed.")
    with scope(organization=cast.ours.organization):
        assert not Outcome.objects.exists()

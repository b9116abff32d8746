"""Signing off, sending back and the portfolio checks, by keyboard and on a phone."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect

from audits.models import Audit, Role
from tests.casting import PASSWORD, Cast
from tests.conditions import in_days
from tests.e2e.browser.keyboard import assert_has_focus, follow, tab_to
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.browser.ways import BOTH_WAYS
from tests.e2e.conftest import OpenPage

WORDS = "Measure the latency again before the launch."


def state_of_ours(cast: Cast) -> str:
    with scope(organization=cast.ours.organization):
        return Audit.objects.get(pk=cast.ours.submitted.pk).state


@BOTH_WAYS
@pytest.mark.once
def test_reviewer_signs_off_with_the_keyboard_alone(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    reviewer = cast.ours.people[Role.REVIEWER]
    page = turn_page(reviewer, reverse("portfolio"), **options)

    decisions = page.get_by_role("region", name="Needs a decision")
    follow(page, decisions.get_by_role("link", name="Northgate handbook"))
    follow(page, page.get_by_role("link", name="Review and sign off"))
    assert_no_sideways_scroll(page)
    tab_to(page, page.get_by_label("Sign off", exact=True))
    page.keyboard.press("ArrowDown")
    conditions = page.get_by_label("Sign off with conditions")
    assert_has_focus(conditions)
    expect(conditions).to_be_checked()
    tab_to(page, page.get_by_label("Condition", exact=True))
    page.keyboard.type("Test it on 30 cases.")
    page.get_by_label("By when").fill(in_days(30).isoformat())
    tab_to(page, page.get_by_label("Your comment"))
    page.keyboard.type(WORDS)
    tab_to(page, page.get_by_label("Your password"))
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("Signed off")
    expect(page.locator("main")).to_contain_text(WORDS)
    assert state_of_ours(cast) == Audit.State.SIGNED_OFF


@pytest.mark.once
@BOTH_WAYS
def test_audit_is_sent_back_with_a_reason_that_its_author_reads(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    path = reverse("review", args=[cast.ours.submitted.pk])
    page = turn_page(cast.ours.people[Role.REVIEWER], path, **options)

    page.locator("label", has_text="Send back").click()
    page.get_by_role("button", name="Send your review").click()
    expect(page).to_have_title("Error: Review: Northgate handbook – Attune")
    expect(page.get_by_label("Send back")).to_be_checked()
    assert state_of_ours(cast) == Audit.State.IN_REVIEW
    page.get_by_label("Your comment").fill(WORDS)
    page.get_by_role("button", name="Send your review").click()
    expect(page.locator("main")).to_contain_text("This is a draft")

    assert state_of_ours(cast) == Audit.State.DRAFT
    tasks = reverse("tasks", args=[cast.ours.submitted.pk])
    page = turn_page(cast.ours.contributor, tasks, **options)
    expect(page.locator("main")).to_contain_text("Sent back")
    expect(page.locator("main")).to_contain_text(WORDS)
    assert_no_sideways_scroll(page)


@pytest.mark.once
@BOTH_WAYS
def test_portfolio_check_leads_to_what_mends_it(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    page = turn_page(cast.ours.contributor, reverse("portfolio"), **options)

    page.get_by_text("More of the portfolio").click()
    follow(page, page.get_by_role("link", name="Portfolio checks"))
    assert_no_sideways_scroll(page)
    follow(page, page.get_by_role("link", name="No evidence", exact=True))
    assert_no_sideways_scroll(page)
    expect(page.locator("tbody tr")).to_have_count(1)
    follow(page, page.get_by_role("link", name="Open the result"))

    assert page.url.endswith(reverse("result", args=[cast.ours.submitted.pk]))


@pytest.mark.once
@pytest.mark.parametrize("width", [1280, 375])
def test_click_on_a_second_opinion_opens_no_answers(
    cast: Cast, turn_page: OpenPage, width: int
) -> None:
    """The link lies above the one that fills its row, which leads to the answers."""
    there = reverse("second_opinion", args=[cast.ours.submitted.pk])
    size = {"width": width, "height": 800}
    for path in (reverse("inbox"), reverse("use_cases")):
        page = turn_page(cast.ours.people[Role.REVIEWER], path, viewport=size)
        link = page.locator(f'main .rows a[href="{there}"]')
        link.scroll_into_view_if_needed()
        box = link.bounding_box()
        assert box

        with page.expect_navigation():
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

        assert urlsplit(page.url).path == there

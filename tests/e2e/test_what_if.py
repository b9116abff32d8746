"""A scenario is compared as one changes a field, by keyboard and without JavaScript."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Locator, Page, expect

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from tests.casting import Cast
from tests.e2e.browser.keyboard import arrow_down_to, tab_to
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.browser.ways import BOTH_WAYS
from tests.e2e.conftest import OpenPage
from tests.e2e.states.wizard_states import numbers_given

pytestmark = pytest.mark.once


@pytest.fixture
def draft(cast: Cast) -> Audit:
    numbers_given(cast)
    return cast.ours.draft


def label_of(box: Locator) -> Locator:
    return box.locator("xpath=following-sibling::label")


def choose(page: Page, question: str, option: str) -> None:
    page.locator(f'[name="{question}"]').select_option(option)


@BOTH_WAYS
def test_changed_answer_is_compared_and_put_into_the_draft(
    cast: Cast, draft: Audit, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    there = reverse("what_if", args=[draft.pk])
    page = turn_page(cast.ours.contributor, there, **options)
    assert_no_sideways_scroll(page)
    expect(page.locator("#said")).to_have_text(
        "Nothing is changed yet. Your changes make scenario A."
    )

    choose(page, "a.state", "none")
    if not options.get("java_script_enabled", True):
        page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"/what-if/\?a\.state=none$"))
    compared = page.locator("#compared")
    expect(compared).to_contain_text("Scenario A changes")
    said = "Scenario A: “Retrieval (RAG)” instead of “Gather evidence first”."
    expect(page.locator("#said")).to_have_text(said)
    assert_no_sideways_scroll(page)

    page.get_by_role("link", name="Add a second scenario").click()
    expect(page.locator('[name="b.state"]')).to_have_value("none")
    page.get_by_text("Put these changes into the draft").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Replace in the draft").click()
    assert page.url.endswith(reverse("tasks", args=[draft.pk]))
    with scope(organization=cast.ours.organization):
        assert fresh_audit(draft).given_codes["state"] == "none"


def test_question_that_appears_is_answered_by_keyboard(
    cast: Cast, draft: Audit, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("what_if", args=[draft.pk]))
    state = page.locator('[name="a.state"]')
    asked = page.locator('[name="a.incumbent"]')
    expect(asked).to_have_count(0)

    tab_to(page, state)
    arrow_down_to(state, "live_tuned")
    expect(asked).to_have_count(1)
    expect(state).to_be_focused()
    expect(state).to_have_value("live_tuned")
    expect(page.locator(".what-if-mark:visible")).to_have_count(1)
    tab_to(page, asked)
    arrow_down_to(asked, "misses")
    changes = page.locator("#compared .changes li")
    expect(changes).to_have_count(2)
    expect(asked).to_be_focused()


def test_compare_marks_what_is_changed_and_no_date_that_is_empty(
    cast: Cast, draft: Audit, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("what_if", args=[draft.pk]))
    marks = page.locator(".what-if-mark:visible")
    choose(page, "a.state", "none")
    expect(marks).to_have_count(1)

    with page.expect_response(re.compile(r"/what-if/\?")):
        page.get_by_role("button", name="Compare").click()

    expect(marks).to_have_count(1)
    dates = page.locator("details", has=page.locator("[type=date]"))
    dates.locator("summary").click()
    day = dates.locator("[type=date]").first
    day.fill(str(day.get_attribute("max")))
    expect(marks).to_have_count(2)
    day.fill("")
    expect(marks).to_have_count(1)


def test_an_answer_that_goes_alone_gives_way_to_another(
    cast: Cast, draft: Audit, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("what_if", args=[draft.pk]))
    [alone, other] = (
        page.locator(f'[name="a.goal"][value="{value}"]')
        for value in ("none_counted", "task_skill")
    )
    with page.expect_response(re.compile(r"/what-if/\?")):
        label_of(alone).click()
    expect(page.locator('[name="a.goal"]:checked')).to_have_count(1)

    with page.expect_response(re.compile(r"/what-if/\?")):
        label_of(other).click()

    expect(alone).not_to_be_checked()
    expect(page).to_have_url(re.compile("a.goal=task_skill"))
    assert "none_counted" not in page.url


def test_first_answer_is_on_the_first_screen_of_a_phone(
    cast: Cast, draft: Audit, turn_page: OpenPage
) -> None:
    there = reverse("what_if", args=[draft.pk])
    page = turn_page(cast.ours.contributor, there)
    page.set_viewport_size({"width": 375, "height": 812})

    original = page.locator("#compared")
    expect(original.locator(".verdict")).to_be_visible()
    assert original.evaluate("it => it.offsetHeight") < 100
    first = page.locator("main form.what-if-form :is(input, select):visible").first
    assert first.evaluate("it => it.getBoundingClientRect().top") < 812

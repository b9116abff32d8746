"""A section by keyboard, and the whole way to the verdict, by keyboard and by phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from audits.frameworks.answering import flow
from audits.frameworks.loading import loader
from audits.models.audits import values
from tests.casting import Cast
from tests.e2e.browser.keyboard import (
    assert_focus_is_seen,
    assert_has_focus,
    press_and_wait,
    tab_to,
    tab_until,
)
from tests.e2e.browser.sections import (
    UNKNOWN,
    choose,
    open_first_section,
    option_of,
    save_and_continue,
)
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import answers, open_draft, save, stored

pytestmark = pytest.mark.once

PHONE = {"width": 375, "height": 667}
OPTION_OF_AN_OPEN_QUESTION = """element => {
    const question = element.closest('.question');
    return element.matches('.option-cards input')
        && !question.querySelector('.option-cards :checked');
}"""
TARGET = "element => element.matches('[name=share]')"
PRIMARY = "element => element.matches('main .btn-primary')"


def test_section_is_answered_with_the_keyboard_alone(
    cast: Cast, turn_page: OpenPage
) -> None:
    save(cast, goal=["cost_latency"])
    page = open_draft(cast, turn_page, "section", "cost")

    page.keyboard.press("Tab")
    skip_link = page.get_by_role("link", name="Skip to main content")
    assert_has_focus(skip_link)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert_has_focus(page.locator("main").get_by_role("link").first)

    tab_to(page, option_of(page, "unit_economics", "not_computed"))
    press_and_wait(page, "Space")
    press_and_wait(page, "ArrowDown")
    tab_to(page, option_of(page, "latency", "relaxed"))
    for _ in range(2):
        press_and_wait(page, "ArrowDown")
    assert_has_focus(option_of(page, "latency", "tight"))

    tab_to(page, page.locator("#slot-latency_evidence summary").first)
    page.keyboard.press("Enter")
    expect(page.locator("#slot-latency_evidence details").first).to_have_attribute(
        "open", ""
    )
    tab_to(page, option_of(page, "latency_evidence", "not_measured"))
    press_and_wait(page, "ArrowUp")
    tab_to(page, option_of(page, "volume", "lt_10k"))
    press_and_wait(page, "Space")
    tab_to(page, page.get_by_role("button", name="Save and continue"))
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Where it may run")
    assert answers(cast) == {
        "goal": ["cost_latency"],
        "unit_economics": "acceptable",
        "latency": "tight",
        "latency_evidence": "unknown",
        "volume": "lt_10k",
    }


@pytest.mark.thorough
def test_whole_wizard_is_answered_with_the_keyboard_alone(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")

    while "/result/" not in page.url:
        skip_to_main(page)
        answer_with_keys(page)
        if "/numbers/" in page.url:
            tab_until(page, "element => element.name === 'requests'")
            page.keyboard.type("40,000")
        tab_until(page, PRIMARY)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    audit = stored(cast)
    assert audit.state == "in_review"
    assert (audit.answered, audit.applicable) == (len(answers(cast)),) * 2
    assert values(audit.numbers) == {"requests": "40000"}


@pytest.mark.thorough
def test_next_questions_are_answered_with_the_keyboard_alone(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "tasks")

    while "/result/" not in page.url:
        skip_to_main(page)
        if page.locator("h1#asked").count() and page.locator("[name=share]").count():
            tab_until(page, TARGET)
            page.keyboard.type("90")
        answer_with_keys(page)
        tab_until(page, PRIMARY)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    audit = stored(cast)
    assert audit.state == "in_review"
    assert 0 < audit.answered == len(answers(cast)) < audit.applicable


def skip_to_main(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    assert_focus_is_seen(page)
    page.keyboard.press("Enter")


def answer_with_keys(page: Page) -> None:
    """Take the first option of each open question, as it comes under the focus."""
    opened = ".question:has(.option-cards):not(:has(.option-cards :checked))"
    while page.locator(opened).count():
        tab_until(page, OPTION_OF_AN_OPEN_QUESTION)
        press_and_wait(page, "Space")


@pytest.mark.thorough
def test_one_question_a_page_leads_through_the_whole_wizard_on_a_phone(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "tasks", viewport=PHONE)
    open_first_section(page)
    page.get_by_role("button", name="Show sections question by question").click()
    page.wait_for_url("**/questions/**")

    asked, checked = [], 0
    while "/numbers/" not in page.url:
        assert_no_sideways_scroll(page)
        if "/check/" in page.url:
            checked += 1
            page.get_by_role("link", name="Continue").click()
            page.wait_for_url(re.compile("/(questions|numbers)/"))
            continue
        question = page.locator("[name=shown]").input_value()
        asked.append(question)
        choose(page, question, UNKNOWN)
        save_and_continue(page)

    # In the framework's order, which a database is not asked to keep.
    given = answers(cast)
    assert asked == [
        question for question in loader.current().question_by_id if question in given
    ]
    codes = dict.fromkeys(asked, UNKNOWN)
    assert len(asked) == len(flow.applicable(loader.current(), codes))
    by_id = loader.current().question_by_id
    assert checked == len({by_id[question].section for question in asked})
    save_and_continue(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Submit and see the result").click()
    page.wait_for_url("**/result/")
    assert_no_sideways_scroll(page)
    assert stored(cast).state == "in_review"

"""A new team lead who answers what is asked next, counted in clicks and words."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.casting import Cast
from tests.e2e.browser.sections import UNKNOWN, Answers, Levels, option_of
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.e2e.test_main_job import (
    NAME,
    NO_JAVASCRIPT,
    ON_A_PHONE,
    audit_named,
    register,
    sign_in,
)
from tests.examples import thorough

pytestmark = pytest.mark.once

# A support assistant: the facts that it states are wrong, and training is running.
GIVEN: Answers = {
    "goal": ["knowledge", "style"],
    "state": "in_cycle",
    "tried": ["demo"],
    "eval": "anecdotal",
    "task_shape": "broad",
    "component": "generator",
    "examples": "thousands",
    "knowledge_size": "medium",
    "change_rate": "weekly",
}
LEVELS: Levels = {"eval": "documented"}


@dataclass
class Lead:
    """Clicks through pages, and reads all that each shows outside its folds."""

    page: Page
    clicks: int = 0
    words: int = 0
    asked: list[str] = field(default_factory=list)

    def read(self) -> None:
        """Count the words of a page, those at its sides too, as it comes."""
        self.words += len(self.page.locator("main").inner_text().split())

    def click(self, name: str) -> None:
        """Press a link or a button, and read the page that comes."""
        with self.page.expect_navigation():
            link = self.page.get_by_role("link", name=name, exact=True)
            button = self.page.get_by_role("button", name=name, exact=True)
            link.or_(button).first.click()
        self.clicks += 1
        assert_no_sideways_scroll(self.page)
        self.read()

    def answer(self) -> None:
        """Answer the question of the page, and go on."""
        question = self.page.locator("[name=shown]").input_value()
        self.asked.append(question)
        answer = GIVEN.get(question, UNKNOWN)
        for option in [answer] if isinstance(answer, str) else answer:
            option_of(self.page, question, option).locator("+ label").click()
            self.clicks += 1
        if question in LEVELS:
            level = option_of(self.page, f"level-{question}", LEVELS[question])
            level.locator("+ label").click()
            self.clicks += 1
        self.click("Save and continue")


@pytest.mark.parametrize(
    "options",
    [thorough(pytest.param(ON_A_PHONE, id="phone")), NO_JAVASCRIPT],
    ids=[None, "no_javascript"],
)
def test_lead_who_answers_what_is_next_reaches_the_review_soon(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    page = turn_page(None, "/", **options)
    sign_in(page, cast.ours.contributor)
    register(page, team="Northgate claims")
    lead = Lead(page)
    lead.read()

    lead.click("Start")
    read = lead.words
    lead.answer()
    expect(page.locator("#panel-body .panel-verdict")).to_have_text("Retrieval (RAG)")
    assert (lead.clicks <= 12, read <= 500) == (True, True)
    while page.locator("[name=shown]").count():
        lead.answer()
    lead.click("Check and submit")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    read = lead.words
    lead.click("Submit and see the result")
    audit = audit_named(cast, NAME)

    assert audit.verdict == "stop_fine_tuning"
    assert len(lead.asked) <= 12
    assert (lead.clicks <= 40, read <= 1_770) == (True, True)

"""A new team lead who answers what is asked next, counted in clicks and words."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from audits.models import Membership, Role, User
from tests.casting import PASSWORD, Cast
from tests.e2e.browser.sections import UNKNOWN, Answers, Levels, option_of
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.e2e.test_main_job import (
    NAME,
    NO_JAVASCRIPT,
    ON_A_PHONE,
    audit_named,
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


# What a page shows on a screen, and what of it leads elsewhere and is on every page.
SHOWN = """ways => {
    const spoken = [...document.querySelectorAll(
        '.visually-hidden, .skip-link, option:not(:checked)')];
    spoken.forEach(it => { it.style.display = 'none'; });
    const texts = [document.body, ...document.querySelectorAll(ways)].map(
        it => it.innerText);
    spoken.forEach(it => { it.style.display = ''; });
    return texts;
}"""
WAYS = ".site-header, .site-footer, .crumb, .wizard > :first-child"


@dataclass
class Lead:
    """Clicks through pages, and reads all that each shows outside its folds."""

    page: Page
    clicks: int = 0
    words: int = 0
    asked: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def read(self) -> None:
        """Count the words of a page, those that lead elsewhere only once."""
        whole, *ways = self.page.evaluate(SHOWN, WAYS)
        again = [way for way in ways if way in self.known]
        self.words += len(whole.split()) - len(" ".join(again).split())
        self.known.update(ways)

    def click(self, name: str) -> None:
        """Press a link or a button, and read the page that comes."""
        with self.page.expect_navigation():
            link = self.page.get_by_role("link", name=name, exact=True)
            button = self.page.get_by_role("button", name=name, exact=True)
            link.or_(button).first.click()
        self.clicks += 1
        assert_no_sideways_scroll(self.page)
        self.read()

    def fill(self, label: str, words: str) -> None:
        """Click a field, and fill it."""
        self.page.get_by_label(label).fill(words)
        self.clicks += 1

    def answer(self) -> None:
        """Answer the question of the page, and go on; no target is known yet."""
        if not self.page.locator("[name=shown]").count():
            self.click("I don’t know yet")
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


def new_lead(cast: Cast) -> User:
    """Return a contributor without a use case."""
    new = User.objects.create_user("new@northgate.example", PASSWORD, name="Nora New")
    with scope(organization=cast.ours.organization):
        Membership.objects.create(
            organization=cast.ours.organization, user=new, role=Role.CONTRIBUTOR
        )
    return new


@pytest.mark.parametrize(
    "options",
    [thorough(pytest.param(ON_A_PHONE, id="phone")), NO_JAVASCRIPT],
    ids=[None, "no_javascript"],
)
def test_lead_who_answers_what_is_next_reaches_the_review_soon(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    lead = Lead(turn_page(None, reverse("account_login"), **options))
    page = lead.page

    lead.read()
    lead.fill("Email address", new_lead(cast).email)
    lead.fill("Password", PASSWORD)
    lead.click("Sign in")
    lead.click("Register a use case")
    lead.fill("Name of the use case", NAME)
    page.get_by_label("Team", exact=True).select_option("Northgate claims")
    lead.fill("What it does", "Reads a claim and names the desk for it.")
    lead.click("Register the use case")
    lead.click("Start")
    lead.answer()
    expect(page.locator("#panel-body .panel-verdict")).to_have_text("Retrieval (RAG)")
    assert (lead.clicks <= 12, lead.words <= 500) == (True, True)
    while page.locator("[name=shown], [name=share]").count():
        lead.answer()
    lead.click("Check and submit")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    read = lead.words
    lead.click("Submit and see the result")
    audit = audit_named(cast, NAME)

    assert audit.verdict == "stop_fine_tuning"
    assert len(lead.asked) <= 12
    assert (lead.clicks <= 40, read <= 1_770) == (True, True)

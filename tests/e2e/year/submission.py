"""Registers, answers and submits a use case, and signs it off, as people do."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from audits.frameworks.loading import loader
from audits.models import Audit, Role, User
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import PASSWORD, Tenant
from tests.e2e.browser.sections import choose, save_and_continue
from tests.e2e.conftest import OpenPage
from tests.e2e.year.pages import assert_says, go
from tests.proved import save_proved
from tests.scoring.twelve_verdicts import LEVELS

PROOF = "https://wiki.example/letters"


def register(page: Page, name: str) -> None:
    page.get_by_label("Name of the use case").fill(name)
    page.get_by_label("Team", exact=True).select_option("Northgate claims")
    page.get_by_label("Stage").select_option("live")
    page.get_by_label("What it does").fill("Reads a letter and names the desk for it.")
    page.get_by_role("button", name="Register the use case").click()
    expect(page).to_have_title(f"{name}: sections – Attune")


def answer_first_section(page: Page, answers: Mapping[str, Any]) -> list[str]:
    """Answer “The job and the fault”, each with what shows it; return what was asked.

    The page has just registered the use case.
    """
    page.get_by_text("All sections").click()
    page.get_by_role("link", name="The job and the fault").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The job and the fault")
    asked = [
        question.id
        for question in loader.current().questions
        if question.section == "purpose" and question.id in answers
    ]
    for question in asked:
        given = answers[question]
        choose(page, question, *([given] if isinstance(given, str) else given))
        if question in LEVELS:
            choose(page, f"level-{question}", LEVELS[question])
    for question in asked:
        if question in LEVELS:
            show(page, question)
    save_and_continue(page)
    return asked


def show(page: Page, question: str) -> None:
    """Put a link behind an answer, and come back to its section."""
    label = loader.current().question_by_id[question].label
    page.get_by_role("link", name=f"Add a note, link or file for {label}").click()
    page.get_by_role("link", name="Add a link or a file").click()
    page.get_by_role("textbox", name="Or a link").fill(PROOF)
    page.get_by_role("button", name="Add evidence").click()
    assert_says(page, "Evidence for this answer", "wiki.example/letters")
    page.get_by_role("link", name="Back to the question").first.click()
    sections = page.get_by_role("navigation", name="Sections")
    sections.get_by_role("link", name="The job and the fault").click()


def answer(
    audit: Audit, by: User, answers: Mapping[str, Any], numbers: Mapping[str, str]
) -> None:
    levels = {name: LEVELS[name] for name in answers.keys() & LEVELS}
    save_proved(audit=audit, by=by, answers=answers, levels=levels)
    sent = {("number", name): Sent(value=value) for name, value in numbers.items()}
    save_entries(audit=fresh_audit(audit), by=by, sent=sent, sender=Sender())


def submit(page: Page, audit: Audit) -> None:
    go(page, "tasks", audit)
    page.get_by_role("link", name="Check and submit").first.click()
    page.get_by_role("button", name="Submit and see the result").click()
    page.wait_for_url("**/result/")


def review(
    ours: Tenant, audit: Audit, turn_page: OpenPage, says: Iterable[str] = ()
) -> Page:
    """Open the review from the result, as the reviewer, who reads what it says."""
    reviewer = ours.people[Role.REVIEWER]
    page = turn_page(reviewer, reverse("result", args=[audit.pk]))
    page.get_by_role("link", name="Review and sign off").click()
    assert_says(page, *says)
    return page


def sign_with_condition(page: Page, words: str, owner: User, due_on: date) -> None:
    page.locator("label", has_text="Sign off with conditions").click()
    page.get_by_label("Condition", exact=True).fill(words)
    page.get_by_label("Who meets it").select_option(str(owner))
    page.get_by_label("By when").fill(due_on.isoformat())
    send_review(page)


def sign(page: Page) -> None:
    page.locator("label", has_text=re.compile(r"^\s*Sign off\s*$")).click()
    send_review(page)


def send_review(page: Page) -> None:
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Send your review").click()
    page.wait_for_url("**/result/")

"""A results file changes the verdict by keyboard, and without JavaScript on a phone."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page, expect

from audits.models import Audit
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.e2e.browser.keyboard import follow, tab_to
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.browser.ways import BOTH_WAYS
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import SAVED
from tests.proved import show
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.wizard.candidates.made_csv import csv_of

pytestmark = pytest.mark.once


@pytest.fixture
def draft(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        audit, lead = cast.ours.draft, cast.ours.contributor
        save_answers(audit=audit, by=lead, answers=TRAINING_CASE)
        show(audit, lead)
        sent: dict[Any, Sent] = {
            ("level", q): Sent(value=x) for q, x in TRAINING_LEVELS.items()
        }
        sent["candidate", "target"] = Sent(value={"share": "0.8"})
        save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
    return audit


def select(page: Page, passed: dict[str, int]) -> None:
    """Choose a file where the browser's own dialog would."""
    file = FilePayload(name="results.csv", mimeType="text/csv", buffer=csv_of(passed))
    tab_to(page, page.locator("input[type=file]"))
    page.locator("input[type=file]").set_input_files(file)


def verdict(cast: Cast, audit: Audit) -> str:
    with scope(organization=cast.ours.organization):
        return fresh_audit(audit).verdict


@BOTH_WAYS
def test_file_changes_the_verdict_in_three_steps(
    cast: Cast, draft: Audit, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    there = reverse("candidates", args=[draft.pk])
    page = turn_page(cast.ours.contributor, there, **options)
    assert_no_sideways_scroll(page)

    select(page, {"few-shot prompt": 95, "base prompt": 60})
    follow(page, page.get_by_role("button", name="Read the file"))
    expect(page.locator("#effects")).to_contain_text("from “Fine-tune” to “Few-shot”")
    assert_no_sideways_scroll(page)
    assert verdict(cast, draft) == "fine_tune"
    follow(page, page.get_by_role("button", name="Save as candidates"))

    expect(page.get_by_role("status").first).to_contain_text("is now “Few-shot”")
    assert_no_sideways_scroll(page)
    assert verdict(cast, draft) == "few_shot"


@pytest.mark.thorough
def test_change_of_a_run_shows_at_once_what_it_would_change(
    cast: Cast, draft: Audit, turn_page: OpenPage
) -> None:
    there = reverse("candidates", args=[draft.pk])
    page = turn_page(cast.ours.contributor, there)
    select(page, {"A": 95})
    follow(page, page.get_by_role("button", name="Read the file"))
    expect(page.locator("#effects")).to_contain_text("No answer changes.")

    page.get_by_label("What “A” is").select_option("examples")

    expect(page.locator("#effects")).to_contain_text("from “Fine-tune” to “Few-shot”")
    follow(page, page.get_by_role("button", name="Save as candidates"))
    expect(page.get_by_role("status").first).to_contain_text("is now “Few-shot”")


def test_target_saves_itself_before_a_link_leads_away(
    cast: Cast, draft: Audit, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("candidates", args=[draft.pk]))

    page.get_by_label("How many of 100 cases must pass").fill("92")

    expect(page.locator("#save-status")).to_have_text(SAVED)
    page.locator("#nav-wide").get_by_role("link", name="Add the numbers").click()
    page.wait_for_url("**/numbers/")
    with scope(organization=cast.ours.organization):
        assert str(fresh_audit(draft).given_candidates.target) == "0.92"

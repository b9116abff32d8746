"""A usage file changes the verdict by keyboard, and without JavaScript on a phone."""

import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page, expect

from audits.models import Audit, UsageUpload
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.e2e.browser.keyboard import follow, tab_to
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.browser.ways import BOTH_WAYS
from tests.e2e.conftest import OpenPage
from tests.usage.long_files import long_spans
from tests.wizard.usage.made_sheets import KNOWLEDGE_CASE, KNOWLEDGE_TOKENS, sheet_of

pytestmark = pytest.mark.once

# A browser that packs for ever, so that there is time to cancel.
NEVER_PACKS = """() => {
  window.CompressionStream = class {
    constructor() {
      const never = new TransformStream({ transform: () => new Promise(() => {}) });
      this.readable = never.readable;
      this.writable = never.writable;
    }
  };
}"""
NUMBERS = {"knowledge_tokens": KNOWLEDGE_TOKENS, "prefix_tokens": "2500"}


@pytest.fixture
def draft(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        audit, lead = cast.ours.draft, cast.ours.contributor
        save_answers(audit=audit, by=lead, answers=KNOWLEDGE_CASE)
        sent = {("number", name): Sent(value=n) for name, n in NUMBERS.items()}
        save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
    return audit


def select(page: Page) -> None:
    """Choose a file where the browser's own dialog would."""
    made = sheet_of(model="gpt-4o-2024-11-20")
    file = FilePayload(name="usage.csv", mimeType="text/csv", buffer=made)
    tab_to(page, page.locator("input[type=file]"))
    page.locator("input[type=file]").set_input_files(file)


def saved(cast: Cast, audit: Audit) -> tuple[str, dict[str, str]]:
    with scope(organization=cast.ours.organization):
        fresh = fresh_audit(audit)
        return fresh.verdict, values(fresh.numbers)


@BOTH_WAYS
def test_file_changes_the_verdict_in_four_steps_and_a_minute(
    cast: Cast, draft: Audit, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    there = reverse("numbers", args=[draft.pk])
    page = turn_page(cast.ours.contributor, there, **options)
    begun = time.monotonic()

    follow(
        page, page.get_by_role("link", name="Fill in these numbers from a usage file")
    )
    assert_no_sideways_scroll(page)
    select(page)
    follow(page, page.get_by_role("button", name="Read the file"))
    expect(page.locator("#effects")).to_contain_text(
        "from “Prompt” to “Retrieval (RAG)”"
    )
    assert_no_sideways_scroll(page)
    assert saved(cast, draft) == ("prompt_long_context", NUMBERS)
    follow(page, page.get_by_role("button", name="Save the numbers"))

    told = page.get_by_role("status").filter(has_text="is now “Retrieval (RAG)”")
    expect(told).to_be_visible()
    expect(page.locator("#beneath-requests")).to_contain_text(
        "Measured: CSV, 1 August to 31 October 2026"
    )
    assert_no_sideways_scroll(page)
    assert time.monotonic() - begun < 60
    verdict, numbers = saved(cast, draft)
    assert (verdict, numbers["requests"], numbers["model"]) == (
        "rag",
        "310000",
        "gpt-4o",
    )


def test_choice_shows_what_it_would_change_and_a_number_by_hand_loses_its_mark(
    cast: Cast, draft: Audit, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("usage", args=[draft.pk]))
    select(page)
    follow(page, page.get_by_role("button", name="Read the file"))
    expect(page.locator("#effects")).to_contain_text("310,000 calls a month, not")

    page.get_by_text("The median month", exact=True).click()

    expect(page.locator("#effects")).to_contain_text("270,000 calls a month, not")
    page.get_by_role("button", name="Save the numbers").click()
    beneath = page.locator("#beneath-requests")
    expect(beneath).to_contain_text("Measured: CSV")

    page.get_by_label("Model calls a month").fill("9000")
    page.get_by_label("Model calls a month").blur()

    expect(beneath).to_contain_text("9,000 calls a month")
    expect(beneath).not_to_contain_text("Measured")


def test_large_file_is_packed_by_the_browser_and_read(
    cast: Cast, draft: Audit, turn_page: OpenPage, tmp_path: Path
) -> None:
    file = tmp_path / "spans.jsonl"
    long_spans(file, 30)
    page = turn_page(cast.ours.contributor, reverse("usage", args=[draft.pk]))
    page.locator("input[type=file]").set_input_files(file)

    page.get_by_role("button", name="Read the file").click()

    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("spans.jsonl.gz")
    with scope(organization=cast.ours.organization):
        kept = UsageUpload.objects.get(use_case=draft.use_case, format="OpenTelemetry")
    assert kept.digest == sha256(file.read_bytes()).hexdigest()


def test_packing_says_how_far_it_is_and_can_be_cancelled(
    cast: Cast, draft: Audit, turn_page: OpenPage, tmp_path: Path
) -> None:
    file = tmp_path / "spans.jsonl"
    long_spans(file, 6)
    page = turn_page(cast.ours.contributor, reverse("usage", args=[draft.pk]))
    page.evaluate(NEVER_PACKS)
    page.locator("input[type=file]").set_input_files(file)

    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("of 7 MB")).to_be_visible()
    expect(page.get_by_role("button", name="Read the file")).to_be_disabled()
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Cancel").press("Enter")

    expect(page.get_by_role("progressbar")).to_be_hidden()
    expect(page.get_by_role("button", name="Read the file")).to_be_enabled()
    assert page.locator("input[type=file]").input_value() == ""
    with scope(organization=cast.ours.organization):
        assert not UsageUpload.objects.filter(format="OpenTelemetry").exists()

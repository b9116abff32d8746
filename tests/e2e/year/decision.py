"""Carries out what the board decided: its condition, its money and its steps."""

from datetime import date

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page, expect

from audits.models import Audit, Role
from tests.casting import Tenant
from tests.conditions import condition_of
from tests.e2e.conftest import OpenPage
from tests.e2e.year.pages import assert_says, go
from tests.outcomes.signed import MODEL, sheet_of

CONDITION = "Show that two experts agree on what is right."
NOTHING_SHOWN = (
    "No usage file of the months since the decision shows more that is freed, so the "
    "amount is marked as stated."
)
FREED = "$6,949 a month since 1 January 2027 (from usage)"


def decide(page: Page) -> None:
    expect(page.get_by_label("Approved amount")).to_have_value("45,548")
    page.get_by_text("Approved", exact=True).click()
    page.get_by_label("In which meeting?").fill("Board, winter")
    page.get_by_label("Carried out by").fill("2027-03-31")
    page.get_by_role("button", name="Record the decision").click()
    assert_says(
        page,
        *("Approved, 0 of 4 steps done", "Open: Stop the training"),
        *("Decided on 15 December 2026, Board, winter: $45,548",),
        *("Open: Stop what it costs and say how much is freed",),
        *(CONDITION, "Due to be carried out by 31 March 2027."),
    )


def meet_the_condition(ours: Tenant, audit: Audit, turn_page: OpenPage) -> None:
    with scope(organization=ours.organization):
        condition = condition_of(audit)
    there = reverse("condition", args=[condition.pk])
    page = turn_page(ours.contributor, there)
    page.get_by_label("How it was met").fill("46 of 50 cases.")
    page.get_by_label("Link to the proof").fill("https://wiki.example/experts")
    page.get_by_role("button", name="Mark as met").click()
    said = "Northgate contributor says that it is met, with the link “wiki.example/exp"
    assert_says(page, said)
    page = turn_page(ours.people[Role.REVIEWER], there)
    page.get_by_role("button", name="Confirm that it is met").click()
    met = "It is met, confirmed by Northgate reviewer on 5 January 2027"
    assert_says(page, met, "46 of 50 cases.", "Proof: wiki.example/experts")
    go(page, "board", audit)
    assert_says(page, "Approved, 1 of 4 steps done", CONDITION, met)


def upload_usage(page: Page) -> None:
    """Let the usage of January count, of the model of the use case alone.

    The page says that no usage shows what is freed, and leads to the files.
    """
    assert_says(page, NOTHING_SHOWN)
    page.get_by_role("link", name="See the usage files").click()
    assert_says(page, "No usage file yet.")
    usage = sheet_of("700", first=date(2027, 1, 1), models=f"{MODEL}+gpt-6-luna")
    file = FilePayload(name="usage.csv", mimeType="text/csv", buffer=usage)
    chooser = page.get_by_role("button", name="Usage file", exact=True)
    chooser.set_input_files(file)
    page.get_by_role("button", name="Read the usage file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What usage.csv says")
    page.get_by_label("gpt-6-luna").uncheck()
    page.get_by_label(MODEL).check()
    expect(page.locator("#effects")).to_contain_text("January 2027")
    page.get_by_role("button", name="Count these models").click()
    assert_says(page, "January 2027", "usage.csv", MODEL)


def carry_out(page: Page, audit: Audit) -> None:
    """Free what usage shows, and stop the training."""
    go(page, "board_step", audit, "money")
    assert_says(
        page,
        "A month of the plan cost $9,349, and the latest month of usage $2,400. So "
        "$6,949 a month is proposed.",
    )
    page.get_by_role("button", name="Save that it is done").click()
    assert_says(
        page,
        "Approved, 2 of 4 steps done",
        f"{FREED}, reported by Northgate contributor",
    )
    for step, known in (
        ("Set up “Retrieval”", "It answers since Monday."),
        ("Stop the training", "The job was ended."),
    ):
        page.get_by_role("link", name=step).click()
        page.get_by_label("How is that known?").fill(known)
        page.get_by_role("button", name="Save that it is done").click()
    assert_says(page, "Approved and carried out", "Done: Training stopped")
    go(page, "board_step", audit, "money")
    assert_says(page, NOTHING_SHOWN)

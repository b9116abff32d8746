"""Asks for papers and packs on their pages, and makes them as the worker does."""

from decimal import Decimal

from django_scopes import scope
from playwright.sync_api import Page, expect

from audits.models import Audit, BoardPack, Report
from audits.portfolio.files.register import HEADINGS, register_rows
from audits.reports.tasks import make_pack, make_report
from tests.casting import Tenant
from tests.e2e.year.decision import FREED
from tests.e2e.year.pages import downloaded


def make_paper(page: Page, audit: Audit) -> Report:
    """Make the paper of the result that is open."""
    page.get_by_role("button", name="Make the board paper").click()
    expect(page.get_by_role("status")).to_have_text("In queue")
    with scope(organization=audit.organization):
        paper = Report.objects.get(audit=audit)
    make_report.call(str(audit.organization_id), str(paper.pk))
    return paper


def first_page_of_pack(page: Page, ours: Tenant, meeting: str) -> str:
    """Make a pack of the whole portfolio, which is open, and read its first page."""
    page.get_by_text("Make a board pack", exact=True).click()
    page.get_by_label("Meeting and date of the board pack").fill(meeting)
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_role("status")).to_have_text("In queue")
    with scope(organization=ours.organization):
        pack = BoardPack.objects.get(meeting=meeting)
    make_pack.call(str(ours.organization.pk), str(pack.pk))
    expect(page.get_by_role("status")).to_have_text("The pack is ready.")
    return downloaded(page)


def assert_says_what_was_freed(words: str, ours: Tenant) -> None:
    """Although the decision is older than the earlier pack, and not open any more."""
    for said in (
        "Since the pack of 15 December 2026, and all that is open: 1 decision. None "
        "that was approved is open. Freed so far: $6,949 a month (from usage), $76,439 "
        "over 12 months of the plans; training stopped: $19,483 once.",
        f"Freed: {FREED}, said by Northgate contributor",
        "Approved and carried out (decided on 15 Dec 2026) $45,548 $6,949 a month: "
        "$76,439 over 12 months of the plan 31 Mar 2027",
    ):
        assert said in words
    with scope(organization=ours.organization):
        [row] = register_rows()
    found = dict(zip(HEADINGS, row, strict=True))
    assert found["Approved amount"] == Decimal(45_548)
    assert found["Freed a month so far"] == Decimal(6949)
    assert found["State"] == "Approved and carried out"

"""A page 1 that is too long for one page: whole, and its author is told."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Cover, Report, Role
from audits.reports.context import build_paper
from audits.reports.page_one import ROOM
from audits.reports.pdf_client import to_html
from audits.reports.tasks import queue_report
from audits.reports.typesetting.overflow import Overflow, in_words
from audits.reports.typesetting.sheets import STEPS
from audits.services.papers.covers import save_cover
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.reports.packs.made_packs import ask_for_pack, read
from tests.reports.test_tasks import IMMEDIATE

pytestmark = pytest.mark.once

WIDE = "WM"
_AGREED = {"sponsor_agreed_on": date(2026, 9, 30)}
# What somebody wrote; Attune's own words are not theirs to shorten.
OF_AUTHOR = {
    "What the use case does",
    "Decision needed",
    "Once signed off",  # the same of what waits for that
    "If we do nothing",
    "Why now",
    "Main risks",
    "Next date",
}


def wide(room: int) -> str:
    """Return words of nothing but the widest letters, as long as there is room."""
    return ((WIDE * 6 + " ") * room)[:room].rstrip()


@pytest.fixture
def tenant(cast: Cast, settings: Settings) -> Iterator[Tenant]:
    """Our tenant, with the author's words at every budget and as wide as can be."""
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        tenant.submitted.use_case.name = wide(80)
        tenant.submitted.use_case.summary = wide(300)
        tenant.submitted.use_case.save()
        risk = {"text": wide(ROOM["risk"]), "owner": wide(ROOM["owner"])}
        names = (
            "meeting",
            "sponsor",
            "decision_asked",
            "if_nothing",
            "why_now",
            "next_date",
        )
        words = {name: wide(ROOM[name]) for name in names}
        save_cover(
            audit=tenant.submitted,
            by=tenant.contributor,
            fields={**words, **_AGREED, "risks": [risk] * 3},
        )
        tenant.submitted.use_case.owner.name = wide(80)
        tenant.submitted.use_case.owner.save()
        tenant.submitted.refresh_from_db()  # the names as they are now
        yield tenant


def page_of(report: Report, tenant: Tenant, role: Role) -> str:
    client = Client()
    client.force_login(tenant.people[role])
    return html_of(client.get(reverse("paper", args=[report.pk])))


@pytest.mark.thorough
def test_author_reads_what_to_shorten_and_nothing_is_cut(tenant: Tenant) -> None:
    report = queue_report(audit=tenant.submitted, by=tenant.contributor)
    report.refresh_from_db()

    assert report.state == Report.State.READY
    assert report.notice.startswith("The summary is 2 pages long. Shorten: ")
    assert "Main risks (" in report.notice
    assert "lines over)" in report.notice
    named = re.findall(r"(?:Shorten: |, )(.+?) \(\d+ lines? over\)", report.notice)
    assert set(named) <= OF_AUTHOR
    page = page_of(report, tenant, Role.CONTRIBUTOR)
    assert report.notice in page
    assert "Edit page 1" in page
    assert "Edit page 1" not in page_of(report, tenant, Role.VIEWER)


@pytest.mark.thorough
def test_author_reads_that_the_description_is_long(tenant: Tenant) -> None:
    tenant.submitted.use_case.summary = wide(500)
    tenant.submitted.use_case.save()

    report = queue_report(audit=tenant.submitted, by=tenant.contributor)
    report.refresh_from_db()

    assert "What the use case does (" in report.notice


@pytest.mark.thorough
def test_sentences_of_attune_are_not_named(tenant: Tenant) -> None:
    paper = build_paper(tenant.submitted, Cover(audit=tenant.submitted))
    html = to_html(paper, STEPS[0])

    page, _, _ = html.partition('<section class="part" id="appendix"')
    assert page.count("data-lines=") == 1
    assert 'data-name="What the use case does"' in page


@pytest.mark.thorough
def test_paper_that_fits_has_no_notice(cast: Cast, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        save_cover(
            audit=tenant.submitted,
            by=tenant.contributor,
            fields={"why_now": "The contract ends in May."},
        )
        report = queue_report(audit=tenant.submitted, by=tenant.contributor)
        report.refresh_from_db()

    assert (report.state, report.notice) == (Report.State.READY, "")
    assert "pages long" not in page_of(report, tenant, Role.CONTRIBUTOR)


def test_pack_tells_which_decision_runs_over(tenant: Tenant) -> None:
    pack = ask_for_pack(tenant)
    pack.refresh_from_db()

    assert pack.notice.startswith("Decision 1 is 2 pages long. Shorten: ")
    assert len(read(pack).pages) == 3


def test_notice_names_three_and_counts_the_rest() -> None:
    over = [Overflow(f"decision-{n}", 2, (("Why now", 1),)) for n in range(1, 6)]

    assert in_words(over[:1]) == (
        "Decision 1 is 2 pages long. Shorten: Why now (1 line over)."
    )
    assert in_words(over).endswith(" 2 more are too long as well.")
    assert in_words([Overflow("page-1", 2, ())]) == "The summary is 2 pages long."
    assert in_words([]) == ""

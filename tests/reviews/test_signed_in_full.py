"""Who signs reads everything that the signature covers; later changes are told."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook

from audits.models import Audit, PortfolioRow, Review, Role, Stage, Team
from audits.reports.context import build_paper
from audits.services.papers.covers import save_cover
from audits.services.papers.reports import is_current, request_report
from audits.services.portfolio.rows import follow_use_cases, rebuild_portfolio_rows
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.wizard.page_forms import hidden

WORDS = {
    "sponsor": "R. Adeyemi, Claims",
    "decision_asked": "Approve 5 million for the CTO.",
    "risks": [{"text": "The wrong page is found.", "owner": "M. Okafor"}],
    "next_date": "10 March 2027: result on the 240 cases.",
}


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def wrote(cast: Cast, role: Role, **words: Any) -> None:
    audit, by = cast.ours.submitted, cast.ours.people[role]
    save_cover(audit=audit, by=by, fields=words)


def approve(cast: Cast) -> Review:
    return review_audit(
        audit=cast.ours.submitted,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(cast.ours.submitted),
    )


def changed(cast: Cast, **fields: Any) -> Audit:
    """Change the use case as an import does, and return its audit as it is now."""
    use_case = cast.ours.submitted.use_case
    for name, value in fields.items():
        setattr(use_case, name, value)
    use_case.save()
    follow_use_cases([use_case])
    return Audit.objects.with_use_case().get(pk=cast.ours.submitted.pk)


def page(cast: Cast, route: str, role: Role) -> str:
    url = reverse(route, args=[cast.ours.submitted.pk])
    return html_of(client_of(cast, role).get(url))


def form_part(page: str) -> str:
    """Return the page of a review without its head, where the name is anyway."""
    return page.partition("Page 1 of the board paper, part of what you sign")[2]


@pytest.mark.thorough
@pytest.mark.once
def test_page_that_is_signed_shows_all_of_the_use_case(cast: Cast) -> None:
    changed(cast, summary="Shares health data with the vendor", stage="live")

    shown = form_part(page(cast, "review", Role.REVIEWER))

    for label, words in (
        ("Name", "<bdi>Northgate handbook</bdi>"),
        ("Team", "<bdi>Northgate claims</bdi>"),
        ("Owner", "<bdi>Northgate contributor</bdi>"),
        ("Stage", f"Live: {Stage.LIVE.meaning}"),
    ):
        assert f"<dt>{label}</dt><dd>{words}</dd>" in shown
    assert "<bdi>Shares health data with the vendor</bdi>" in shown


@pytest.mark.thorough
@pytest.mark.once
def test_page_that_is_signed_shows_page_1_and_who_wrote_it_last(cast: Cast) -> None:
    wrote(cast, Role.CONTRIBUTOR, **WORDS)
    wrote(cast, Role.ADMIN, why_now="The price fell.")

    shown = form_part(page(cast, "review", Role.REVIEWER))

    for words in (
        "For decision",
        "R. Adeyemi, Claims",
        "Approve 5 million for the CTO.",
        "The price fell.",
        "The wrong page is found. (M. Okafor)",
        "10 March 2027: result on the 240 cases.",
    ):
        assert f"<bdi>{words}</bdi>" in shown
    both = "Written by <bdi>Northgate contributor and Northgate admin</bdi>."
    assert f"{both} <bdi>Northgate admin</bdi> last changed it on " in shown


@pytest.mark.thorough
@pytest.mark.once
def test_empty_page_1_is_shown_as_it_prints(cast: Cast) -> None:
    one = build_paper(cast.ours.submitted).one

    shown = form_part(page(cast, "review", Role.REVIEWER))

    assert not one.why_now
    assert (
        '<dt>Why now</dt><dd><span class="block"><bdi>Empty</bdi></span></dd>' in shown
    )
    for words in (one.decision_asked, one.next_date):
        assert f"<bdi>{words}</bdi>" in shown
    assert one.known_risks[-1] == "The author names no others."
    for risk in one.known_risks:
        assert f'<span class="block"><bdi>{risk}</bdi></span>' in shown
    assert shown.count("Filled in from the assessment.") == 4
    assert "Nobody has written anything on page 1." in shown


@pytest.mark.thorough
def test_review_names_the_page_1_that_it_shows(cast: Cast) -> None:
    wrote(cast, Role.CONTRIBUTOR, **WORDS)
    url = reverse("review", args=[cast.ours.submitted.pk])

    [named] = hidden(client_of(cast, Role.REVIEWER), url)["submission"]

    assert named == submission_of(cast.ours.submitted)


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize("is_signed", [False, True])
def test_viewer_reads_the_summary_and_page_1_on_the_result(
    cast: Cast, *, is_signed: bool
) -> None:
    wrote(cast, Role.CONTRIBUTOR, **WORDS)
    if is_signed:
        approve(cast)

    shown = page(cast, "result", Role.VIEWER)

    summary = cast.ours.submitted.use_case.summary
    assert f"<strong>What it does:</strong> <bdi>{summary}</bdi>" in shown
    stage = f"Stage: Planned ({Stage.PLANNED.meaning})"
    assert f"Owner: <bdi>Northgate contributor</bdi> · {stage}" in shown
    assert "<bdi>Approve 5 million for the CTO.</bdi>" in shown
    assert "changed after the sign-off" not in shown


def test_team_owner_and_stage_that_change_below_a_signature_are_told(
    cast: Cast,
) -> None:
    report, _ = request_report(audit=cast.ours.submitted, by=cast.ours.contributor)
    review = approve(cast)
    team = Team.objects.create(organization=cast.ours.organization, name="Evil team")

    audit = changed(
        cast, team=team, owner=cast.ours.people[Role.ADMIN], stage="building"
    )

    said = (
        "Signed off for the team “Northgate claims”, with Northgate contributor as its "
        "owner and at the stage “Planned”."
    )
    assert (review.team, review.owner) == ("Northgate claims", cast.ours.contributor)
    assert said in page(cast, "result", Role.VIEWER)
    assert build_paper(audit).since_sign_off == (said,)
    report.audit = audit
    assert not is_current(report=report)


@pytest.mark.once
def test_long_summary_that_was_signed_is_in_the_appendix(cast: Cast) -> None:
    changed(cast, summary="It reads. " * 50)
    approve(cast)

    paper = build_paper(changed(cast, summary="Harmless"))

    [short], [whole] = paper.since_sign_off, paper.signed.all_since
    assert short == (
        "The use case was described differently at the sign-off; A8 says what was "
        "signed."
    )
    assert whole.startswith("Signed off with the summary “It reads. It reads.")


def files(client: Client) -> dict[str, list[Any]]:
    """Return what the files of the portfolio say under “Signed off under the name”."""
    found = {}
    for kind in ("csv", "json", "xlsx"):
        response: Any = client.get(reverse(f"portfolio_{kind}"), {"sort": "name"})
        found[kind] = b"".join(response.streaming_content)
    rows = list(csv.DictReader(io.StringIO(found["csv"].decode("utf-8-sig"))))
    sheet: Any = load_workbook(io.BytesIO(found["xlsx"])).active
    heads, *cells = list(sheet.values)
    named = "Signed off under the name"
    return {
        "csv": [row[named] or None for row in rows],
        "json": [row["signed_as"] for row in json.loads(found["json"])["use_cases"]],
        "xlsx": [row[heads.index(named)] for row in cells],
    }


@pytest.mark.thorough
@pytest.mark.once
def test_name_that_was_signed_is_in_the_portfolio_and_in_its_files(cast: Cast) -> None:
    approve(cast)
    client = client_of(cast, Role.VIEWER)
    as_signed = html_of(client.get(reverse("portfolio")))

    changed(cast, name="Claims auto-rejection (live)")

    said = "Signed off under the name “<bdi>Northgate handbook</bdi>”"
    assert "Signed off under the name" not in as_signed
    assert said in html_of(client.get(reverse("portfolio")))
    for signed in files(client).values():
        assert sorted(map(str, signed)) == ["None", "Northgate handbook"]


@pytest.mark.thorough
@pytest.mark.once
def test_name_that_was_signed_is_in_the_action_kit(cast: Cast) -> None:
    approve(cast)
    changed(cast, name="Claims auto-rejection (live)")

    url = reverse("action_kit", args=[cast.ours.submitted.pk])
    content: Any = client_of(cast, Role.VIEWER).get(url)

    kit = ZipFile(io.BytesIO(content.content)).read("readme.md").decode()
    assert "\nSigned off under the name “Northgate handbook”.\n" in kit


@pytest.mark.thorough
def test_portfolio_names_only_the_sign_off_that_counts_now(cast: Cast) -> None:
    approve(cast)
    changed(cast, name="Renamed")
    row = PortfolioRow.objects.get(use_case=cast.ours.submitted.use_case)
    PortfolioRow.objects.filter(pk=row.pk).update(signed_name="")
    rebuild_portfolio_rows(organization=cast.ours.organization)
    row.refresh_from_db()
    rebuilt = row.signed_as

    new = begin_again(audit=cast.ours.submitted, by=cast.ours.contributor)
    row.refresh_from_db()
    begun = row.signed_as
    new = submit_audit(audit=new, by=cast.ours.contributor)
    review_audit(
        audit=new,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(new),
    )

    row.refresh_from_db()
    assert (rebuilt, begun, row.signed_as) == (*("Northgate handbook",) * 2, "")

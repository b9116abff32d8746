"""Nothing of the other organization shows, anywhere."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from audits.models import (
    AnswerRequest,
    Audit,
    BoardPack,
    Comment,
    ConditionStep,
    DroppedResults,
    Event,
    Evidence,
    Feed,
    FileProblem,
    Outcome,
    PackDecision,
    PortfolioRow,
    ReadMark,
    Report,
    Rescore,
    ResultsCheck,
    ResultsFile,
    Review,
    Role,
    SavedView,
    SignOffCondition,
    Snapshot,
    Team,
    UsageUpload,
    UseCase,
)
from audits.models.organizations import REVIEWERS
from audits.portfolio_checks.checks import CHECKS_BY_ID
from tests.access.files import FILES, ROW_OF, address_of, who_may
from tests.casting import CANARY, Cast
from tests.pages import html_of
from tests.signed_in import sign_in


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=pytest.mark.on_both if role == Role.ADMIN else ())
        for role in Role
    ],
)
def test_pages_show_no_word_of_the_other_organization(cast: Cast, role: Role) -> None:
    client = Client()
    client.force_login(cast.ours.people[role])
    pages = [
        reverse("use_cases"),
        reverse("portfolio"),
        reverse("portfolio") + f"?q={cast.theirs.draft.use_case.name[:3]}&sort=team",
        reverse("portfolio") + f"?team={cast.theirs.team.public_id}",
        reverse("team", args=[cast.ours.team.public_id]),
        reverse("quarters"),
        reverse("teams"),
        reverse("saved_views"),
        reverse("saved_views") + f"?team={cast.theirs.team.public_id}",
        reverse("calendars"),
        reverse("calibration"),
        reverse("search", query={"q": cast.theirs.draft.use_case.name[:3]}),
        reverse("time_machine"),
        reverse("time_machine") + f"?team={cast.theirs.team.public_id}&on=2024-08-06",
        reverse("portfolio_checks"),
        *(reverse("portfolio_check", args=[check]) for check in CHECKS_BY_ID),
        reverse("method"),
        reverse("verify"),
        reverse("inbox"),
        reverse("packs"),
        reverse("pack", args=[cast.ours.pack.pk]),
        reverse("result", args=[cast.ours.submitted.pk]),
        reverse("what_if", args=[cast.ours.submitted.pk]),
        reverse("what_if", args=[cast.ours.submitted.pk]) + "?a.knowledge_size=small",
        reverse("experiments", args=[cast.ours.submitted.pk]),
        reverse("experiment", args=[cast.ours.submitted.pk, "tried"]),
        reverse("paper", args=[cast.ours.report.pk]),
        reverse("add_evidence", args=[cast.ours.draft.pk, "quality_gap"]),
    ]
    if role != Role.VIEWER:
        pages += [
            reverse("register"),
            reverse("import_upload"),
            reverse("check", args=[cast.ours.draft.pk]),
            reverse("ask", args=[cast.ours.draft.pk]),
            reverse("ask", args=[cast.ours.draft.pk]) + "?section=purpose",
            reverse("section", args=[cast.ours.draft.pk, "purpose"]),
            reverse("tasks", args=[cast.ours.draft.pk]),
            reverse("cover", args=[cast.ours.submitted.pk]),
            reverse("next_question", args=[cast.ours.draft.pk, "goal"]),
            reverse("use_case_details", args=[cast.ours.draft.pk]),
            reverse("delete_use_case", args=[cast.ours.draft.pk]),
            reverse("section_check", args=[cast.ours.draft.pk, "purpose"]),
            reverse("question", args=[cast.ours.draft.pk, "state"]),
            reverse("numbers", args=[cast.ours.draft.pk]),
        ]
    if role == Role.CONTRIBUTOR:  # who uploaded it
        pages += [
            reverse("import", args=[cast.ours.inventory.pk]),
            reverse("bulk_change", args=[cast.ours.change.pk]),
            reverse("bulk_changes"),
            reverse("change_many") + f"?case={cast.theirs.draft.use_case_id}",
            reverse("change_many") + "?which=all",
        ]
    if role in REVIEWERS:
        pages.append(reverse("review", args=[cast.ours.submitted.pk]))

    for page in pages:
        response = client.get(page)

        assert response.status_code == 200, page
        assert CANARY not in html_of(response), page


@pytest.mark.parametrize("name", FILES)
def test_files_have_no_word_of_the_other_organization(cast: Cast, name: str) -> None:
    client, row = Client(), ROW_OF[name]
    sign_in(client, cast.ours.people[who_may(row)])

    found: Any = client.get(address_of(row, cast.ours))

    assert found.status_code == 200
    for content in unpacked(found.getvalue()):
        assert CANARY.encode() not in content


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield a file, or those in it: a workbook is a zip, too."""
    file = io.BytesIO(content)
    if not zipfile.is_zipfile(file):
        yield content
        return
    with zipfile.ZipFile(file) as archive:
        yield from map(archive.read, archive.namelist())


def test_paper_of_our_audit_is_ours(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)

    response = client.get(reverse("paper_file", args=[cast.ours.report.pk]))

    assert b"".join(response.streaming_content) == b"%PDF Northgate"  # type: ignore[attr-defined]


def test_pack_of_our_portfolio_is_ours(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)

    response = client.get(reverse("pack_file", args=[cast.ours.pack.pk]))

    assert b"".join(response.streaming_content) == b"%PDF pack of Northgate"  # type: ignore[attr-defined]


def test_evidence_file_of_ours_is_ours(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)

    response = client.get(reverse("evidence_file", args=[cast.ours.evidence.pk]))

    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content == b"Northgate got 12 of 40 right"


@pytest.mark.parametrize(
    "model",
    [
        *(AnswerRequest, Audit, BoardPack, Comment, Event, Evidence, Feed, FileProblem),
        *(PackDecision, Report, Rescore, ResultsFile, Review, SavedView, Snapshot),
        *(ConditionStep, DroppedResults, Outcome, PortfolioRow, ReadMark),
        *(ResultsCheck, SignOffCondition, Team, UsageUpload, UseCase),
    ],
)
def test_queries_refuse_to_run_outside_an_organization(
    cast: Cast, model: type[Audit]
) -> None:
    with pytest.raises(ScopeError):
        model.objects.count()


@pytest.mark.on_both
def test_queries_inside_an_organization_see_only_it(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        names = set(UseCase.objects.values_list("name", flat=True))

    assert names == {"Northgate triage", "Northgate handbook"}


def test_team_of_another_organization_cannot_be_chosen(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)
    form = {
        "name": "Ours",
        "summary": "Ours",
        "stage": "planned",
        "team": cast.theirs.team.public_id,
    }

    response = client.post(reverse("register"), form)

    assert response.status_code == 200
    assert "Select a valid choice" in html_of(response)
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.count() == 2


@pytest.mark.on_both
def test_role_taken_away_counts_from_the_next_request(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)
    assert client.get(reverse("register")).status_code == 200

    with scope(organization=cast.ours.organization):
        cast.ours.contributor.memberships.update(role=Role.VIEWER)

    assert client.get(reverse("register")).status_code == 403

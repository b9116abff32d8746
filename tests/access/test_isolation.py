"""Nothing of the other organization shows, anywhere."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from audits.models import Role, UseCase
from audits.portfolio_checks.checks import CHECKS_BY_ID
from tests.access.files import FILES, ROW_OF, address_of, who_may
from tests.casting import CANARY, Cast
from tests.pages import html_of
from tests.signed_in import sign_in


@pytest.mark.on_both
def test_pages_show_no_word_of_the_other_organization(cast: Cast) -> None:
    """Asked for with its words and ids; `test_permissions.py` reads all as they are."""
    client = Client()
    client.force_login(cast.ours.contributor)
    ours, theirs = cast.ours, cast.theirs
    word, team = theirs.draft.use_case.name[:3], theirs.team.public_id

    for page in (
        reverse("portfolio") + f"?q={word}&sort=team",
        reverse("portfolio") + f"?team={team}",
        reverse("saved_views") + f"?team={team}",
        reverse("search", query={"q": word}),
        reverse("time_machine") + f"?team={team}&on=2024-08-06",
        *(reverse("portfolio_check", args=[check]) for check in CHECKS_BY_ID),
        reverse("what_if", args=[ours.submitted.pk]) + "?a.knowledge_size=small",
        reverse("experiment", args=[ours.submitted.pk, "tried"]),
        reverse("add_evidence", args=[ours.draft.pk, "quality_gap"]),
        reverse("ask", args=[ours.draft.pk]) + "?section=purpose",
        reverse("question", args=[ours.draft.pk, "state"]),
        reverse("change_many") + f"?case={theirs.draft.use_case_id}",
        reverse("change_many") + "?which=all",
        reverse("with_ticked") + f"?make=pack&case={theirs.draft.use_case_id}",
    ):
        response = client.get(page)

        assert response.status_code == 200, page
        assert CANARY not in html_of(response), page


@pytest.mark.on_both
def test_pages_of_an_administrator_ask_for_more_and_show_no_word(cast: Cast) -> None:
    """What only they are shown is read by other statements."""
    client = Client()
    client.force_login(cast.ours.people[Role.ADMIN])

    for page in ("use_cases", "portfolio", "import_upload", "inbox", "time_machine"):
        response = client.get(reverse(page))

        assert response.status_code == 200, page
        assert CANARY not in html_of(response), page


# These have words of nobody: a picture, and what is worked out of an audit alone.
WORDLESS = {"picture_png", "result_json", "experiment_file"}
# In the cast these are empty; `test_canaries.py` fills them.
EMPTY = {
    *("decisions_csv", "decisions_xlsx", "quarters_csv", "quarters_xlsx"),
    *("calibration_csv", "import_report", "import_refused"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_have_no_word_of_the_other_organization(cast: Cast, name: str) -> None:
    """And those of the other one have, so that its lack here tells something."""
    row, has_word = ROW_OF[name], []

    for tenant in (cast.ours, cast.theirs):
        client = Client()
        sign_in(client, tenant.people[who_may(row)])
        found: Any = client.get(address_of(row, tenant))
        assert found.status_code == 200
        has_word.append(any(CANARY.encode() in x for x in unpacked(found.getvalue())))

    assert has_word == [False, name not in WORDLESS | EMPTY]


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


def test_queries_refuse_to_run_outside_an_organization(cast: Cast) -> None:
    """Each model of what belongs to an organization, by each of its managers."""
    asked = []

    for model in apps.get_app_config("audits").get_models():
        if any(field.name == "organization" for field in model._meta.local_fields):
            for manager in model._meta.managers:
                asked.append(f"{model.__name__}.{manager.name}")
                with pytest.raises(ScopeError):
                    manager.count()

    assert {"Audit.objects", "Membership.ever", "TeamRole.objects"} <= {*asked}
    assert len(asked) > 50


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

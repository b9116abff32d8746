"""The role of the app may add to the record, and neither change nor remove a line."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Event, Organization, Report, UseCase
from audits.services.answers.answers import save_answers
from audits.services.reviews.drafts.discarding import discard_draft
from audits.services.reviews.drafts.renewals import begin_again
from tests.casting import PASSWORD, build_cast
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE
from tests.wizard.page_forms import hidden

pytestmark = pytest.mark.on_both

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no roles"
)


@pytest.fixture
def role() -> Iterator[str]:
    name = f"attune_record_{secrets.token_hex(4)}"
    yield name
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone():
            cursor.execute(f"GRANT {name} TO CURRENT_USER")  # who is no superuser
            cursor.execute(f"DROP OWNED BY {name}")
            cursor.execute(f"DROP ROLE {name}")


@contextmanager
def connected_as(role: str) -> Iterator[None]:
    """Connect as a role, and as the owner again afterwards."""
    owner = connection.settings_dict["USER"]
    _reconnect(role)
    try:
        yield
    finally:
        _reconnect(owner)


def _reconnect(user: str) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["USER"] = user


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has roles")
def test_sqlite_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="SQLite has no roles") as refused:
        call_command("restrict_record", "--role", "attune_app")

    assert refused.value.returncode == 2


@on_postgresql
def test_dry_run_prints_the_statements_and_runs_none(
    db: None, role: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("restrict_record", "--role", role, "--dry-run")

    said = capsys.readouterr().out
    assert f'CREATE ROLE "{role}" LOGIN;' in said
    assert f'GRANT SELECT, INSERT ON TABLE "audits_event" TO "{role}";' in said
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        assert cursor.fetchone() is None


@on_postgresql
@pytest.mark.parametrize("name", ["attune", "Attune App", 'x"; DROP TABLE'])
def test_role_that_nothing_restricts_is_refused(db: None, name: str) -> None:
    if name == "attune":
        name = connection.settings_dict["USER"]

    with pytest.raises(CommandError) as refused:
        call_command("restrict_record", "--role", name)

    assert refused.value.returncode == 2


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_app_runs_as_the_role_and_cannot_rewrite_the_record(
    role: str, settings: Settings, tmp_path: Path
) -> None:
    settings.RECORD_ANCHORS = tmp_path / "anchors"
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
    }
    cast = build_cast()
    tenant = cast.ours
    for _ in range(2):  # a second time changes nothing
        call_command("restrict_record", "--role", role)

    with connected_as(role):
        lead, reviewer = Client(), Client()
        for client, name in ((lead, "contributor"), (reviewer, "reviewer")):
            form = {"login": f"{name}@northgate.example", "password": PASSWORD}
            client.post(reverse("account_login"), form)
        form = {
            "name": "Pricing",
            "summary": "Prices",
            "stage": "planned",
            "team": str(tenant.team.public_id),
        }
        lead.post(reverse("register"), form)
        with scope(organization=tenant.organization):
            use_case = UseCase.objects.get(name="Pricing")
            audit = Audit.objects.get(use_case=use_case)
            save_answers(
                audit=audit, by=tenant.contributor, answers=FIRM_RETRIEVAL_CASE
            )
        read = hidden(lead, reverse("check", args=[audit.pk]))
        lead.post(reverse("submit", args=[audit.pk]), read)
        lead.post(reverse("request_paper", args=[audit.pk]))
        with scope(organization=tenant.organization):
            report = Report.objects.get(audit=audit)
        paper = lead.get(reverse("paper_file", args=[report.pk]))
        page = reviewer.get(reverse("review", args=[audit.pk])).context["form"]
        reviewer.post(
            reverse("review", args=[audit.pk]),
            {**page.initial, "outcome": "approved", "words": ""},
        )
        assert b"".join(paper.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
        with scope(organization=tenant.organization):
            audit.refresh_from_db()
            assert audit.state == Audit.State.SIGNED_OFF
            again = begin_again(audit=audit, by=tenant.contributor)
            discard_draft(audit=again, by=tenant.contributor)
        call_command("housekeeping", verbosity=0)
        call_command("verify_record")
        for statement in (
            "UPDATE audits_event SET verb = 'x'",
            "DELETE FROM audits_event",
            "TRUNCATE audits_event",
        ):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        empty = Organization.objects.create(name="Empty", slug="empty")
        assert empty.delete()[0] == 1
    with scope(organization=tenant.organization):
        assert Event.objects.filter(verb="report.downloaded").exists()

"""Readiness names what keeps the site from working; liveness asks nobody."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from audits.models import Session
from tests.pages import html_of


def ready() -> tuple[int, str]:
    answer = Client().get("/readyz")
    return answer.status_code, html_of(answer)


@pytest.mark.thorough
def test_site_that_can_work_says_so_and_leaves_nothing(db: None) -> None:
    assert ready() == (200, "ok")
    assert not Session.objects.exists()


def test_missing_migration_is_named(db: None) -> None:
    MigrationRecorder(connection).record_unapplied("audits", "0001_initial")

    assert ready() == (503, "Migrations not applied: 1. Run manage.py migrate.")


def test_full_disk_is_named(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    full = shutil.disk_usage("/")._replace(free=5 * 1024**2)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)

    # Anybody may ask: how much is left is for the log alone.
    assert ready() == (503, "MEDIA_ROOT has less than 200 MB left.")
    assert "MEDIA_ROOT has 5 MB left" in caplog.text


def test_folder_that_is_not_made_yet_is_no_fault(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"

    assert ready() == (200, "ok")


def test_job_that_nobody_takes_is_named(db: None) -> None:
    job = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="audits.reports.tasks.make_report",
        backend_name="default",
        run_after=timezone.now(),
    )
    job.enqueued_at = timezone.now() - timedelta(minutes=12)
    job.save()

    assert ready() == (503, "A job has waited for 12 minutes for a worker.")


def test_livez_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/livez")

    assert (answer.status_code, answer.content) == (200, b"ok")

"""What has had its time is removed, a few rows at a time; nothing else is."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from audits.models import Session
from audits.services.jobs.expiry import remove_ended_sessions, remove_old_tasks
from tests.casting import Cast


def sessions(number: int, **ago: int) -> list[Session]:
    ended = timezone.now() - timedelta(**ago)
    return Session.objects.bulk_create(
        Session(session_key=f"{ago}-{place}", session_data="x", expire_date=ended)
        for place in range(number)
    )


def task(status: str, **times: Any) -> "DBTaskResult[Any, Any]":
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="audits.reports.tasks.make_report",
        backend_name="default",
        run_after=timezone.now(),
        exception_class_path="",
        traceback="",
        **times,
    )


def test_sessions_that_ended_are_removed_and_others_kept(db: None) -> None:
    sessions(3, minutes=1)
    [lives] = sessions(1, minutes=-1)

    assert remove_ended_sessions() == 3
    assert list(Session.objects.all()) == [lives]


def test_one_turn_takes_no_more_than_ten_batches(
    db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sessions(10_001, days=1)

    with django_assert_max_num_queries(60):
        first = remove_ended_sessions()

    assert (first, remove_ended_sessions()) == (10_000, 1)


def test_tasks_are_kept_for_two_weeks_after_they_ended(db: None) -> None:
    now = timezone.now()
    young, old = now - timedelta(days=13), now - timedelta(days=15)
    kept = {
        task("SUCCESSFUL", started_at=old, finished_at=young),
        task("FAILED", started_at=young, finished_at=young),
        task("RUNNING", started_at=young),
        task("READY"),
    }
    task("SUCCESSFUL", started_at=old, finished_at=old)
    task("FAILED", started_at=old, finished_at=old)
    task("RUNNING", started_at=old)

    assert remove_old_tasks() == 3
    assert set(DBTaskResult.objects.all()) == kept


def test_housekeeping_does_it(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    sessions(2, days=1)

    call_command("housekeeping")

    assert "Ended sessions removed: 2" in capsys.readouterr().out
    assert not Session.objects.exists()

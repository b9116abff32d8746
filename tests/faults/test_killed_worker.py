"""Workers that are killed at any moment: every paper ends ready, and once.

Amid the typesetting a worker holds no lock and no transaction, so no database decides
what such a kill leaves. On PostgreSQL the kills come where one does: as a worker takes
a paper, and as it stores one.
"""

import hashlib
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Audit, Event, Report
from audits.reports.tasks import queue_report
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import submit_audit
from tests.casting import Tenant, build_tenant, register
from tests.examples import up_to
from tests.faults.conftest import wait_for_the_end_of
from tests.scoring.worked_cases import RETRIEVAL_CASE

# Each wastes up to a second of the processor, and as much to begin again.
KILLS = up_to(20, 5)
# On PostgreSQL: at as many moments before a paper is taken, and after a file is there.
KILLS_AT_EITHER_END = 3
STORING = 0.05  # seconds, within which a worker stores what it has made
# A worker is killed at the latest when it has made one, so each has one left to wait.
WAITING = 2
type Wait = Callable[[], object]


def submitted(tenant: Tenant, number: int) -> Audit:
    lead = tenant.contributor
    audit = register(tenant.organization, lead, tenant.team, f"Case {number}")
    save_answers(audit=audit, by=lead, answers=RETRIEVAL_CASE)
    return submit_audit(audit=audit, by=lead)


def ask_for_papers(tenant: Tenant, numbers: Iterator[int]) -> None:
    """Let as many papers wait as a worker needs, each of a use case of its own."""
    with scope(organization=tenant.organization):
        for _ in range(WAITING - Report.objects.waiting().count()):
            audit = submitted(tenant, next(numbers))
            queue_report(audit=audit, by=tenant.contributor)


def stored_files() -> list[Path]:
    return sorted((Path(settings.MEDIA_ROOT) / "reports").glob("*"))


def is_whole(pdf: bytes) -> bool:
    return pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF")


def see_nothing_partial(client: Client) -> None:
    with scopes_disabled():
        states = dict(Report.objects.values_list("pk", "state"))
    assert set(states.values()) <= {*Report.WAITING, Report.State.READY}
    ready = [pk for pk, state in states.items() if state == Report.State.READY]
    waiting = [pk for pk, state in states.items() if state in Report.WAITING]
    for pk in ready[-2:]:
        file = client.get(reverse("paper_file", args=[pk]))
        assert is_whole(b"".join(file.streaming_content))  # type: ignore[attr-defined]
    for pk in waiting[:2]:
        assert client.get(reverse("paper_file", args=[pk])).status_code == 404
    for path in stored_files():
        assert path.suffix == ".part" or is_whole(path.read_bytes())


def work_until(moment: float) -> None:
    """Wait until then, or until one more paper is made: the machine may be busy."""
    with scopes_disabled():
        waiting = Report.objects.waiting()
        before = waiting.count()
        while time.monotonic() < moment and waiting.count() == before:
            time.sleep(0.02)


def work_until_a_file_comes() -> None:
    before, end = stored_files(), time.monotonic() + 120
    while stored_files() == before and time.monotonic() < end:
        time.sleep(0.002)


def seconds_until_taken(begun: float) -> float:
    """Wait until a worker has taken a paper; return how long after `begun` it was."""
    with scopes_disabled():
        while not Report.objects.filter(state=Report.State.MAKING).exists():
            assert time.monotonic() < begun + 120
            time.sleep(0.005)
    return time.monotonic() - begun


def waits(chance: random.Random, taken: float, whole: float) -> Iterator[Wait]:
    """Yield how to wait for each kill, once a worker has begun.

    Args:
        chance: What decides within each part of a worker's time.
        taken: The seconds until it takes a paper.
        whole: The seconds until it has made one.
    """
    if connection.vendor == "sqlite":
        for number in range(KILLS):
            yield partial(wait_for, whole * (number + chance.random()) / KILLS)
        return
    for number in range(KILLS_AT_EITHER_END):
        part = (number + chance.random()) / KILLS_AT_EITHER_END
        yield partial(wait_for, 1.2 * taken * part)
        yield partial(wait_for_a_file_and, STORING * part)
    # Chance may have killed each before or after its paper, and never amid one.
    yield partial(seconds_until_taken, time.monotonic())


def wait_for(seconds: float) -> None:
    work_until(time.monotonic() + seconds)


def wait_for_a_file_and(seconds: float) -> None:
    work_until_a_file_comes()
    time.sleep(seconds)


def take_back() -> None:
    """Let time pass, for leases and for files, and then keep tenant."""
    past = timezone.now() - timedelta(hours=2)
    with scopes_disabled():
        Report.objects.waiting().update(leased_until=past)
        # When a paper is given up is another test's, and chance may kill one thrice.
        Report.objects.waiting().filter(attempts__gt=1).update(attempts=1)
    for path in stored_files():
        os.utime(path, (past.timestamp(), past.timestamp()))
    call_command("housekeeping", verbosity=0)


@pytest.fixture
def tenant(transactional_db: None, settings: object, tmp_path: Path) -> Tenant:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    tenant = build_tenant("northgate", "Northgate")
    with scope(organization=tenant.organization):
        tenant.report.file.delete(save=False)  # no real paper, and not of this test
        tenant.report.delete()
    return tenant


def test_every_paper_is_made_once_however_often_workers_are_killed(
    tenant: Tenant, start_worker: Callable[[], int]
) -> None:
    moments = random.Random(seed := random.randrange(10**6))  # noqa: S311 - no secret
    print(f"seed {seed}")  # noqa: T201 - pytest shows it if the test fails
    numbers = count()
    with scope(organization=tenant.organization):
        queue_report(audit=submitted(tenant, next(numbers)), by=tenant.contributor)
    begun = time.monotonic()
    worker = start_worker()
    taken = seconds_until_taken(begun)
    work_until(begun + 120)
    whole = time.monotonic() - begun
    wait_for_the_end_of(worker)
    client = Client()
    client.force_login(tenant.contributor)

    for wait in waits(moments, taken, whole):
        ask_for_papers(tenant, numbers)
        worker = start_worker()
        wait()
        with suppress(ProcessLookupError):  # if it has made the last one
            os.kill(worker, signal.SIGKILL)
        wait_for_the_end_of(worker)
        see_nothing_partial(client)
        take_back()
    wait_for_the_end_of(start_worker())
    take_back()

    with scope(organization=tenant.organization):
        reports = list(Report.objects.all())
        assert {report.state for report in reports} == {Report.State.READY}
        assert max(report.attempts for report in reports) > 1
        names = {report.file.name for report in reports}
        made = Event.objects.filter(verb="report.made")
        for report in reports:
            [event] = made.filter(subject=str(report.pk))
            digest = hashlib.sha256(report.file.read()).hexdigest()
            assert event.details["sha256"] == digest
    assert {f"reports/{path.name}" for path in stored_files()} == names

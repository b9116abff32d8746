"""Workers that are killed amid packs: each ends ready, once, and whole.

No database decides how many papers are in it, so PostgreSQL is given small ones, and
SQLite large ones in a thorough run alone.
"""

import hashlib
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import BoardPack, Event, Job, Report
from tests.casting import Tenant
from tests.examples import is_everyday
from tests.faults.conftest import wait_for_the_end_of
from tests.faults.test_killed_worker import submitted, tenant
from tests.reports.packs.made_packs import ask_for_pack

__all__ = ["tenant"]  # a fixture
KILLS = 5
IS_LARGE = connection.vendor == "sqlite" and not is_everyday()
IN_ONE_FILE, IN_A_ZIP = (6, 10) if IS_LARGE else (2, 3)
# Seconds, in which a worker makes most of both.
SPAN = 6 if IS_LARGE else 2.5


def take_back() -> None:
    past = timezone.now() - timedelta(hours=2)
    with scopes_disabled():
        for model in (Report, BoardPack):
            # Whoever was killed took none of the three tries that are to be tested.
            waiting = model.objects.filter(state__in=Job.WAITING)
            waiting.update(leased_until=past, attempts=0)
    for path in (Path(settings.MEDIA_ROOT)).glob("*/*"):
        os.utime(path, (past.timestamp(), past.timestamp()))
    call_command("housekeeping", verbosity=0)


def stored(folder: str) -> set[str]:
    return {path.name for path in (Path(settings.MEDIA_ROOT) / folder).glob("*")}


@pytest.fixture
def low_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few decisions need a zip; 51 papers would show the same, and take long."""
    monkeypatch.setattr(BoardPack, "MOST_IN_ONE", IN_ONE_FILE)


@pytest.mark.usefixtures("low_limit")
@pytest.mark.on_both
def test_packs_are_made_once_however_often_workers_are_killed(
    tenant: Tenant, start_worker: Callable[[], int]
) -> None:
    moments = random.Random(seed := random.randrange(10**6))  # noqa: S311 - no secret
    print(f"seed {seed}")  # noqa: T201 - pytest shows it if the test fails
    with scope(organization=tenant.organization):
        for number in range(1, IN_ONE_FILE):
            submitted(tenant, number)
        in_one_file = ask_for_pack(tenant, filters="stage=live")
        for number in range(IN_ONE_FILE, IN_A_ZIP):
            submitted(tenant, number)
        in_a_zip = ask_for_pack(tenant)

    for number in range(KILLS):
        worker = start_worker()
        time.sleep(SPAN * (number + moments.random()) / KILLS)
        with suppress(ProcessLookupError):  # if all is made
            os.kill(worker, signal.SIGKILL)
        wait_for_the_end_of(worker)
        take_back()
    for _ in range(2):
        wait_for_the_end_of(start_worker())
        take_back()

    with scope(organization=tenant.organization):
        contents = [made_once(pack) for pack in (in_one_file, in_a_zip)]
        packs = {Path(p.file.name or "").name for p in BoardPack.objects.all()}
        assert stored("packs") == packs
        assert contents[0].startswith(b"%PDF-")
        with ZipFile(BytesIO(contents[1])) as files:
            assert files.testzip() is None
            assert len(files.namelist()) == IN_A_ZIP + 1
        reports = list(Report.objects.all())
        assert {report.state for report in reports} == {Report.State.READY}
        assert len(reports) == IN_A_ZIP
        assert stored("reports") == {Path(r.file.name or "").name for r in reports}


def made_once(pack: BoardPack) -> bytes:
    """Return what a pack became, of which the record has one line."""
    pack.refresh_from_db()
    assert (pack.state, pack.failure) == (BoardPack.State.READY, "")
    [event] = Event.objects.filter(verb="pack.made", subject=str(pack.pk))
    content: bytes = pack.file.read()
    assert event.details["sha256"] == hashlib.sha256(content).hexdigest()
    return content

"""Real workers on the tests' database, to be killed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from audits.models import BoardPack
from tests.faults.running import Site, site
from tests.migrated import MIGRATED


def database_url() -> str:
    """Return where this test's database is, for another process."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    place = f"{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    return f"postgres://{database['USER']}{password}@{place}"


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that is slowed down or read and not harmed: one serves all such tests."""
    folder = tmp_path_factory.mktemp("slow")
    with site(folder, f"sqlite:///{folder}/db.sqlite3") as running:
        if not MIGRATED.copied_to(folder / "db.sqlite3"):
            running.migrate()
            MIGRATED.keep(folder / "db.sqlite3")
        running.serve()
        yield running


@pytest.fixture(scope="package")
def nursery(django_db_setup: None) -> Iterator[Callable[[dict[str, object]], int]]:
    """Return a function that starts a worker as ordered; one nursery serves all."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nursery"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    orders, answers = process.stdin, process.stdout

    def start(order: dict[str, object]) -> int:
        orders.write(f"{json.dumps(order)}\n")
        orders.flush()
        return int(answers.readline())

    yield start
    orders.close()
    process.wait(timeout=30)
    answers.close()


@pytest.fixture
def start_worker(
    transactional_db: None, nursery: Callable[[dict[str, object]], int]
) -> Callable[[], int]:
    """Return a function that starts a worker and returns its process id."""

    def start() -> int:
        media, most = str(settings.MEDIA_ROOT), BoardPack.MOST_IN_ONE
        return nursery({"media": media, "most": most})

    return start


def wait_for_the_end_of(pid: int) -> None:
    end = time.monotonic() + 120
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < end
        time.sleep(0.01)

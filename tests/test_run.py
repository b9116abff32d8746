import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from audits.models import Organization
from audits.services.demo import demo, sample

ROOT = Path(__file__).parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "run", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_it_says_what_it_can_do(arguments: list[str]) -> None:
    shown = run(*arguments)

    assert shown.returncode == 0
    for command in ("demo", "test", "lint", "bench", "load", "manage"):
        assert f"\n  {command} " in shown.stdout


def test_an_unknown_command_is_a_mistake_of_use() -> None:
    refused = run("deom")

    assert refused.returncode == 2
    assert "there is no command 'deom'" in refused.stderr
    assert "Usage: ./run COMMAND" in refused.stderr


@pytest.mark.parametrize("port", ["", "0", "http", "65536", "080"])
def test_a_port_is_a_number_that_exists(port: str) -> None:
    refused = run("demo", "--port", port)

    assert refused.returncode == 2
    assert f"'{port}' is not a port" in refused.stderr


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = run("demo", "--port", str(port))

    assert refused.returncode == 1
    assert f"port {port} is taken" in refused.stderr
    assert "./run demo --port" in refused.stderr


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def command_lines_in(folder: Path) -> list[str]:
    """Return the command lines of the processes that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == folder:
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:  # it is gone, or somebody else's
            continue
    return found


@pytest.fixture
def loaded(transactional_db: None, tmp_path: Path) -> None:
    """Put a database where an earlier start of the demo would have left it."""
    if connection.vendor != "sqlite":
        pytest.skip("the demo has a database of its own")
    for slug in (demo.SLUG, sample.SLUG):
        Organization.objects.create(name=slug, slug=slug)
    place = tmp_path / "var" / "attune.sqlite3"
    place.parent.mkdir()
    with closing(sqlite3.connect(place)) as its:
        connection.connection.backup(its)


@pytest.mark.once
def test_demo_that_is_there_runs_a_server_a_worker_and_housekeeping_and_stops_all(
    loaded: None, tmp_path: Path
) -> None:
    assert_demo_runs(tmp_path)


# To migrate a database and to load both organizations takes eight seconds more.
@pytest.mark.thorough
def test_demo_is_loaded_at_the_first_start(tmp_path: Path) -> None:
    assert_demo_runs(tmp_path)


def assert_demo_runs(tmp_path: Path) -> None:
    if not (ROOT / ".venv" / "installed-requirements.txt").exists():
        pytest.skip("its packages would have to be installed first")
    for name in ("audits", "config", "static", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("run", "manage.py", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to((ROOT / ".venv").resolve())
    port = free_port()
    running_demo = subprocess.Popen(
        [tmp_path / "run", "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        # The settings of the tests are not the demo's.
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")},
    )
    try:
        assert running_demo.stdout is not None
        said = next(
            (line for line in running_demo.stdout if "Attune is at" in line), ""
        )
        assert f":{port}/" in said
        running = " ".join(command_lines_in(tmp_path))
    finally:
        running_demo.send_signal(signal.SIGTERM)
        running_demo.wait(timeout=60)

    for part in ("gunicorn config.wsgi", "manage.py worker", "housekeeping --every 60"):
        assert part in running
    end = time.monotonic() + 10
    while left := command_lines_in(tmp_path):
        assert time.monotonic() < end, left
        time.sleep(0.1)

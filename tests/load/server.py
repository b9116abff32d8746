"""The site as it is served, on a database that lives as long as it is needed."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

WORKERS = int(os.environ.get("WEB_CONCURRENCY") or 2)
_START = 60


@contextmanager
def database_of_its_own(folder: str) -> Iterator[str]:
    """Yield the address of an empty database; it is gone afterwards."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder}/load.sqlite3"
        return
    import psycopg  # noqa: PLC0415 - not needed on SQLite

    name = f"attune_load_{secrets.token_hex(4)}"
    parts = urlsplit(server)
    admin = urlunsplit(parts._replace(scheme="postgresql", path="/postgres"))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def serving(folder: Path, application: str = "config.wsgi") -> Iterator[int]:
    """Serve the site on a port of this machine, and yield it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", application),
        *("--config", "python:config.gunicorn", "--workers", str(WORKERS)),
        *("--bind", f"127.0.0.1:{port}", "--access-logfile", os.devnull),
        *("--log-level", "warning"),
    ]
    log = folder / "gunicorn.log"
    environment = os.environ | {"PYTHONNODEBUGRANGES": "1"}  # as in the Dockerfile
    with (
        log.open("wb") as told,
        subprocess.Popen(command, env=environment, stdout=told, stderr=told) as server,
    ):
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(_START)
            sys.stderr.write(log.read_text())


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START
    while server.poll() is None and time.monotonic() < deadline:
        site = HTTPConnection("127.0.0.1", port, timeout=_START)
        try:
            site.request("GET", "/livez")
            if site.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            site.close()
    message = "the site did not start"
    raise RuntimeError(message)

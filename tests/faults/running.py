"""The site as it runs in use: web server, worker and housekeeping in processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path

from django.conf import settings

from tests.faults.own_postgresql import free_port


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    seconds: float
    cookies: str


class Site:
    """A web server on a port of this machine."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.port, self.log = free_port(), folder / "log"
        self.environment = {
            **os.environ,
            "ATTUNE_DEMO": "1",
            "ATTUNE_DEMO_PUBLIC": "1",  # the demo takes PostgreSQL only if it says so
            "LOG_FORMAT": "json",
            "SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": database_url,
            "MEDIA_ROOT": str(folder),
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def migrate(self) -> None:
        # Other tests check the frameworks, which takes as long again.
        command = ("migrate", "--verbosity", "0", "--skip-checks")
        assert self.start("manage.py", *command).wait(300) == 0

    def serve(self) -> None:
        bind = ("--bind", f"127.0.0.1:{self.port}", "--workers", "2")
        where = ("config.wsgi", "--config", "python:config.gunicorn")
        self.start("-m", "gunicorn", *where, *bind, "--graceful-timeout", "5")
        wait_until(lambda: self.status("/livez") == 200, 60)

    def ask(
        self,
        method: str,
        path: str,
        body: str | None = None,
        *,
        patience: float = 60,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        begun = time.monotonic()
        line = HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            line.request(method, path, body, headers or {})
            response: HTTPResponse = line.getresponse()
            text = response.read().decode()
            seconds = time.monotonic() - begun
            told = response.getheaders()
            set_ = [value for name, value in told if name == "Set-Cookie"]
            cookies = "; ".join(value.partition(";")[0] for value in set_)
            return Answer(response.status, dict(told), text, seconds, cookies)
        finally:
            line.close()

    def status(self, path: str, headers: dict[str, str] | None = None) -> int:
        try:
            return self.ask("GET", path, headers=headers).status
        except (OSError, HTTPException):
            return 0

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=60)


@contextmanager
def site(folder: Path, database_url: str) -> Iterator[Site]:
    running = Site(folder, database_url)
    try:
        yield running
    finally:
        running.stop()


def wait_until(holds: Callable[[], bool], seconds: float) -> float:
    """Return after how many seconds something came to hold; fail if it does not."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds
        time.sleep(0.1)
    return time.monotonic() - begun

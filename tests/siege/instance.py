"""The site as it is served in production, with handles to break each part of it."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_START = 60
_MEGABYTES = 256  # more than /readyz asks for


class Instance:
    """Two web processes, a worker, housekeeping and PostgreSQL; `port` is the site's.

    Files are stored on a small disk of their own, so that it can be filled.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.media = folder / "media"
        self.temporary = folder / "tmp"
        self.port, self._database_port = _free_port(), _free_port()
        self._started: dict[str, subprocess.Popen[bytes]] = {}

    @classmethod
    @contextmanager
    def running(cls, folder: Path) -> "Iterator[Instance]":
        """Start everything, and stop it at the end."""
        instance = cls(folder)
        try:
            instance._make_disks()
            instance._make_database()
            instance._set_up()
            instance.start("web")
            instance.start("worker")
            instance.start("housekeeping")
            instance.wait_for_site()
            yield instance
        finally:
            instance._stop_all()

    def start(self, name: str, *, shifted: str = "") -> None:
        """Start a part; `shifted`, such as "+600s", is how wrong its clock goes."""
        python, manage = sys.executable, str(ROOT / "manage.py")
        commands = {
            "web": [
                *(python, "-m", "gunicorn", "--config", "python:config.gunicorn"),
                *("--bind", f"127.0.0.1:{self.port}", "config.wsgi"),
            ],
            "worker": [python, manage, "worker"],
            "housekeeping": [python, manage, "housekeeping", "--every", "5"],
        }
        clock = ["faketime", "-f", shifted] if shifted else []
        log = (self.folder / f"{name}.log").open("ab")
        self._started[name] = subprocess.Popen(
            [*clock, *commands[name]],
            cwd=ROOT,
            stdout=log,
            stderr=log,
            # Only the time of day is wrong, not what files and waits are measured by.
            env=os.environ | {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"},
            start_new_session=True,
        )
        log.close()

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop a part and all of its processes."""
        process = self._started.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait(_START)

    def is_running(self, name: str) -> bool:
        """Return whether a part has not ended by itself."""
        return self._started[name].poll() is None

    def processes_of(self, name: str) -> list[int]:
        """Return the ids of the processes that a part has started."""
        children = Path(f"/proc/{self._started[name].pid}/task").glob("*/children")
        return [int(pid) for file in children for pid in file.read_text().split()]

    def log_of(self, name: str) -> str:
        """Return what a part has written so far."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def stop_database(self) -> None:
        """Stop PostgreSQL at once, as if its machine had lost its power."""
        self._postgresql("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def start_database(self) -> None:
        """Start PostgreSQL again."""
        options = (
            f"-p {self._database_port} -c listen_addresses=127.0.0.1 "
            f"-c unix_socket_directories={self.folder / 'pg'}"
        )
        arguments = ("-D", "data", "-l", "server.log", "-w", "start", "-o", options)
        self._postgresql("pg_ctl", *arguments)

    def wait_for_site(self, path: str = "/livez", patience: float = _START) -> float:
        """Wait until an address answers well; return the seconds it took."""
        begun = time.monotonic()
        while time.monotonic() < begun + patience:
            site = HTTPConnection("127.0.0.1", self.port, timeout=5)
            with suppress(OSError, HTTPException):
                site.request("GET", path)
                if site.getresponse().status < 400:
                    return time.monotonic() - begun
            site.close()
            time.sleep(0.1)
        message = f"{path} did not answer; see {self.folder}/web.log"
        raise RuntimeError(message + "\n" + self.log_of("web")[-2000:])

    @contextmanager
    def full_disks(self) -> Iterator[None]:
        """Leave no room for files, neither stored ones nor temporary ones."""
        fillers = [disk / "filler" for disk in (self.media, self.temporary)]
        for filler in fillers:
            with suppress(OSError), filler.open("wb") as full:
                while True:
                    full.write(b"\0" * 4096)
                    full.flush()
        try:
            yield
        finally:
            for filler in fillers:
                filler.unlink()

    def _make_disks(self) -> None:
        for disk in (self.media, self.temporary):
            disk.mkdir()
            options = f"size={_MEGABYTES}m,mode=0777"
            _run("mount", "-t", "tmpfs", "-o", options, "attune-siege", str(disk))

    def _make_database(self) -> None:
        (self.folder / "pg").mkdir()
        if not os.getuid():
            shutil.chown(self.folder / "pg", "postgres")
        self._postgresql(
            *("initdb", "-D", "data", "-U", "attune", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )
        self.start_database()
        self._postgresql(
            *("createdb", "-h", "127.0.0.1", "-p", str(self._database_port)),
            *("-U", "attune", "attune"),
        )

    def _postgresql(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, and not as root, which it refuses."""
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        become = [] if os.getuid() else ["runuser", "-u", "postgres", "--"]
        with (self.folder / "postgresql.log").open("ab") as log:
            subprocess.run(
                [*become, str(programs / program), *arguments],
                cwd=self.folder / "pg",
                stdout=log,
                stderr=log,
                check=True,
            )

    def _set_up(self) -> None:
        """Set what the parts read, here too, and make the tables."""
        port = self._database_port
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATABASE_URL": f"postgres://attune@127.0.0.1:{port}/attune",
            "MEDIA_ROOT": str(self.media),
            "TMPDIR": str(self.temporary),
            "RECORD_ANCHORS": str(self.folder / "anchors"),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": f"https://127.0.0.1:{self.port}",
            "SECURE_SSL_REDIRECT": "no",  # there is no proxy before it
            "WEB_CONCURRENCY": "2",
        }
        os.environ.pop("ATTUNE_DEMO", None)
        import django  # noqa: PLC0415 - reads the variables set above
        from django.core.management import call_command  # noqa: PLC0415 - the same

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)

    def _stop_all(self) -> None:
        for name in list(self._started):
            self.stop(name)
        with suppress(subprocess.CalledProcessError):
            self.stop_database()
        for disk in (self.media, self.temporary):
            _run("umount", "--lazy", str(disk), check=False)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _run(*command: str, check: bool = True) -> None:
    subprocess.run(command, check=check, stderr=subprocess.DEVNULL)

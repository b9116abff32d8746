"""A PostgreSQL server of a test's own, to be stopped and started."""

import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


class OwnPostgresql:
    """It may lose what it was told last, and nothing else is needed of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"postgres://attune@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "-U", "attune", "--auth", "trust", "--no-sync")

    def start(self) -> None:
        options = (
            f"-F -p {self.port} -c listen_addresses=127.0.0.1 "
            f"-c unix_socket_directories={self.folder}"
        )
        log = str(self.folder / "server.log")
        self._run("pg_ctl", "-l", log, "-w", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "immediate", "stop")

    def halt(self) -> None:
        """Let every process of it hang, as on a machine that is out of breath."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        main = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for pid in (main, *map(int, children)):
            os.kill(pid, number)

    def _run(self, program: str, *arguments: str) -> None:
        become = [] if os.geteuid() else ["runuser", "-u", "postgres", "--"]
        command = [
            *(*become, str(PROGRAMS[-1] / program)),
            *("-D", str(self.folder / "data"), *arguments),
        ]
        with (self.folder / "setup.log").open("ab") as log:
            subprocess.run(command, cwd=self.folder, stdout=log, stderr=log, check=True)


@contextmanager
def own_postgresql() -> Iterator[OwnPostgresql]:
    with tempfile.TemporaryDirectory(prefix="attune-outage.", dir="/tmp") as name:
        folder = Path(name)
        if not os.geteuid():
            subprocess.run(["chown", "postgres", name], check=True)  # noqa: S607
        server = OwnPostgresql(folder)
        server.start()
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.go_on()
                server.stop()

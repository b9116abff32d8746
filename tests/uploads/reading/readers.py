"""Readers that do as they should, and some that do not."""

import os
import resource
import socket
import time
from pathlib import Path
from typing import IO, Any


def digest(file: IO[bytes], **options: Any) -> dict[str, Any]:
    content = file.read()
    return {"size": len(content), "first": content[:4].decode(), **options}


def surroundings(_: IO[bytes]) -> dict[str, Any]:
    kinds = ("AS", "CPU", "FSIZE", "CORE")
    limits = {k: resource.getrlimit(getattr(resource, f"RLIMIT_{k}")) for k in kinds}
    return {"limits": limits, "environment": sorted(os.environ)}


def writes(file: IO[bytes]) -> list[str]:
    """Try to change the file, and to write another; return what came of it."""
    said = []
    for act in (
        lambda: os.ftruncate(file.fileno(), 0),
        lambda: os.pwrite(file.fileno(), b"x", 0),
        lambda: Path("/tmp/attune-of-a-reader").write_bytes(b"x"),  # noqa: S108
    ):
        try:
            act()
        except OSError:
            said.append("refused")
    return said


def imported(_: IO[bytes]) -> list[str]:
    import sys  # noqa: PLC0415

    return sorted(name for name in sys.modules if name.startswith(("django", "audits")))


def refuses(_: IO[bytes]) -> None:
    from audits.uploads.reading.refusals import UnreadableUploadError  # noqa: PLC0415

    message = "It is green. Paint it."
    raise UnreadableUploadError(message)


def sleeps(_: IO[bytes]) -> None:
    time.sleep(60)


def works(_: IO[bytes]) -> None:
    while True:
        pass


def fills_the_memory(_: IO[bytes]) -> None:
    kept = []
    while True:
        kept.append(bytes(1_000_000))


def dies(_: IO[bytes], **__: Any) -> None:
    os.kill(os.getpid(), 9)


def ends(_: IO[bytes], **__: Any) -> None:
    os._exit(0)


def stumbles(_: IO[bytes]) -> None:
    message = "line one\nline two"
    raise KeyError(message)


def recurses(file: IO[bytes]) -> None:
    recurses(file)


def floods(_: IO[bytes]) -> str:
    return "x" * 100_000_000


def chats(_: IO[bytes]) -> str:
    print("a library that prints")  # noqa: T201
    return "said"


def nests(_: IO[bytes]) -> Any:
    """Answer in place of the other process's own answer."""
    for number in range(3, 10):
        try:
            os.write(number, b'{"result": ' + b"[" * 500_000)
        except OSError:
            continue
    os._exit(0)


def returns(_: IO[bytes], value: Any) -> Any:
    return value


def cannot_be_said(_: IO[bytes]) -> Any:
    return socket


def waits(file: IO[bytes]) -> str:
    """Wait until the file that the upload names is there."""
    there = Path(file.read().decode())
    while not there.exists():
        time.sleep(0.01)
    return "done"


def odd(_: IO[bytes], **__: Any) -> Any:
    return {"nodes": ["scalar", 1], "headings": [1], "rows": [[2]], "lines": []}

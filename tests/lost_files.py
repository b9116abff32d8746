"""What happens to stored files: ways in which they are lost, and storages that fail."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

PLACE = __name__


class SilentStorage(FileSystemStorage):
    """Refuses to open anything, as a disk does that is not allowed to be read."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        raise PermissionError(13, "Permission denied")


class StrangeStorage(FileSystemStorage):
    """Fails in a way of its own, as the client of an object store does."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        raise StrangeError


class HalfStorage(FileSystemStorage):
    """Is asked for a file that is there and cannot find it: nobody knows more."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        raise FileNotFoundError


class StrangeError(Exception):
    """No error of the operating system's."""


SILENT = [f"{PLACE}.{name}" for name in ("SilentStorage", "StrangeStorage")]
SILENT.append(f"{PLACE}.HalfStorage")


def delete(path: Path) -> None:
    path.unlink()


def put_a_folder_there(path: Path) -> None:
    path.unlink()
    path.mkdir()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def replace(path: Path) -> None:
    """Put other bytes there, as many as there were."""
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


type Loss = Callable[[Path], None]
# How a file is lost, and what is said of it.
LOSSES: list[tuple[Loss, str]] = [
    (delete, "missing"),
    (put_a_folder_there, "missing"),
    (truncate, "altered"),
    (replace, "altered"),
]

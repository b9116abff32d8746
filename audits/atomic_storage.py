"""Stores files whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

UNFINISHED = ".part"


class AtomicStorage(FileSystemStorage):
    """A folder in which nobody ever sees a half-written file.

    A file is written beside its place under another name, forced to the disk and
    moved into place. An interrupted write leaves at most a file that ends in `.part`.
    """

    def _save(self, name: str, content: Any) -> str:
        unfinished = f"{name}.{secrets.token_hex(4)}{UNFINISHED}"
        part = Path(self.path(unfinished))
        try:
            super()._save(unfinished, content)  # type: ignore[misc]
            _force_to_disk(part)
            part.replace(self.path(name))
            _force_to_disk(part.parent)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        return name

    def remove_unfinished(self, before: float) -> int:
        """Remove the remains of writes before a moment, in seconds since 1970."""
        unfinished = Path(self.location).rglob(f"*{UNFINISHED}")
        old = [part for part in unfinished if part.stat().st_mtime < before]
        for part in old:
            part.unlink(missing_ok=True)
        return len(old)


def _force_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

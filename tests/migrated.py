"""SQLite's test database, which one of the processes of `./run test` migrates for all.

To migrate an empty one takes two seconds of a processor. The first process that needs
one does so, as Django does, and puts a copy where `run` says; the others wait for it.
"""

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import IO

# Taken away, so that no process that a test starts with other files finds it.
_folder = os.environ.pop("TEST_MIGRATED", "")


class Migrated:
    """A place for a migrated database, and whose turn it is to make it."""

    def __init__(self, folder: str) -> None:
        # For a process that makes an equal database.
        self.environment = {"TEST_MIGRATED": folder}
        self._place = Path(folder, "migrated.sqlite3") if folder else None
        self._turn: IO[str] | None = None

    def copied_to(self, file: Path) -> bool:
        """Return whether it was there; if not, others wait until it is kept."""
        if self._place is None:
            return False
        self._turn = self._place.with_suffix(".turn").open("w")
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        if not self._place.exists():
            return False
        self._end_turn()
        shutil.copyfile(self._place, file)
        return True

    def keep(self, file: Path) -> None:
        """Keep a copy of a database, unless it is one; let the others take it."""
        if self._place is None or self._turn is None:
            return
        made = self._place.with_suffix(".new")
        with (
            closing(sqlite3.connect(file)) as ours,
            closing(sqlite3.connect(made)) as its,
        ):
            ours.backup(its)
        made.rename(self._place)
        self._end_turn()

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn.close()
            self._turn = None


MIGRATED = Migrated(_folder)

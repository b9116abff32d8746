"""Where files go in the tests, when it goes wrong."""

import errno
import threading
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django_scopes import scopes_disabled

from audits.models import Audit

PLACE = __name__


class FullDisk(FileSystemStorage):
    """Has room for the first bytes of a file only."""

    def _save(self, name: str, content: Any) -> str:
        super()._save(name, ContentFile(content.read(10)))  # type: ignore[misc]
        raise OSError(errno.ENOSPC, "No space left on device")


class SlowDisk(FileSystemStorage):
    """Is so slow that all audits are submitted before the file is written."""

    def _save(self, name: str, content: Any) -> str:
        with scopes_disabled():
            Audit.objects.update(state=Audit.State.IN_REVIEW)
        stored: str = super()._save(name, content)  # type: ignore[misc]
        return stored


class TwoAtOnce(FileSystemStorage):
    """Goes on when two files are there, so that both had room before."""

    both = threading.Barrier(2, timeout=20)

    def _save(self, name: str, content: Any) -> str:
        self.both.wait()
        stored: str = super()._save(name, content)  # type: ignore[misc]
        return stored

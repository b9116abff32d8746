"""Writes uploads to the disk, and never more of one than is accepted."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from audits.temporary_room import NO_ROOM

TOO_LARGE = "too large"


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Drops a file that is too large for the limit or for the disk.

    This happens before the view: the check against forged forms reads the whole form.
    So the request says what happened to the file, and the other fields stay.
    """

    request: HttpRequest

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open a file on the disk for the upload."""
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            raise self._drop(NO_ROOM) from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a part of it, unless it exceeds the limit."""
        if start + len(raw_data) > settings.EVIDENCE_MAX_BYTES:
            raise self._drop(TOO_LARGE)
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            raise self._drop(NO_ROOM) from error

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Return the file, or None if the disk has no space for its end."""
        try:
            return super().file_complete(file_size)
        except OSError:
            self._drop(NO_ROOM)
            return None

    def _drop(self, why: str) -> SkipFile:
        self.request.dropped_file = why  # type: ignore[attr-defined]
        return SkipFile()


def dropped_file(request: HttpRequest) -> str | None:
    """Return why a file of this request was dropped, or None; reads the form."""
    _ = request.FILES
    return getattr(request, "dropped_file", None)

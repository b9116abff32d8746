"""Reads a file that a command was given, or says why it cannot."""

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError

from audits.uploads.reading.limits import Content
from audits.uploads.reading.refusals import UnreadableUploadError


def read_file[Found](file: Path, read: Callable[[Content], Found]) -> Found:
    """Return what a file says.

    Args:
        file: Its path, as it was given.
        read: Reads its content.

    Raises:
        CommandError: It cannot be read; the exit code is 2.
    """
    try:
        with file.open("rb") as content:
            return read(content)
    except OSError as error:
        message = f"{file}: cannot be read: {error.strerror}"
        raise CommandError(message, returncode=2) from error
    except UnreadableUploadError as error:
        raise CommandError(f"{file}: {error}", returncode=2) from error

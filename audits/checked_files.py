"""Reads a whole stored file before any of it is used."""

import hashlib
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage


class FileMissing(Exception):  # noqa: N818 - the state it is in, not a fault
    """The storage answers, and has no file of that name."""


class StorageSilent(Exception):  # noqa: N818 - the state it is in, not a fault
    """The storage does not answer, so nothing is known about the file."""


def digest_of(content: "File[bytes]") -> str:
    """Return the SHA-256 of an open file."""
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def read_whole(
    storage: Storage, name: str, copy: IO[bytes] | None = None
) -> tuple[str, int]:
    """Read a stored file to its end.

    Args:
        storage: The storage of the file.
        name: Its name there.
        copy: Receives its bytes too; Attune serves these, whatever happens to the file
            meanwhile.

    Returns:
        Its SHA-256, and how many bytes it has.

    Raises:
        FileMissing: There is no such file.
        StorageSilent: The storage does not answer, or stops half way.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with storage.open(name) as file:
            for chunk in file.chunks():
                digest.update(chunk)
                size += len(chunk)
                if copy is not None:
                    copy.write(chunk)
    except IsADirectoryError as error:
        raise FileMissing(name) from error
    except FileNotFoundError as error:
        if _may_be_there(storage, name):
            raise StorageSilent(name) from error
        raise FileMissing(name) from error
    except Exception as error:  # each kind of storage has its own
        raise StorageSilent(name) from error
    return digest.hexdigest(), size


def _may_be_there(storage: Storage, name: str) -> bool:
    """Return whether a file that was not found could exist all the same.

    A folder that is not mounted has none of its files, and none of them is lost.
    """
    if isinstance(storage, FileSystemStorage) and not Path(storage.location).is_dir():
        return True
    try:
        return storage.exists(name)
    except Exception as error:
        raise StorageSilent(name) from error

"""Housekeeping of stored files: compares them, and removes those without a row."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage, storages
from django.utils import timezone
from django_scopes import scopes_disabled

from audits.atomic_storage import AtomicStorage
from audits.checked_files import StorageSilent
from audits.models import BoardPack, Evidence, FileProblem, Job, ProofFile, Report
from audits.services.files.file_checks import KINDS, Owner, check, owner_of
from audits.services.files.file_checks import Kind as Named

type Kind = type[BoardPack | Evidence | ProofFile | Report]

_KINDS: tuple[Kind, ...] = (BoardPack, Evidence, ProofFile, Report)
# A younger one may belong to a process that is about to name it.
_YOUNG = timedelta(hours=1)
# How often a file is checked, and one with a problem.
_CHECKED = timedelta(days=30)
_LOOKED_AT = timedelta(hours=1)
# The limits of one run; the next continues where it stopped.
MOST_BYTES = 256 * 1024**2
MOST_SECONDS = 20
_BATCH = 100
# This many unreadable files in a row mean that the storage does not answer.
_SILENT = 3


def check_files() -> int:
    """Compare a part of all organizations' files with their SHA-256.

    Each file is read once in 30 days, and one with a problem once an hour.

    Returns:
        How many of them are missing, altered or cannot be read.

    Raises:
        StorageSilent: Several in a row cannot be read.
    """
    wrong = size = silent = 0
    until = time.monotonic() + MOST_SECONDS
    with scopes_disabled():
        for owner in _due():
            state, read = check(owner)
            size += read
            wrong += state is not None
            silent = silent + 1 if state == FileProblem.State.UNREADABLE else 0
            if silent == _SILENT:
                message = (
                    "The file storage is not responding, so no more files are read."
                )
                raise StorageSilent(message)
            if size >= MOST_BYTES or time.monotonic() >= until:
                break
    return wrong


def _due() -> Iterator[Owner]:
    """Yield the rows whose files are due for a check, those with a problem first."""
    now = timezone.now()
    for problem in list(FileProblem.objects.seen_before(now - _LOOKED_AT)[:_BATCH]):
        owner = owner_of(problem)
        own = FileProblem.objects.filter(pk=problem.pk)
        if owner is None:
            own.update(closed_at=now)
        elif isinstance(owner, Job) and owner.state != Job.State.READY:
            own.update(seen_at=now)  # it is being made again, or could not be
        else:
            yield owner
    for kind in KINDS:
        yield from _due_of(kind, {f"{kind.checked_at}__isnull": True})
        yield from _due_of(kind, {f"{kind.checked_at}__lt": now - _CHECKED})


def _due_of(kind: Named, due: dict[str, Any]) -> Iterator[Owner]:
    rows = kind.stored.filter(**due).order_by(kind.checked_at, "pk")
    while batch := list(rows[:_BATCH]):
        yield from batch


def remove_orphans() -> int:
    """Remove old files that no row of any organization names, or that are incomplete.

    A killed process leaves the first between storing a file and naming it, the second
    while it writes. Returns how many were removed.
    """
    with scopes_disabled():
        orphans = sum(_remove_unnamed(kind) for kind in _KINDS)
    return orphans + _remove_unfinished()


def _remove_unnamed(model: Kind) -> int:
    unnamed = set(_files_below(model.FOLDER))
    unnamed.difference_update(model.objects.values_list("file", flat=True))
    before = timezone.now() - _YOUNG
    old = [name for name in unnamed if default_storage.get_modified_time(name) < before]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _files_below(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{file}" for file in files)
    for inner in folders:
        yield from _files_below(f"{folder}/{inner}")


def _remove_unfinished() -> int:
    """Remove incomplete files; only our own storage class leaves any."""
    storage = storages["default"]
    if not isinstance(storage, AtomicStorage):
        return 0
    return storage.remove_unfinished((timezone.now() - _YOUNG).timestamp())

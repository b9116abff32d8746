"""Removes files that a killed process left behind."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage, storages
from django.utils import timezone
from django_scopes import scopes_disabled

from audits.models import BoardPack, Evidence, Report
from audits.whole_files import WholeFiles

type Kind = type[BoardPack | Evidence | Report]

_KINDS: tuple[Kind, ...] = (BoardPack, Evidence, Report)
# A younger one may belong to a process that is about to name it.
_YOUNG = timedelta(hours=1)


def remove_orphans() -> int:
    """Remove old files that no row of any organization names, or that broke off.

    A process that is killed leaves the first between storing a file and naming it, the
    second while it writes. Returns how many there were.
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
    """Remove what was never written whole; only a storage of ours leaves any."""
    storage = storages["default"]
    if not isinstance(storage, WholeFiles):
        return 0
    return storage.remove_unfinished((timezone.now() - _YOUNG).timestamp())

"""The cast, built once in a process and put into the database once for many tests.

Building it goes through every service, and takes longer than most tests. So it stands
in the database, committed, and a test works with it in a transaction that is rolled
back. Tests that ask for the database alone find it empty; they come first. What follows
a test that commits, after which the database is emptied, gets a copy: the same rows
with the same ids, and the same files.
"""

import io
import pickle
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_scopes import scopes_disabled

from audits.models import Ask, BoardPack, Report, Rescore, User
from audits.services.renderings import PATIENCE
from tests.casting import Cast, build_cast

_APPS = ("audits", "django_tasks_database")
_RENDERINGS = (Report, BoardPack, Rescore)
type Rows = dict[type[Model], list[Any]]


@dataclass(frozen=True)
class _Kept:
    """What there was when the cast had been built, and had not been before."""

    cast: bytes
    rows: Rows
    files: dict[str, bytes]


_kept: list[_Kept] = []  # one at the most


def set_stage(*, with_cast: bool) -> None:
    """Let the database have the cast or nothing, before a test's transaction begins."""
    if with_cast and not _kept:
        _build()
    elif with_cast and not _is_on_stage():
        _put_on_stage()
    elif not with_cast and _is_on_stage():
        call_command("flush", interactive=False, verbosity=0)


def cast_of_this_test() -> Cast:
    """Return the cast, with its rows in the database and its files in the storage."""
    if not _kept:
        return _build()
    [kept] = _kept
    if not _is_on_stage():
        _put_on_stage()
    _make_young()
    for name, content in kept.files.items():
        if not _is_there(name, content):
            default_storage.delete(name)
            default_storage.save(name, io.BytesIO(content))
    cast: Cast = pickle.loads(kept.cast)  # noqa: S301 - made by this process
    return cast


def _is_on_stage() -> bool:
    people = [user.pk for kept in _kept for user in kept.rows[User]]
    return User.objects.filter(pk__in=people[:1]).exists()


def _put_on_stage() -> None:
    [kept] = _kept
    # In one transaction, in which rows may come before those that they point to.
    with scopes_disabled(), transaction.atomic():
        for model, rows in kept.rows.items():
            model._base_manager.bulk_create(rows)


def _build() -> Cast:
    before, files = _rows(), set(_files())
    cast = build_cast()
    new: Rows = {}
    for model, rows in _rows().items():
        known = {row.pk for row in before[model]}
        new[model] = [row for row in rows if row.pk not in known]
    contents = {name: _content(name) for name in set(_files()) - files}
    _kept.append(_Kept(pickle.dumps(cast), new, contents))
    return cast


def _make_young() -> None:
    """Let leases begin, and what is asked be asked, as of now."""
    now = timezone.now()
    with scopes_disabled():
        for model in _RENDERINGS:
            model._base_manager.update(leased_until=now + PATIENCE)
        Ask._base_manager.update(at=now)


def _rows() -> Rows:
    with scopes_disabled():
        return {
            model: list(model._base_manager.all())
            for app in _APPS
            for model in apps.get_app_config(app).get_models()
        }


def _files(folder: str = "") -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{file}" for file in files)
    for inner in folders:
        yield from _files(f"{prefix}{inner}")


def _content(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def _is_there(name: str, content: bytes) -> bool:
    with suppress(OSError):
        return _content(name) == content
    return False

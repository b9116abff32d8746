"""The cast, put into the database once for many tests.

Building it goes through every service, and takes longer than most tests. So it stands
in the database, committed, and a test works with it in a transaction that is rolled
back. Tests that ask for the database alone find it empty; they come first. What follows
a test that commits, after which the database is emptied, gets a copy. Since it serves
them all, it is built by the clock of the machine, whatever the first test sets.
"""

import io
import pickle
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from audits.models import AnswerRequest, Job
from audits.services.jobs.leases import PATIENCE
from tests.casting import Cast, build_cast
from tests.copies import Copies
from tests.replayed import mark_as_cast

_JOBS: list[type[Model]] = [
    model for model in apps.get_models() if issubclass(model, Job)
]
type Clocks = tuple[object, ...]


def clocks() -> Clocks:
    """Return what says the time now; a test may put its own in their place."""
    return timezone.now, timezone.localdate, vars(timezone)["datetime"]


OF_THE_MACHINE = clocks()
_built: dict[str, bytes] = {}
# Nothing changes one in place, and to copy them was half of copying a part.
_assessments: list[Any] = []


class _Pickler(pickle.Pickler):
    def persistent_id(self, value: object) -> int | None:
        found = (n for n, kept in enumerate(_assessments) if kept is value)
        return next(found, None)


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, number: int) -> Any:
        return _assessments[number]


def _build() -> None:
    assert clocks() == OF_THE_MACHINE, "A test set a clock before the cast was built"
    cast = build_cast()
    _assessments[:] = [part.submitted.assessment for part in (cast.ours, cast.theirs)]
    for part in ("ours", "theirs", "unassigned"):
        packed = io.BytesIO()
        _Pickler(packed).dump(getattr(cast, part))
        _built[part] = packed.getvalue()


class _CastCopy(Cast):
    """The cast of one test, which copies a part when it is first asked for.

    Most tests ask for ours alone.
    """

    def __init__(self) -> None:
        pass  # no part is there yet

    def __getattr__(self, name: str) -> Any:
        if name not in _built:
            raise AttributeError(name)
        part = _Unpickler(io.BytesIO(_built[name])).load()
        object.__setattr__(self, name, part)
        return part


_COPIES = Copies(_build)


def set_stage(*, with_cast: bool) -> None:
    """Let the database have the cast or nothing, before a test's transaction begins."""
    if with_cast and not _COPIES.are_there():
        _COPIES.put()
    elif not with_cast and _COPIES.are_there():
        call_command("flush", interactive=False, verbosity=0)


def cast_of_this_test() -> Cast:
    """Return the cast, with its rows in the database and its files in the storage."""
    if not _COPIES.are_there():
        _COPIES.put()
    _make_young()
    _COPIES.mend_files()
    mark_as_cast()
    return _CastCopy()


def _make_young() -> None:
    """Let leases begin, and what is asked be asked, as of now."""
    now = timezone.now()
    for model in _JOBS:
        _set(model, "leased_until", now + PATIENCE)
    _set(AnswerRequest, "at", now)


def _set(model: type[Model], field: str, time: datetime) -> None:
    """Write it into each row, before each test and so without a query set."""
    table, column = map(connection.ops.quote_name, (model._meta.db_table, field))
    value = connection.ops.adapt_datetimefield_value(time)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])  # noqa: S608

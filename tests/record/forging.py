"""Lines that nobody wrote, and a record that lets them in."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scope

from audits.models import Event
from tests.casting import Cast


def forged(cast: Cast, number: int) -> Event:
    """Return a line of our record that fits its digest and the line before it."""
    with scope(organization=cast.ours.organization):
        before = Event.objects.filter(number=number - 1).first()
    line = Event(
        organization=cast.ours.organization,
        number=number,
        at=timezone.now(),
        verb="audit.approved",
        subject="UC-0001",
        previous=before.digest if before else "",
    )
    line.digest = line.compute_digest()
    return line


@contextmanager
def without(name: str) -> Iterator[None]:
    """Take a constraint of the record away, as the owner of the table can."""
    known = Event._meta.constraints
    [constraint] = [each for each in known if each.name == name]
    # SQLite makes the table again, with what the model says.
    Event._meta.constraints = [each for each in known if each is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Event, constraint)
    Event._meta.constraints = known
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.add_constraint(Event, constraint)


@contextmanager
def without_null(name: str) -> Iterator[None]:
    """Let a field of a line be empty, as the owner of the table can."""
    [field] = [each for each in Event._meta.fields if each.name == name]
    empty = copy(field)
    empty.null = True
    with connection.schema_editor() as editor:
        editor.alter_field(Event, field, empty)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Event, empty, field)


@contextmanager
def without_foreign_keys() -> Iterator[None]:
    """Let a line name what does not exist, as the owner of the database can."""
    # PostgreSQL checks them at the end of a transaction, which this one rolls back.
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        return
    with connection.constraint_checks_disabled():
        yield

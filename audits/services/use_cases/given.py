"""Tells old and new owners of use cases: their inboxes have one row for a change."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from audits.models import UseCase, User
from audits.services.use_cases.alike import update_alike


class Given(NamedTuple):
    """A use case by its number that went from one owner to another, by their ids."""

    number: int
    before: int
    owner: int


def tell_owners(*, given: Mapping[UUID, Given], by: User) -> None:
    """Store who gave use cases of whom to whom; the rows are locked and have owners."""
    update_alike(UseCase, "pk", told_to_owners(given, by))


def told_to_owners(given: Mapping[UUID, Given], by: User) -> dict[UUID, dict[str, Any]]:
    """Return the columns of each use case that say who gave it, and whose it was.

    The first use case of each new owner has how many they got at once, and the first of
    each old owner how many went; the others have none.

    Args:
        given: What was given, by use case.
        by: Who changed the owners.
    """
    now = timezone.now()
    got: dict[int, list[tuple[int, UUID]]] = {}
    lost: dict[int, list[tuple[int, UUID]]] = {}
    columns: dict[UUID, dict[str, Any]] = {}
    for pk, each in given.items():
        got.setdefault(each.owner, []).append((each.number, pk))
        lost.setdefault(each.before, []).append((each.number, pk))
        told = {"given_at": now, "given_by_id": by.pk, "given_from_id": each.before}
        columns[pk] = {**told, "given_count": 0, "taken_count": 0}
    for numbered in lost.values():
        columns[min(numbered)[1]]["taken_count"] = len(numbered)
    for numbered in got.values():
        columns[min(numbered)[1]]["given_count"] = len(numbered)
    return columns


def tell_nobody(pks: Iterable[UUID]) -> None:
    """Forget who gave use cases: they are back with an earlier owner."""
    update_alike(UseCase, "pk", told_to_nobody(pks))


def told_to_nobody(pks: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the columns of use cases that nobody gave."""
    nobody = {"given_at": None, "given_by_id": None, "given_from_id": None}
    return {pk: {**nobody, "given_count": 0, "taken_count": 0} for pk in pks}

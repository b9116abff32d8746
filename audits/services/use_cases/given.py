"""Tells old and new owners of use cases: their inboxes have one row for a change."""

from collections.abc import Iterable, Mapping
from itertools import batched
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from audits.models import UseCase, User

_BATCH = 500


class Given(NamedTuple):
    """A use case by its number that went from one owner to another, by their ids."""

    number: int
    before: int
    owner: int


def tell_owners(*, given: Mapping[UUID, Given], by: User) -> None:
    """Store who gave use cases of whom to whom; the rows are locked and have owners.

    The first use case of each new owner has how many they got at once, and the first of
    each old owner how many went; the others have none.

    Args:
        given: What was given, by use case.
        by: Who changed the owners.
    """
    got: dict[int, list[tuple[int, UUID]]] = {}
    lost: dict[int, list[tuple[int, UUID]]] = {}
    for pk, each in given.items():
        got.setdefault(each.owner, []).append((each.number, pk))
        lost.setdefault(each.before, []).append((each.number, pk))
    told = {"given_at": timezone.now(), "given_by": by}
    for before, numbered in lost.items():
        cases = [pk for _, pk in numbered]
        _update(cases, **told, given_from=before, given_count=0, taken_count=0)
        _update([min(numbered)[1]], taken_count=len(numbered))
    for numbered in got.values():
        _update([min(numbered)[1]], given_count=len(numbered))


def tell_nobody(pks: Iterable[UUID]) -> None:
    """Forget who gave use cases: they are back with an earlier owner."""
    nobody = {"given_at": None, "given_by": None, "given_from": None}
    _update(pks, **nobody, given_count=0, taken_count=0)


def _update(pks: Iterable[UUID], **columns: object) -> None:
    for some in batched(pks, _BATCH, strict=False):
        UseCase.objects.filter(pk__in=some).update(**columns)

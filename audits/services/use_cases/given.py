"""Tells new owners that use cases are theirs: their inbox has one row for a change."""

from collections.abc import Iterable, Mapping
from itertools import batched
from uuid import UUID

from django.utils import timezone

from audits.models import UseCase, User

_BATCH = 500


def tell_new_owners(*, given: Mapping[UUID, tuple[int, int]], by: User) -> None:
    """Store who gave use cases to whom; the rows are locked and have their owners.

    The first use case of each owner has how many they got at once, and the others none.

    Args:
        given: The number of each use case and the id of its new owner.
        by: Who changed the owners.
    """
    of_owners: dict[int, list[tuple[int, UUID]]] = {}
    for pk, (number, owner) in given.items():
        of_owners.setdefault(owner, []).append((number, pk))
    now = timezone.now()
    _update(given, given_at=now, given_by=by, given_count=0)
    for got in of_owners.values():
        _, first = min(got)
        _update([first], given_count=len(got))


def tell_nobody(pks: Iterable[UUID]) -> None:
    """Forget who gave use cases: they are back with an earlier owner."""
    _update(pks, given_at=None, given_by=None, given_count=0)


def _update(pks: Iterable[UUID], **columns: object) -> None:
    for some in batched(pks, _BATCH, strict=False):
        UseCase.objects.filter(pk__in=some).update(**columns)

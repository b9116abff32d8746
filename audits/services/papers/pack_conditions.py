"""Which use cases of a pack are signed off, with conditions that are still open."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from audits.models import SignOffCondition, UseCase
from audits.scoring.days import in_words

_OPEN, _DUE = "conditions", "conditions_due"
_MOST_NAMED = 8


def open_conditions(audits: Iterable[UUID]) -> Mapping[UUID, dict[str, Any]]:
    """Return how many conditions nobody has confirmed and the first day, by audit.

    Note: one query.
    """
    found: dict[UUID, dict[str, Any]] = {}
    still_open = SignOffCondition.objects.in_force().filter(confirmed_at=None)
    days = still_open.filter(audit__in=[*audits]).order_by("due_on")
    for audit, due_on in days.values_list("audit_id", "due_on"):
        row = found.setdefault(audit, {_OPEN: 0, _DUE: due_on.isoformat()})
        row[_OPEN] += 1
    return found


def signed_said(number: int) -> str:
    """Say how many use cases are signed off with conditions that are still open."""
    if number == 1:
        return "1 use case is signed off, with a condition that is still open"
    return f"{number} use cases are signed off, with conditions that are still open"


def signed_in_pack(verdicts: Mapping[str, Mapping[str, Any]]) -> str:
    """Name those of a pack with their conditions, in a sentence; empty without any.

    Args:
        verdicts: What the pack froze of each use case, by its id.

    Note: one query, if there are any.
    """
    waiting = {i: row for i, row in verdicts.items() if row.get(_OPEN)}
    if not waiting:
        return ""
    cases = UseCase.objects.filter(pk__in=[*waiting])
    names = {str(x.pk): f"{x.reference} “{x.name}”" for x in cases}
    first = sorted(waiting, key=lambda i: (waiting[i][_DUE], names.get(i, "")))
    named = [_one(names.get(i, ""), waiting[i]) for i in first[:_MOST_NAMED]]
    if more := len(first) - len(named):
        named.append(f"{more} more (see the portfolio)")
    return f"{signed_said(len(waiting))}: {'; '.join(named)}."


def _one(name: str, row: Mapping[str, Any]) -> str:
    number, due = row[_OPEN], in_words(date.fromisoformat(row[_DUE]))
    if number == 1:
        return f"{name} (1 condition open, due {due})"
    return f"{name} ({number} conditions open, the first due {due})"

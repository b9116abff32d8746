"""Which use cases of a pack are signed off, with conditions that are still open."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from audits.models import Audit, SignOffCondition
from audits.models.sign_offs.conditions import MEANWHILE

SIGNED = "Signed off"
_OPEN, _IDS = "conditions", "conditions_open"
_MOST_LISTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCondition:
    """A condition of a signed use case, its owner, and its day."""

    reference: str
    name: str
    words: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOpen:
    """The first conditions that are open, how many use cases have any, and the rest."""

    rows: tuple[OpenCondition, ...]
    use_cases: int
    more: int

    @property
    def says(self) -> str:
        """How many use cases are signed off with open conditions, in a sentence."""
        return f"{signed_said(self.use_cases)}."


def open_conditions(audits: Iterable[UUID]) -> Mapping[UUID, dict[str, Any]]:
    """Return how many conditions nobody has confirmed and which, by audit.

    Note: one query.
    """
    found: dict[UUID, dict[str, Any]] = {}
    still_open = SignOffCondition.objects.in_force().filter(confirmed_at=None)
    ids = still_open.filter(audit__in=[*audits]).order_by("due_on", "number", "pk")
    for audit, condition in ids.values_list("audit_id", "pk"):
        row = found.setdefault(audit, {_OPEN: 0, _IDS: []})
        row[_OPEN] += 1
        row[_IDS].append(str(condition))
    return found


def signed_said(number: int) -> str:
    """Say how many use cases are signed off with conditions that are still open."""
    if number == 1:
        return "1 use case is signed off, with a condition that is still open"
    return f"{number} use cases are signed off, with conditions that are still open"


def with_open_conditions(verdicts: Mapping[str, Mapping[str, Any]]) -> int:
    """Return of how many use cases conditions are open, as a pack froze them."""
    return sum(bool(row.get(_OPEN)) for row in verdicts.values())


def signed_mark(state: str, frozen: Mapping[str, Any]) -> str:
    """Say that a decision is signed off, and how many conditions are open in a pack.

    Args:
        state: The state of its audit.
        frozen: What the pack froze of its use case.

    >>> signed_mark("signed_off", {"conditions": 1})
    'Signed off, 1 condition open'
    >>> signed_mark("signed_off", {}), signed_mark("in_review", {})
    ('Signed off', '')
    """
    if state != Audit.State.SIGNED_OFF:
        return ""
    number = frozen.get(_OPEN, 0)
    if not number:
        return SIGNED
    return f"{SIGNED}, {number} condition{'' if number == 1 else 's'} open"


def signed_in_pack(
    verdicts: Mapping[str, Mapping[str, Any]], told: Collection[str] = ()
) -> SignedOpen | None:
    """Return the open conditions of a pack, the first day first; None without any.

    Nothing of a condition changes but whether it is met, and a pack froze that.

    Args:
        verdicts: What the pack froze of each use case, by its id.
        told: References of use cases of which the pack tells elsewhere what is to do.

    Note: one query, if there are any.
    """
    ids = [each for row in verdicts.values() if row.get(_OPEN) for each in row[_IDS]]
    if not ids:
        return None
    found = SignOffCondition.objects.filter(pk__in=ids).order_by(
        "due_on", "audit__use_case__name", "number", "pk"
    )
    every = map(_row, found.select_related("audit__use_case", "owner"))
    rows = [row for row in every if row.reference not in told]
    if not rows:
        return None
    return SignedOpen(
        rows=tuple(rows[:_MOST_LISTED]),
        use_cases=len({row.reference for row in rows}),
        more=len(rows[_MOST_LISTED:]),
    )


def _row(condition: SignOffCondition) -> OpenCondition:
    use_case = condition.audit.use_case
    return OpenCondition(
        reference=use_case.reference,
        name=use_case.name,
        words=condition.words
        if condition.holds_money
        else f"{condition.words} ({MEANWHILE})",
        owner=str(condition.owner),
        due_on=condition.due_on,
    )

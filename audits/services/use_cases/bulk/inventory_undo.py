"""Undoes an import: all that it wrote, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Model

from audits.models import (
    AnswerRequest,
    Audit,
    Comment,
    CoverVersion,
    Event,
    Evidence,
    Import,
    ImportedRow,
    ResultsFile,
    Submission,
    Team,
    UsageUpload,
    UseCase,
    User,
    Version,
)
from audits.services.jobs import leases
from audits.services.portfolio.rows import follow_use_cases, replace_columns
from audits.services.record import events
from audits.services.use_cases.bulk.reading import who_may_own
from audits.services.use_cases.given import tell_nobody
from audits.services.use_cases.import_room import size_of
from audits.services.use_cases.inventories import queue
from audits.services.use_cases.inventory_writing import (
    BATCH,
    FIELDS,
    lock_to_change,
    mark_of,
    stored_values,
)
from audits.services.use_cases.moving import Moves

_MOST_NAMED = 3
BROKE_OFF = "The undo stopped, and nothing was undone. Try again."
_GONE = (
    "The import cannot be undone, because a team or an owner from before it is gone. "
    "Nothing was undone."
)
_LEFT = (
    "The import cannot be undone, because an owner from before it may answer nothing "
    "now. Nothing was undone."
)
_JUDGED = (
    "The import cannot be undone, because it would move what is in review or signed "
    "off into a team where you review from one where you do not. Nothing was undone."
)
# What people add to a use case: the way to it, who, and when.
_ADDED: tuple[tuple[type[Model], str, str, str], ...] = (
    (Version, "audit__use_case", "by", "at"),
    (CoverVersion, "audit__use_case", "by", "at"),
    (Evidence, "audit__use_case", "added_by", "added_at"),
    (Comment, "audit__use_case", "by", "at"),
    (AnswerRequest, "audit__use_case", "by", "at"),
    (Submission, "audit__use_case", "by", "at"),
    (ResultsFile, "use_case", "added_by", "added_at"),
    (UsageUpload, "use_case", "added_by", "added_at"),
)


@dataclass(frozen=True, slots=True)
class _Since:
    """Who changed a use case since its import, and when; nobody if it is not known."""

    who: Any
    at: datetime | None


def may_be_undone(inventory: Import) -> bool:
    """Return whether an import wrote something that it still knows."""
    return inventory.state in _UNDOABLE and bool(inventory.written.get("rows"))


_UNDOABLE = (Import.State.DONE, Import.State.FAILED)


def ask_to_undo(*, inventory: Import) -> bool:
    """Queue the undoing of an import.

    Returns:
        Whether to enqueue a task; False while a worker has it, or if nothing is left.
    """
    if not may_be_undone(inventory) and not inventory.is_late:
        return False
    return queue(inventory, _UNDOABLE, Import.State.UNDOING)


def undo(*, inventory: Import) -> None:
    """Remove what an import registered, and give what it changed its earlier values.

    Where somebody changed a row since, nothing is undone, and the import says which.

    Raises:
        LeaseLost: Another worker has it.
    """
    try:
        _undo(inventory)
    except IntegrityError:
        _refuse(inventory, _GONE)


@transaction.atomic
def _undo(inventory: Import) -> None:
    rows = {UUID(row["id"]): row for row in inventory.written["rows"]}
    lock_to_change(rows)
    for some in batched(rows, BATCH, strict=False):
        audits = Audit.objects.filter(use_case__in=some).order_by("pk")
        list(audits.select_for_update(no_key=True).values_list("pk"))
    use_cases = UseCase.objects.filter(organization=inventory.organization)
    found = [
        use_case
        for some in batched(rows, BATCH, strict=False)
        for use_case in use_cases.filter(pk__in=some).select_related("team", "owner")
    ]
    if changed := _changed_since(inventory, rows, found):
        _refuse(inventory, _told(inventory, changed))
        return
    new = [use_case for use_case in found if "before" not in rows[use_case.pk]]
    old = [use_case for use_case in found if "before" in rows[use_case.pk]]
    if why_not := _why_not_restore(inventory, rows, old):
        _refuse(inventory, why_not)
        return
    done = {"removed": len(new), "restored": len(old)}
    state = Import.State.UNDONE
    size = size_of(inventory.found, done)
    rest: dict[str, Any] = {"written": done, "rows": [], "lines": [], "size": size}
    if not leases.finish(job=inventory, state=state, **rest):
        raise leases.LeaseLost
    lines = [*_restore(inventory, rows, old), *_remove(new)]
    teams = Team.objects.filter(pk__in=inventory.written["teams"])
    teams.filter(use_cases__isnull=True).delete()
    undone = events.Entry(
        verb="inventory.undone",
        subject=str(inventory.pk),
        details={"sha256": inventory.sha256, **done},
    )
    events.record_all(
        organization=inventory.organization,
        actor=inventory.by,
        entries=[*lines, undone],
    )


def _why_not_restore(
    inventory: Import, rows: Mapping[UUID, Mapping[str, Any]], old: Sequence[UseCase]
) -> str:
    """Say why teams or owners from before may not come back; empty if they may."""
    before = {u.pk: rows[u.pk]["before"] for u in old}
    moves = Moves(inventory.organization, inventory.by)
    if any(moves.refuse(u, int(before[u.pk]["team"])) for u in old):
        return _JUDGED
    owners = {(int(before[u.pk]["owner"]), u.owner_id) for u in old}
    given = {owner for owner, now in owners if owner != now}
    return _LEFT if given - who_may_own() else ""


def _refuse(inventory: Import, reason: str) -> None:
    state = Import.State.DONE
    if not leases.finish(job=inventory, state=state, failure=reason[:300]):
        raise leases.LeaseLost


def _changed_since(
    inventory: Import, rows: Mapping[UUID, Mapping[str, Any]], found: Sequence[UseCase]
) -> list[tuple[UseCase, _Since]]:
    """Return the use cases that somebody changed since, with who did."""
    imported = Event.objects.filter(
        organization=inventory.organization,
        verb="inventory.imported",
        subject=str(inventory.pk),
    )
    since: datetime = imported.aggregate(at=Max("at"))["at"] or inventory.at
    added = _added_to([u.pk for u in found if "before" not in rows[u.pk]], since)
    changed = [
        use_case
        for use_case in found
        if use_case.pk in added
        or mark_of(stored_values(use_case)) != rows[use_case.pk]["mark"]
    ]
    return [(u, added.get(u.pk) or _last_change(u, since)) for u in changed]


def _added_to(ids: Iterable[UUID], since: datetime) -> dict[UUID, _Since]:
    """Return the use cases that somebody added something to, with who did."""
    found: dict[UUID, _Since] = {}
    for some in batched(ids, BATCH, strict=False):
        for model, way, by, at in _ADDED:
            own = model._default_manager.filter(
                **{f"{way}__in": some, f"{at}__gt": since}
            )
            for pk, who, when in own.values_list(way, by, at):
                found.setdefault(pk, _Since(who, when))
    return found


def _last_change(use_case: UseCase, since: datetime) -> _Since:
    lines = Event.objects.filter(
        organization=use_case.organization_id,
        subject=use_case.reference,
        at__gt=since,
    )
    last = lines.order_by("-number").values_list("actor", "at").first()
    return _Since(*last) if last else _Since(None, None)


def _told(inventory: Import, changed: Sequence[tuple[UseCase, _Since]]) -> str:
    """Say which rows somebody changed since, and who."""
    people = User.objects.in_bulk({since.who for _, since in changed[:_MOST_NAMED]})
    named = [
        f"{use_case.reference} by {people.get(since.who) or 'somebody'}"
        for use_case, since in changed[:_MOST_NAMED]
    ]
    more = len(changed) - len(named)
    listed = ", ".join(named) + (f" and {more:,} more" if more else "")
    return (
        f"The import cannot be undone, because it was changed since: {listed}. "
        "Nothing was undone."
    )


def _restore(
    inventory: Import,
    rows: Mapping[UUID, Mapping[str, Any]],
    use_cases: Sequence[UseCase],
) -> list[events.Entry]:
    """Give use cases their earlier values; return a line of the record for each."""
    lines, back = [], list[UUID]()
    own = Team.objects.filter(organization=inventory.organization)
    teams = {str(team.pk): team for team in own}
    for use_case in use_cases:
        before = rows[use_case.pk]["before"]
        lines.append(_line(use_case, before, teams))
        if use_case.owner_id != int(before["owner"]):
            back.append(use_case.pk)
        use_case.name, use_case.summary = before["name"], before["summary"]
        use_case.stage, use_case.owner_id = before["stage"], int(before["owner"])
        use_case.tags, use_case.own = before["tags"], before["own"]
        if before["team"] not in teams:
            raise IntegrityError
        use_case.team = teams[before["team"]]
    replace_columns(UseCase, use_cases, FIELDS)
    tell_nobody(back)
    follow_use_cases(use_cases)
    _restore_cells(inventory, {u.pk: rows[u.pk] for u in use_cases})
    return lines


def _line(
    use_case: UseCase, before: Mapping[str, Any], teams: Mapping[str, Team]
) -> events.Entry:
    """Tell what of a use case an undo changes, from what to what."""
    now = stored_values(use_case)
    told: dict[str, list[Any]] = {
        name: [now[name], before[name]] for name in FIELDS if now[name] != before[name]
    }
    if "team" in told:
        told["team"] = [str(teams.get(each, each)) for each in told["team"]]
    if "owner" in told:
        told["owner"] = [int(each) for each in told["owner"]]
    return events.Entry(
        verb="use_case.changed",
        subject=use_case.reference,
        details={"changed": list(told), **told},
    )


def _restore_cells(inventory: Import, rows: Mapping[UUID, Mapping[str, Any]]) -> None:
    kept = {pk: row["kept"] for pk, row in rows.items() if "kept" in row}
    for some in batched((pk for pk in kept if not kept[pk]), BATCH, strict=False):
        ImportedRow.objects.filter(use_case__in=some).delete()
    replace_columns(
        ImportedRow,
        [
            ImportedRow(use_case_id=pk, organization=inventory.organization, **cells)
            for pk, cells in kept.items()
            if cells
        ],
        ("preset", "cells"),
    )


def _remove(use_cases: Sequence[UseCase]) -> list[events.Entry]:
    """Delete use cases that nobody worked on; return a line of the record for each.

    Their numbers are never given again.
    """
    for some in batched(use_cases, BATCH, strict=False):
        UseCase.objects.filter(pk__in=[use_case.pk for use_case in some]).delete()
    return [
        events.Entry(
            verb="use_case.deleted",
            subject=use_case.reference,
            details={
                "number": use_case.number,
                "name": use_case.name,
                "answers": 0,
                "evidence": 0,
            },
        )
        for use_case in use_cases
    ]

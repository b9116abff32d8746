"""Changes many use cases at once, and undoes that: all in one transaction."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audits.models import BulkChange, Event, Organization, Team, UseCase, User
from audits.models.clock import database_now
from audits.services.jobs import leases
from audits.services.portfolio.tags import known_tags
from audits.services.record import events
from audits.services.use_cases.bulk.applying import apply, lock_cases
from audits.services.use_cases.bulk.plans import (
    CHANGED_SINCE,
    Planned,
    digest_of,
    planned,
    put_back,
    without,
)
from audits.services.use_cases.bulk.reading import (
    BATCH,
    cases_of,
    plan_of,
    who_may_own,
    without_refused_moves,
)
from audits.services.use_cases.given import Given, told_to_nobody, told_to_owners

# Up to so many use cases are changed while the person waits; a worker changes more.
AT_ONCE = 300
_PLANNED = timedelta(days=1)  # how long one stays that nobody made
_MOST_NAMED = 20
_GONE = "its team is gone"
_LEFT = "its owner before may answer nothing now"
OVERTAKEN = (
    "Some of these use cases were changed after you opened this page, so nothing was "
    "changed. Read what each part does now, then change them."
)
BROKE_OFF = (
    "It stopped, and nothing was changed. Try again. If it fails again, tell an "
    "administrator."
)
State = BulkChange.State
_CHANGED = "use_cases.changed"


class PlanChanged(Exception):  # noqa: N818 - the state it is in, not a fault
    """The use cases have other values than on the page that the person read."""


@transaction.atomic
def start_change(
    *,
    organization: Organization,
    by: User,
    cases: Sequence[str],
    wanted: Mapping[str, Any],
) -> BulkChange:
    """Store what a person wants to change of which use cases; nothing changes yet.

    Of their choices that nobody made, only the latest is kept.
    """
    BulkChange.objects.filter(by=by, state=State.PLANNED).delete()
    return BulkChange.objects.create(
        organization=organization, by=by, cases=list(cases), wanted=dict(wanted)
    )


def ask_to_write(*, change: BulkChange, shown: str) -> bool:
    """Queue the change; False if it is made already, or a worker has it.

    Args:
        change: The change.
        shown: The digest of the plan that the person read.
    """
    before = (State.PLANNED, State.FAILED)
    return _queue(change, before, State.WRITING, shown=shown)


def ask_to_undo(*, change: BulkChange) -> bool:
    """Queue the undoing of a change; False if there is none, or a worker has it."""
    return _queue(change, (State.DONE,), State.UNDOING)


def _queue(
    change: BulkChange, before: Sequence[State], to: State, **columns: object
) -> bool:
    now = database_now()
    columns = {"done": 0, **columns}
    free = BulkChange.objects.filter(pk=change.pk, state__in=before)
    queued = leases.queued(now)
    is_queued = free.update(state=to, attempts=0, **queued, **columns)
    change.refresh_from_db()
    return bool(is_queued)


@transaction.atomic
def write_now(*, change: BulkChange, shown: str) -> bool:
    """Make a change while the person waits; False if it is made already.

    Raises:
        PlanChanged: Somebody changed some of them since the person read the plan.
    """
    if not ask_to_write(change=change, shown=shown):
        return False
    leases.claim(job=change, waiting_in=State.WRITING)
    write(change=change)
    return True


@transaction.atomic
def change_one(*, use_case: UseCase, by: User, wanted: Mapping[str, Any]) -> BulkChange:
    """Change one use case without a plan to read first; it can be undone as well."""
    change = BulkChange.objects.create(
        organization=use_case.organization,
        by=by,
        cases=[use_case.pk.hex],
        wanted=dict(wanted),
    )
    lock_cases(change.cases, with_audits=_has_audits(change))
    write_now(change=change, shown=digest_of(plan_of(change)))
    return change


@transaction.atomic
def undo_now(*, change: BulkChange) -> bool:
    """Undo a change while the person waits; False if there is nothing to undo."""
    if not ask_to_undo(change=change):
        return False
    leases.claim(job=change, waiting_in=State.UNDOING)
    undo(change=change)
    return True


def write(*, change: BulkChange) -> None:
    """Change all use cases that the plan changes; the change is leased.

    A worker first compares the plan, and says how far it is: what it writes then is one
    transaction, of which nobody sees a part.

    Raises:
        LeaseLost: Another worker has it.
        PlanChanged: Somebody changed some of them since the person read the plan.
    """
    if len(change.cases) <= AT_ONCE:
        _write(change)
        return
    with _nothing_collected():
        _compare(change)
        _write(change)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let Python look for garbage afterwards.

    What a change of thousands plans is none until its end, and looking through it again
    and again takes a seventh of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compare(change: BulkChange) -> None:
    """Compare the plan with the one that the person read, a part at a time."""
    plan: list[Planned] = []
    done, known = 0, known_tags()
    for some in batched(sorted(change.cases), BATCH, strict=False):
        part = planned(cases_of(some), change.wanted, known)
        plan += without_refused_moves(part, change)
        done += len(some)
        leases.extend(job=change, done=done)
    if digest_of(plan) != change.shown:
        raise PlanChanged


@transaction.atomic
def _write(change: BulkChange) -> None:
    lock_cases(change.cases, with_audits=_has_audits(change))
    plan = plan_of(change)
    if digest_of(plan) != change.shown:
        raise PlanChanged
    changing = [each for each in plan if each.changed]
    rows = [_stored(each) for each in changing]
    _finish(change, State.DONE, changed=len(rows), written={"rows": rows})
    details = {"changed": len(rows), "wanted": sorted(change.wanted)}
    told = told_to_owners(_given(changing), change.by)
    lines = apply(changing, change.by, told)
    _record(change, lines, _CHANGED, details)


@transaction.atomic
def undo(*, change: BulkChange) -> None:
    """Put back what a change replaced, but what somebody changed since.

    Raises:
        LeaseLost: Another worker has it.
    """
    rows = {row["id"]: row for row in change.written["rows"]}
    lock_cases([*rows], with_audits=_has_audits(change))
    plan = _with_owners(_with_teams(put_back(cases_of([*rows]), rows)))
    plan = without_refused_moves(plan, change)
    restored = [each for each in plan if each.changed]
    left = [each for each in plan if each.left]
    gone = len(rows) - len(plan)
    told = {
        "restored": len(restored),
        "left": _told(change, left[:_MOST_NAMED]),
        "more": max(0, len(left) - _MOST_NAMED),
        "gone": gone,
    }
    _finish(change, State.UNDONE, written=told)
    details = {"restored": len(restored), "left": len(left) + gone}
    lines = apply(restored, change.by, told_to_nobody(_given(restored)))
    _record(change, lines, "use_cases.restored", details)


def _given(plan: Sequence[Planned]) -> dict[UUID, Given]:
    """Return each use case whose owner changes, with both owners."""
    return {
        UUID(each.case.id): Given(each.case.number, *each.changed["owner"])
        for each in plan
        if "owner" in each.changed
    }


def _finish(change: BulkChange, state: State, **columns: object) -> None:
    if not leases.finish(job=change, state=state, **columns):
        raise leases.LeaseLost


def _record(
    change: BulkChange,
    lines: Sequence[events.Entry],
    verb: str,
    details: dict[str, Any],
) -> None:
    whole = events.Entry(verb=verb, subject=str(change.pk), details=details)
    events.record_all(
        organization=change.organization, actor=change.by, entries=[*lines, whole]
    )


def _stored(each: Planned) -> dict[str, Any]:
    row = {"id": each.case.id, "changed": dict(each.changed)}
    if "review" in each.changed:
        row["in_force"] = each.case.in_force
    return row | ({"audit": each.case.audit} if "sponsor" in each.changed else {})


def _has_audits(change: BulkChange) -> bool:
    """Return whether it changes something of audits, too."""
    return not change.wanted.keys().isdisjoint(("sponsor", "review"))


def _with_teams(plan: Sequence[Planned]) -> list[Planned]:
    """Leave out what would go back to a team that is gone."""
    there = set(Team.objects.values_list("pk", flat=True))
    return [
        each
        if "team" not in each.changed or each.changed["team"][1] in there
        else without(each, "team", _GONE)
        for each in plan
    ]


def _with_owners(plan: Sequence[Planned]) -> list[Planned]:
    """Leave out what would go back to somebody who was deactivated, or only reads."""
    there = who_may_own()
    return [
        each
        if "owner" not in each.changed or each.changed["owner"][1] in there
        else without(each, "owner", _LEFT)
        for each in plan
    ]


def _told(change: BulkChange, left: Sequence[Planned]) -> list[dict[str, str]]:
    """Say of use cases that keep something who changed it, or why else."""
    own = Event.objects.filter(verb=_CHANGED, subject=str(change.pk))
    since = own.values_list("number", flat=True).first() or 0
    return [
        {
            "reference": each.case.reference,
            "name": each.case.name,
            "why": "; ".join(
                dict.fromkeys(
                    _by_whom(change, each, since) if why == CHANGED_SINCE else why
                    for why in each.left.values()
                )
            ),
        }
        for each in left
    ]


def _by_whom(change: BulkChange, each: Planned, since: int) -> str:
    about = (each.case.reference, str(UUID(each.case.audit)))
    lines = Event.objects.filter(
        organization=change.organization_id, subject__in=about, number__gt=since
    )
    last = lines.order_by("-number").select_related("actor").first()
    who = last.actor if last and last.actor else "somebody"
    return f"{CHANGED_SINCE} by {who}"


def forget_old() -> int:
    """Remove changes that nobody makes or undoes any more; return how many."""
    now = timezone.now()
    old = Q(state=State.PLANNED, at__lt=now - _PLANNED)
    old |= Q(at__lt=now - BulkChange.UNDO_FOR) & ~Q(state__in=BulkChange.WAITING)
    return BulkChange.objects.filter(old).delete()[0]

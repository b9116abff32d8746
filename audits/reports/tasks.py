"""Queues board papers and packs, which a worker makes in the background.

The row is the source of truth: the worker that claims it makes the file, and a task
that runs twice finds nothing to claim. A web server only queues them, so the code that
makes them is loaded by the worker alone: it takes a megabyte.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.db import transaction
from django.tasks import task
from django_scopes import scope, scopes_disabled

from audits.checked_files import StorageSilent
from audits.models import (
    Audit,
    AuditQuerySet,
    BoardPack,
    Job,
    Organization,
    PackDecision,
    Report,
    User,
)
from audits.reports.paper_look import logo_of
from audits.services.files.file_checks import FileLost, open_checked
from audits.services.jobs import fair_queue, jobs, leases
from audits.services.jobs.fair_queue import Work
from audits.services.papers import reports
from audits.services.papers.packs import board_packs
from audits.services.papers.packs.pack_room import require_space


def queue_report(
    *, audit: Audit, by: User, alone: bool = True, kind: str = Report.Kind.PAPER
) -> Report:
    """Request a paper or its annex and queue it for a worker, in one transaction.

    A paper whose file is lost is made again.

    Raises:
        NotSubmitted: The audit is a draft.
        TooManyWaiting: Too many of their papers are not finished yet.
    """
    _look_at_logo(audit.organization)
    with transaction.atomic():
        fair_queue.lock_queue_of(by)
        report, to_make = reports.request_report(
            audit=audit, by=by, alone=alone, kind=kind
        )
        if to_make:
            if alone:
                _require_room(report, by)
            _enqueue(report)
    _make_again_if_lost(report, by)
    return report


def queue_pack(
    *,
    organization: Organization,
    by: User,
    audits: AuditQuerySet,
    filters: str = "",
    meeting: str = "",
    since: str = "",
) -> BoardPack:
    """Request a pack and queue it for a worker, in one transaction.

    A pack whose file is lost is made again.

    Raises:
        NothingToDecide: None of the audits awaits a decision.
        NoSuchPack: There is no such pack to compare it with.
        TooManyWaiting: Too many packs and the like are not finished yet.
        NoRoomForPacks: The files of the organization's packs take all their room.
    """
    _look_at_logo(organization)
    with transaction.atomic():
        fair_queue.lock_queue_of(by)
        pack, to_make = board_packs.request_pack(
            organization=organization,
            by=by,
            audits=audits,
            filters=filters,
            meeting=meeting,
            since=since,
        )
        if to_make:
            _require_room(pack, by)
            require_space(organization)
            _enqueue(pack)
    _make_again_if_lost(pack, by)
    return pack


def make_again(*, job: Report | BoardPack, by: User) -> bool:
    """Queue a paper or pack again whose file is lost.

    Returns False, and changes nothing, if it would no longer be the same.
    """
    if not may_be_made_again(job):
        return False
    with transaction.atomic():
        if jobs.queue_lost_file(job=job, by=by):
            if isinstance(job, BoardPack):
                board_packs.forget_papers(job)
            _enqueue(job)
    return True


def may_be_made_again(job: Report | BoardPack) -> bool:
    """Return whether a paper or pack made now would be the same."""
    if isinstance(job, BoardPack):
        return board_packs.is_as_asked(job)
    return reports.is_current(report=job)


def queue_overdue_again() -> int:
    """Queue again the papers and packs of every organization whose lease ended."""
    to_make: list[Job] = []
    with scopes_disabled(), transaction.atomic():
        to_make += leases.take_back_overdue(Report)
        to_make += leases.take_back_overdue(BoardPack)
        for job in to_make:
            _enqueue(job)
    return len(to_make)


@task
def make_report(organization_id: str, report_id: str) -> None:
    """Make one paper; a fault ends in a failed report with a reason, not in a retry."""
    from audits.reports.making import deliver_report  # noqa: PLC0415 - a worker's

    with _inside(organization_id):
        report = Report.objects.select_related("organization").get(pk=UUID(report_id))
        if jobs.start_job(job=report):
            deliver_report(report)
            for pack in BoardPack.objects.complete_with(report):
                _enqueue(pack)


@task
def make_pack(organization_id: str, pack_id: str) -> None:
    """Make one pack, or request the papers that it needs first."""
    from audits.reports.making import deliver_pack  # noqa: PLC0415 - a worker's

    with _inside(organization_id):
        pack = BoardPack.objects.select_related(
            "organization", "requested_by", "previous"
        ).get(pk=UUID(pack_id))
        if not jobs.start_job(job=pack):
            return
        if pack.is_in_one_file or not _papers_to_wait_for(pack):
            deliver_pack(pack)
            return
        board_packs.put_back_to_wait(pack=pack)
        if not _waiting(pack):  # the last paper was just finished
            _enqueue(pack)


def _papers_to_wait_for(pack: BoardPack) -> bool:
    """Request every paper of a pack once, while leased; say whether to wait."""
    decisions = PackDecision.objects.select_related(
        *("audit__organization", "audit__submitted_by"),
        *("audit__use_case__team", "audit__use_case__owner"),
    )
    missing = decisions.filter(pack=pack, report=None)
    for pk in list(missing.values_list("pk", flat=True)):
        decision = decisions.get(pk=pk)
        if not BoardPack.objects.held_as(pack).exists():
            return True
        if not board_packs.is_current(decision):
            continue  # the finished pack says what is left out
        decision.report = queue_report(
            audit=decision.audit, by=pack.requested_by, alone=False
        )
        decision.save(update_fields=["report"])
    return _waiting(pack)


def _waiting(pack: BoardPack) -> bool:
    decisions = PackDecision.objects.filter(pack=pack)
    return decisions.filter(report__state__in=Job.WAITING).exists()


def _make_again_if_lost(job: Report | BoardPack, by: User) -> None:
    if job.state != Job.State.READY:
        return
    try:
        open_checked(job).close()
    except FileLost:
        make_again(job=job, by=by)
    except StorageSilent:
        pass  # its download page says so


def _look_at_logo(organization: Organization) -> None:
    """Check whether the logo is lost: without it, the paper is a different one."""
    with suppress(FileLost, StorageSilent):
        logo_of(organization)


@contextmanager
def _inside(organization_id: str) -> Iterator[None]:
    """Open the scope of an organization, given by its id."""
    with scopes_disabled():
        organization = Organization.objects.get(pk=UUID(organization_id))
    with scope(organization=organization):
        yield


def _enqueue(job: Job) -> None:
    maker = make_pack if isinstance(job, BoardPack) else make_report
    priority = fair_queue.priority_of(
        work=_work(job),
        organization=job.organization,
        by=job.requested_by,
    )
    maker.using(priority=priority).enqueue(str(job.organization_id), str(job.pk))


def _require_room(job: Job, by: User) -> None:
    organization = job.organization
    fair_queue.require_room(work=_work(job), organization=organization, by=by)


def _work(job: Job) -> Work:
    if not isinstance(job, Report):
        return Work.LONG
    return Work.PAPER if job.asked_alone else Work.PAPER_OF_A_PACK

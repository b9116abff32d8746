"""Makes board papers and packs in the background.

The row is the truth: whoever claims it makes the file, and a task that is run twice
finds nothing to claim.
"""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.tasks import task
from django_scopes import scope, scopes_disabled

from audits.models import (
    Audit,
    AuditQuerySet,
    BoardPack,
    Organization,
    PackDecision,
    Rendering,
    Report,
    User,
)
from audits.outages import outage_of
from audits.reports.context import build_paper
from audits.reports.pack_context import PackOutdated
from audits.reports.packing import packed
from audits.reports.printing import PaperRefused, print_paper
from audits.services import board_packs, renderings, reports

logger = logging.getLogger(__name__)


def queue_report(*, audit: Audit, by: User, alone: bool = True) -> Report:
    """Ask for a paper, and for a worker to make it, in one transaction.

    Raises:
        NotSubmitted: The audit is a draft.
    """
    with transaction.atomic():
        report, to_make = reports.request_report(audit=audit, by=by, alone=alone)
        if to_make:
            _enqueue(report)
    return report


def queue_pack(
    *,
    organization: Organization,
    by: User,
    audits: AuditQuerySet,
    filters: str = "",
    meeting: str = "",
) -> BoardPack:
    """Ask for a pack, and for a worker to make it, in one transaction.

    Raises:
        NothingToDecide: None of the audits awaits a decision.
    """
    with transaction.atomic():
        pack, to_make = board_packs.request_pack(
            organization=organization,
            by=by,
            audits=audits,
            filters=filters,
            meeting=meeting,
        )
        if to_make:
            _enqueue(pack)
    return pack


def queue_overdue_again() -> int:
    """Queue again what nobody makes any more, of every organization."""
    to_make: list[Rendering] = []
    with scopes_disabled(), transaction.atomic():
        to_make += renderings.take_back_overdue(Report)
        to_make += renderings.take_back_overdue(BoardPack)
        for rendering in to_make:
            _enqueue(rendering)
    return len(to_make)


@task
def make_report(organization_id: str, report_id: str) -> None:
    """Make one paper; a fault ends in a failed report with a reason, not in a retry."""
    with _inside(organization_id):
        report = Report.objects.select_related(
            *("audit__use_case__team", "audit__use_case__owner"),
            *("audit__submitted_by", "audit__organization", "organization"),
        ).get(pk=UUID(report_id))
        if renderings.start_rendering(rendering=report):
            _deliver(report, _paper(report))
            for pack in BoardPack.objects.complete_with(report):
                _enqueue(pack)


@task
def make_pack(organization_id: str, pack_id: str) -> None:
    """Make one pack, or ask for the papers that are to be made before it."""
    with _inside(organization_id):
        pack = BoardPack.objects.select_related(
            "organization", "requested_by", "previous"
        ).get(pk=UUID(pack_id))
        if not renderings.start_rendering(rendering=pack):
            return
        if pack.is_in_one_file or not _papers_to_wait_for(pack):
            _deliver(pack, packed(pack))
            return
        board_packs.put_back_to_wait(pack=pack)
        if not _waiting(pack):  # the last was made meanwhile, and found it held
            _enqueue(pack)


def _papers_to_wait_for(pack: BoardPack) -> bool:
    """Ask for every paper of a pack once, while it is held; say whether to wait."""
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
            continue  # what is left out is told when the pack is made
        decision.report = queue_report(
            audit=decision.audit, by=pack.requested_by, alone=False
        )
        decision.save(update_fields=["report"])
    return _waiting(pack)


def _waiting(pack: BoardPack) -> bool:
    decisions = PackDecision.objects.filter(pack=pack)
    return decisions.filter(report__state__in=Rendering.WAITING).exists()


@contextmanager
def _inside(organization_id: str) -> Iterator[None]:
    """Work inside an organization, which a task is told by its id."""
    with scopes_disabled():
        organization = Organization.objects.get(pk=UUID(organization_id))
    with scope(organization=organization):
        yield


def _enqueue(rendering: Rendering) -> None:
    maker = make_pack if isinstance(rendering, BoardPack) else make_report
    maker.enqueue(str(rendering.organization_id), str(rendering.pk))


@contextmanager
def _paper(report: Report) -> Iterator["tuple[File[bytes], str]"]:
    if not reports.is_current(report=report):
        message = (
            "The audit, a name in it or its page 1 was changed before the paper was "
            "made. Ask for it again."
        )
        raise PaperRefused(message)
    made = print_paper(build_paper(report.audit))
    yield ContentFile(made.pdf, "paper.pdf"), made.notice


def _deliver(
    rendering: Rendering, making: "AbstractContextManager[tuple[File[bytes], str]]"
) -> None:
    """Make a file and store it, or note why not."""
    noun = rendering.NOUN
    try:
        with making as (content, notice):
            if not renderings.complete_rendering(
                rendering=rendering, content=content, notice=notice
            ):
                logger.warning("%s %s came too late", noun, rendering.pk)
    except (PaperRefused, PackOutdated, renderings.NotStored) as error:
        logger.warning("%s %s failed: %s", noun, rendering.pk, error)
        renderings.fail_rendering(rendering=rendering, reason=str(error))
    except Exception as error:
        if outage_of(error):
            raise  # nothing can be noted now; it is queued again as its lease is over
        logger.exception("%s %s failed", noun, rendering.pk)
        renderings.fail_rendering(
            rendering=rendering, reason="The paper could not be made or stored."
        )

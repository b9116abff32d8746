"""Makes the file of a board paper, an annex or a pack, and stores it or the reason."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial

from django.core.files.base import ContentFile

from audits.checked_files import StorageSilent
from audits.models import Audit, BoardPack, Report
from audits.models.queries.consistent_reads import consistent_read
from audits.outages import outage_of
from audits.reports.annex import build_annex
from audits.reports.context import build_paper, record_line_of
from audits.reports.packs.pack_context import PackOutdated
from audits.reports.packs.packing import STORAGE_SILENT, Made, packed
from audits.reports.paper_look import branding_of, logo_of, notice_of
from audits.reports.pdf_client import FAULT, PaperRefused, print_annex, print_paper
from audits.services.files.file_checks import FileLost
from audits.services.jobs import jobs, leases
from audits.services.papers import reports
from audits.temporary_room import NoTemporaryRoomError

logger = logging.getLogger(__name__)
# What a paper or annex has beside the answers that others may change meanwhile.
_BESIDE: dict[str, str] = {
    Report.Kind.PAPER: "its page 1",
    Report.Kind.ANNEX: "a comment",
}


def deliver_report(report: Report) -> None:
    """Make a leased paper or annex and store it, or record why it failed."""
    _deliver(report, _printed(report))


def deliver_pack(pack: BoardPack) -> None:
    """Make a leased pack and store it, or record why it failed."""
    _deliver(pack, packed(pack))


@contextmanager
def _printed(report: Report) -> Iterator[Made]:
    with suppress(FileLost):
        logo_of(report.organization)
    branding = branding_of(report.organization)
    # Its words and its key are of one moment, though people go on writing.
    with consistent_read():
        audit = _as_asked(report)
        record = record_line_of(report)
        if report.kind == Report.Kind.ANNEX:
            printing = partial(print_annex, build_annex(audit, record, branding))
        else:
            paper = build_paper(audit, record=record, branding=branding)
            printing = partial(print_paper, paper)
    made = printing()
    _as_asked(report)
    notice = notice_of(report.organization, branding, made.notice)
    yield Made(ContentFile(made.pdf, f"{report.noun}.pdf"), notice, made.told)


def _as_asked(report: Report) -> Audit:
    """Read the audit of a paper, if it still is what the paper was asked for.

    Raises:
        PaperRefused: It is not.
    """
    now = Report.objects.select_related(
        *("audit__use_case__team", "audit__use_case__owner"),
        *("audit__use_case__organization", "audit__submitted_by"),
        "audit__organization",
    ).get(pk=report.pk)
    if not reports.is_current(report=now):
        message = (
            f"The audit, a name in it or {_BESIDE[now.kind]} changed before the "
            f"{now.noun} was made. Make the {now.noun} again."
        )
        raise PaperRefused(message)
    return now.audit


def _deliver(job: Report | BoardPack, making: AbstractContextManager[Made]) -> None:
    """Make a file and store it, or record the failure."""
    noun = "pack" if isinstance(job, BoardPack) else job.noun
    try:
        with making as made:
            if not jobs.complete_job(
                job=job, content=made.content, notice=made.notice, told=made.told
            ):
                logger.warning("%s %s finished too late", noun, job.pk)
    except StorageSilent as error:
        logger.warning("%s %s failed: %r", noun, job.pk, error)
        leases.fail(job=job, reason=STORAGE_SILENT)
    except (PaperRefused, PackOutdated, jobs.NotStored) as error:
        logger.warning("%s %s failed: %s", noun, job.pk, error)
        leases.fail(job=job, reason=str(error))
    except NoTemporaryRoomError:
        logger.exception("%s %s had no room for a temporary file", noun, job.pk)
        leases.fail(job=job, reason=jobs.NOT_STORED)
    except Exception as error:
        if outage_of(error):
            raise  # nothing can be stored now; it is queued again once its lease ends
        logger.exception("%s %s failed", noun, job.pk)
        leases.fail(job=job, reason=FAULT)

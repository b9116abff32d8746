"""Makes the file of a pack: one PDF, or a zip once all its papers exist."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from django.core.files import File
from django.core.files.base import ContentFile

from audits.checked_files import StorageSilent
from audits.models import BoardPack, Job, Organization, PackDecision, Report
from audits.models.queries.consistent_reads import consistent_read
from audits.reports.packs.pack_context import PackOutdated, build_pack
from audits.reports.packs.pack_zip import write_zip
from audits.reports.paper_look import branding_of, notice_of
from audits.reports.pdf_client import PaperRefused, print_pack
from audits.services.files.file_checks import FileLost, open_checked
from audits.services.papers import reports
from audits.services.papers.packs import board_packs
from audits.temporary_room import temporary_room

STORAGE_SILENT = (
    "The file storage is not responding. Try again later. If it fails again, tell an "
    "administrator."
)
_CHANGED = (
    "A decision, its names or its page 1 changed before the pack was made. Make a new "
    "pack."
)
_AT_A_TIME = 20
_IN_MEMORY = 8 * 1024**2  # of a zip; more goes to the disk


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file, the notice for its author, and what it says for slides."""

    content: "File[bytes]"
    notice: str
    told: dict[str, Any]


@contextmanager
def packed(pack: BoardPack) -> Iterator[Made]:
    """Yield the finished file of a pack, with a notice about pages that are too long.

    Raises:
        PackOutdated: A decision, or what a paper says of it, is not as it was asked.
        PaperRefused: It, or one of its papers, cannot be made.
    """
    branding = branding_of(pack.organization)
    with consistent_read():
        content = build_pack(pack, branding)
        _require_as_asked(pack)
    made = print_pack(content)
    _require_as_asked(pack)
    too_long = made.notice if pack.is_in_one_file else ""
    notice = notice_of(pack.organization, content.branding, too_long)
    if pack.is_in_one_file:
        yield Made(ContentFile(made.pdf, "pack.pdf"), notice, made.told)
        return
    names = {item.number: item.file_name for item in content.asked}
    with temporary_room(), tempfile.SpooledTemporaryFile(_IN_MEMORY) as target:
        write_zip(target, made.pdf, _papers(pack, names))
        yield Made(File(target, "pack.zip"), notice, made.told)


def _require_as_asked(pack: BoardPack) -> None:
    """Compare a pack and its papers with what was asked for, as it is stored now.

    Raises:
        PackOutdated: A decision, or what a paper says of it, is not as it was asked.
    """
    # A new name or look of the organization makes another pack too.
    pack.organization = Organization.objects.get(pk=pack.organization_id)
    made = Report.objects.filter(pack_decisions__pack=pack).select_related(
        *("audit__use_case__team", "audit__use_case__owner"),
        *("audit__submitted_by", "audit__organization"),
    )
    if not board_packs.is_as_asked(pack) or not all(
        reports.is_current(report=report) for report in made.iterator(_AT_A_TIME)
    ):
        raise PackOutdated(_CHANGED)


def _papers(pack: BoardPack, names: dict[int, str]) -> Iterator[tuple[str, IO[bytes]]]:
    decisions = PackDecision.objects.filter(pack=pack).select_related(
        "report", "audit__use_case"
    )
    for decision in decisions:
        report, reference = decision.report, decision.audit.use_case.reference
        if report is None or report.state != Job.State.READY:
            why = report.failure if report else ""
            message = f"The paper for {reference} is unavailable. {why}".strip()
            raise PaperRefused(message)
        try:
            paper = open_checked(report)
        except FileLost as error:
            message = (
                f"The stored paper for {reference} is missing or was altered. Try "
                f"again to make a new one."
            )
            raise PaperRefused(message) from error
        except StorageSilent as error:
            raise PaperRefused(STORAGE_SILENT) from error
        yield names[decision.number], paper

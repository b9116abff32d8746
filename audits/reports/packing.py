"""Makes the file of a pack: one PDF, or a zip once all its papers exist."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.core.files import File
from django.core.files.base import ContentFile

from audits.checked_files import StorageSilent
from audits.models import BoardPack, Job, PackDecision
from audits.reports.context import notice_of
from audits.reports.pack_context import build_pack
from audits.reports.pack_zip import write_zip
from audits.reports.pdf_client import PaperRefused, print_pack
from audits.services.files.file_checks import FileLost, open_checked
from audits.temporary_room import temporary_room

STORAGE_SILENT = (
    "The file storage is not responding. Try again later. If it fails again, tell an "
    "administrator."
)
_IN_MEMORY = 8 * 1024**2  # of a zip; more goes to the disk


@contextmanager
def packed(pack: BoardPack) -> Iterator[tuple["File[bytes]", str]]:
    """Yield the finished file of a pack, and a notice about pages that are too long.

    Raises:
        PackOutdated: The answers of one decision were reopened.
        PaperRefused: It, or one of its papers, cannot be made.
    """
    content = build_pack(pack)
    made = print_pack(content)
    too_long = made.notice if pack.is_in_one_file else ""
    notice = notice_of(pack.organization, content.branding, too_long)
    if pack.is_in_one_file:
        yield ContentFile(made.pdf, "pack.pdf"), notice
        return
    names = {item.number: item.file_name for item in content.asked}
    with temporary_room(), tempfile.SpooledTemporaryFile(_IN_MEMORY) as target:
        write_zip(target, made.pdf, _papers(pack, names))
        yield File(target, "pack.zip"), notice


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

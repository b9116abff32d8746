"""Makes the file of a pack: one PDF, or a zip once all its papers are there."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.core.files import File
from django.core.files.base import ContentFile

from audits.models import BoardPack, PackDecision, Rendering
from audits.reports.pack_context import build_pack
from audits.reports.pack_zip import write_zip
from audits.reports.printing import PaperRefused, print_pack
from audits.temporary_room import temporary_room

_IN_MEMORY = 8 * 1024**2  # of a zip; more goes to the disk


@contextmanager
def packed(pack: BoardPack) -> Iterator[tuple["File[bytes]", str]]:
    """Give the finished file of a pack, to be stored, and a notice of what is too long.

    Raises:
        PackOutdated: The answers of one decision were opened again.
        PaperRefused: It cannot be set, or one of its papers could not be.
    """
    content = build_pack(pack)
    made = print_pack(content)
    if pack.is_in_one_file:
        yield ContentFile(made.pdf, "pack.pdf"), made.notice
        return
    names = {item.number: item.file_name for item in content.asked}
    with temporary_room(), tempfile.SpooledTemporaryFile(_IN_MEMORY) as target:
        write_zip(target, made.pdf, _papers(pack, names))
        yield File(target, "pack.zip"), ""


def _papers(pack: BoardPack, names: dict[int, str]) -> Iterator[tuple[str, IO[bytes]]]:
    decisions = PackDecision.objects.filter(pack=pack).select_related(
        "report", "audit__use_case"
    )
    for decision in decisions:
        report = decision.report
        if report is None or report.state != Rendering.State.READY:
            why = report.failure if report else ""
            reference = decision.audit.use_case.reference
            message = f"The paper of {reference} is not there. {why}".strip()
            raise PaperRefused(message)
        try:
            paper = report.file.storage.open(str(report.file))
        except OSError as error:
            reference = decision.audit.use_case.reference
            message = f"The paper of {reference} cannot be read where it is stored."
            raise PaperRefused(message) from error
        yield names[decision.number], paper

"""Finds the paper that a file must be, among those that this installation made."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import Error
from django.db.models import Q
from django_scopes import scope, scopes_disabled

from audits.checked_files import StorageSilent
from audits.models import Report
from audits.services.files.file_checks import FileLost, open_checked

NOT_HERE = (
    "this installation has no paper with the record line that the file names. If "
    "another installation made the paper, verify it there. If this one did, the file "
    "was changed"
)
NO_DATABASE = "the database of this installation cannot be read"
SILENT = "the storage of files does not answer"
LOST = "the stored file of the paper is missing or was altered. Make the paper again"


@dataclass(frozen=True, slots=True)
class Stored:
    """A paper that this installation made: its row, its SHA-256, and when."""

    report: Report
    digest: str
    at: datetime | None


def stored_paper(digest: str, record: str) -> Stored | str:
    """Return the paper with this SHA-256, or else the one of a record line.

    Anybody may ask: only who has a paper knows one of them, and learns no more of it.

    Args:
        digest: The SHA-256 of a file.
        record: The digest of the record line that the file names; empty if none.

    Returns:
        The paper, or why there is none.
    """
    named = Q(record_digest=record) if record else Q()
    try:
        with scopes_disabled():
            made = Report.objects.select_related("organization").exclude(file="")
            ready = made.filter(state=Report.State.READY)
            found = list(ready.filter(Q(digest=digest) | named)[:2])
    except Error:
        return NO_DATABASE
    same = [report for report in found if report.digest == digest]
    for report in (*same, *found):
        return Stored(report, report.digest, report.finished_at)
    return NOT_HERE


def open_stored(paper: Stored) -> IO[bytes] | str:
    """Return a checked copy of the stored file, or why there is none."""
    try:
        with scope(organization=paper.report.organization):
            return open_checked(paper.report)
    except FileLost:
        return LOST
    except StorageSilent:
        return SILENT

"""A paper with amounts that the cast's organization made and stores, and copies of it.

It is set once in a process: that takes a second or more.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django_scopes import scope
from pikepdf import Pdf

from audits.models import Report
from audits.reports.context import Paper, build_paper, record_line_of
from audits.reports.pdf_client import render_paper
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import submit_audit
from audits.verify import page_digests
from audits.verify.pages import Drawn
from tests.casting import Tenant
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import TUNED_BY_TOKEN

_set: list[tuple[bytes, Paper]] = []


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper, the row that names its file, and what was printed."""

    pdf: bytes
    report: Report
    made: Paper


def stored_paper(tenant: Tenant) -> StoredPaper:
    """Return a paper with amounts, stored in the row of the tenant's paper."""
    with scope(organization=tenant.organization):
        if not _set:
            _set.append(_paper(tenant))
        [(pdf, made)] = _set
        report = keep(tenant.report, pdf)
    return StoredPaper(pdf, report, made)


def keep(report: Report, pdf: bytes) -> Report:
    """Store a file in the row of a paper that is ready."""
    report = Report.objects.get(pk=report.pk)
    report.state = Report.State.READY
    report.digest, report.size = sha256(pdf).hexdigest(), len(pdf)
    report.finished_at = timezone.now().replace(2026, 11, 24)
    report.file.save("paper.pdf", ContentFile(pdf), save=False)
    report.save()
    return report


def _paper(tenant: Tenant) -> tuple[bytes, Paper]:
    audit, _ = save_answers(
        audit=tenant.draft, by=tenant.contributor, answers=TRAINING_CASE
    )
    audit.levels = {
        q: {"value": level, "shown": True} for q, level in TRAINING_LEVELS.items()
    }
    audit.numbers = {key: {"value": value} for key, value in TUNED_BY_TOKEN.items()}
    audit.save(update_fields=["levels", "numbers"])
    audit = submit_audit(audit=audit, by=tenant.contributor)
    audit.refresh_from_db()
    made = build_paper(audit, record=record_line_of(tenant.report))
    return render_paper(made), made


@cache
def pages_drawn(pdf: bytes) -> Drawn:
    """Return the same of the pages alone; the rest is mostly what is read aloud."""
    with Pdf.open(BytesIO(pdf)) as opened:
        pages = [page.obj for page in opened.pages]
        places = {page.objgen: number for number, page in enumerate(pages)}
        objects = page_digests._Objects(places)
        return Drawn(tuple(objects.of_page(page).hex() for page in pages), "")


@cache
def drawn(pdf: bytes) -> Drawn:
    """Return what the pages of a PDF are drawn from, in this process."""
    values: dict[str, Any] = page_digests.read(BytesIO(pdf))
    return Drawn(tuple(values["pages"]), values["rest"])

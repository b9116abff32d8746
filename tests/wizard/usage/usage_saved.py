"""Usage that is measured when a test begins, without the pages that save it.

A file is read in this process, and its numbers are saved as its page saves them.
"""

from functools import lru_cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from audits.services.read_files.usage_uploads import (
    keep_usage,
    numbers_seen,
    save_measured,
)
from audits.usage.reading import file_of, read
from audits.usage.rows import UsageFile
from audits.wizard.usage.page import UsagePage


def save_usage(audit: Audit, file: SimpleUploadedFile) -> None:
    """Save the numbers of a file as its page shows them at first."""
    audit = fresh_audit(audit)
    found, by = _said(file.read()), audit.use_case.owner
    kept = keep_usage(
        audit=audit, by=by, found=found, name=file.name or "", is_synthetic=False
    )
    page = UsagePage.of(RequestFactory().get("/"), audit, kept)  # type: ignore[arg-type]
    save_measured(
        audit=audit,
        by=by,
        kept=kept,
        measured=page.measured_numbers,
        typed=page.typed,
        seen=numbers_seen(audit),
        models=page.form.chosen_models,
    )


@lru_cache(maxsize=100)
def _said(content: bytes) -> UsageFile:
    return file_of(read(BytesIO(content)))

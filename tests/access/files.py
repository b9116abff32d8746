"""Each file that a member is sent: its limit, and its line in the record.

`test_permissions.py` fails if one is missing. The other tests of files take them
from here. The one of `outcomes_csv` needs a signed use case: `tests/outcomes` has it.
`proof_file` needs one, too: `tests/board` has it.
"""

from dataclasses import dataclass, field
from typing import Literal

from django.http import HttpResponseBase
from django.urls import reverse

from audits.models import Role
from tests.access.rows.row import ACTORS, Row, ids_in
from tests.access.rows.rows import ROWS
from tests.casting import Tenant

ROW_OF = {row.url[0]: row for row in ROWS if row.method == "GET"}


@dataclass(frozen=True, slots=True)
class File:
    """The setting of a file's limit, and what its line in the record says.

    `subject` is the name of an id in its address, or the subject itself.
    """

    setting: Literal["EXPORTS_PER_HOUR", "DOWNLOADS_PER_HOUR"]
    verb: str
    subject: str
    details: dict[str, str] = field(default_factory=dict)


def _export(verb: str, subject: str, kind: str) -> File:
    return File("EXPORTS_PER_HOUR", verb, subject, {"kind": kind})


def _download(verb: str, subject: str, kind: str) -> File:
    return File("DOWNLOADS_PER_HOUR", verb, subject, {"kind": kind})


FILES = {
    "portfolio_csv": _export("portfolio.exported", "portfolio", "csv"),
    "portfolio_json": _export("portfolio.exported", "portfolio", "json"),
    "portfolio_xlsx": _export("portfolio.exported", "portfolio", "xlsx"),
    "decisions_csv": _export("portfolio.exported", "decisions", "csv"),
    "decisions_xlsx": _export("portfolio.exported", "decisions", "xlsx"),
    "quarters_csv": _export("portfolio.exported", "quarters", "csv"),
    "quarters_xlsx": _export("portfolio.exported", "quarters", "xlsx"),
    "inventory_csv": _export("portfolio.exported", "us_federal_2025", "csv"),
    "record_csv": _export("record.exported", "record", "csv"),
    "calibration_csv": _export("portfolio.exported", "calibration", "csv"),
    "picture_svg": _export("portfolio.exported", "time-machine", "svg"),
    "picture_png": _export("portfolio.exported", "time-machine", "png"),
    "picture_pptx": _export("portfolio.exported", "time-machine", "pptx"),
    "result_json": _export("audit.exported", "audit_id", "json"),
    "answers_json": _export("audit.exported", "audit_id", "answers"),
    "action_kit": _export("audit.exported", "audit_id", "kit"),
    "experiment_file": _export("audit.exported", "audit_id", "tried/cases.csv"),
    "import_report": File("DOWNLOADS_PER_HOUR", "import.exported", "import_id"),
    "import_refused": File("DOWNLOADS_PER_HOUR", "import.exported", "import_id"),
    "paper_file": File("DOWNLOADS_PER_HOUR", "report.downloaded", "report_id"),
    "paper_slides": _download("report.downloaded", "report_id", "pptx"),
    "paper_document": _download("report.downloaded", "report_id", "docx"),
    "pack_slides": _download("pack.downloaded", "pack_id", "pptx"),
    "shared_file": File("DOWNLOADS_PER_HOUR", "share.opened", "share_id"),
    "pack_file": File("DOWNLOADS_PER_HOUR", "pack.downloaded", "pack_id"),
    "evidence_file": File("DOWNLOADS_PER_HOUR", "evidence.downloaded", "evidence_id"),
}
# It is the same for everybody.
SAYS_NOTHING = {"import_template"}


def is_a_file(response: HttpResponseBase) -> bool:
    """Return whether what is sent is no page."""
    is_attached = response.get("Content-Disposition", "").startswith("attachment")
    return is_attached or not response["Content-Type"].startswith("text/html")


def address_of(row: Row, tenant: Tenant) -> str:
    name, kwargs = row.url
    return reverse(name, kwargs=ids_in(tenant, kwargs))


def who_may(row: Row) -> Role:
    """Return the role with the most rights that gets it."""
    return Role(ACTORS[len(ACTORS) - 1 - row.outcomes[::-1].index(200)])

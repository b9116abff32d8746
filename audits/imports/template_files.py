"""The files to fill in: a row of headings, and an example row."""

import csv
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO

from audits.services.portfolio.own_fields import own_fields
from audits.services.use_cases.inventory_own import all_columns
from audits.uploads.attachments.contents import CSV, XLSX

_EXAMPLE = {
    "reference": "CLAIMS-7",
    "name": "Claims triage",
    "team": "Claims",
    "summary": "Sorts incoming claims by what they need first.",
    "owner": "",
    "stage": "Building",
    "tags": "claims, pilot",
    "sponsor": "Head of claims",
    "sponsor_agreed_on": "2026-11-20",
    "decide_by": "2027-01-31",
    "budget_month": "1200",
}

_OF_KIND = {"number": "1200", "date": "2027-01-31"}


def _csv() -> bytes:
    text = StringIO()
    csv.writer(text).writerows(_rows())
    return text.getvalue().encode("utf-8-sig")


def _xlsx() -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - takes a while to import

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Use cases"
    for row in _rows():
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _rows() -> list[list[str]]:
    """Return the headings, those of own fields last, and the example."""
    own = {
        field.key: field.choices[0] if field.choices else _OF_KIND.get(field.kind, "")
        for field in own_fields()
    }
    examples = {**_EXAMPLE, **own}
    columns = all_columns()
    return [[c.label for c in columns], [examples[c.id] for c in columns]]


TEMPLATES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "csv": (_csv, f"{CSV.media_type}; charset=utf-8"),
    "xlsx": (_xlsx, XLSX.media_type),
}

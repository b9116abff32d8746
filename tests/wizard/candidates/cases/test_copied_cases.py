"""Cases that a file has several times count once, and everybody is told."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audits.models import Audit
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.cases.test_left_out import draft as _draft
from tests.wizard.candidates.results_pages import read, save
from tests.wizard.candidates.told_pages import told_pages

draft = _draft
BLOCK = "110100110111011011110101101010"


def test_copied_cases_count_once_and_everybody_is_told(
    client: Client, draft: Audit, cast: Cast
) -> None:
    rows = [f"r{n},base,{mark}" for n, mark in enumerate(BLOCK * 5)]
    text = "\n".join(["case,candidate,passed", *rows])
    file = SimpleUploadedFile("a.csv", text.encode())
    shown = read(client, draft, file, kind="stronger")
    save(client, shown)

    said = "the outcomes of 150 rows repeat exactly every 30 rows, so only 30 cases"
    assert said in html_of(shown)
    [row] = fresh_audit(draft).inputs.candidates.rows
    assert (row.cases, row.passed, row.copies) == (30, 19, 5)
    for name, page in told_pages(client, draft, cast).items():
        assert said in page, name
    told = build_paper(fresh_audit(draft)).one.unknown
    assert "1 result has repeated cases" in told

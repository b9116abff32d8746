"""What pages and papers call results, and how many they count."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.reports.context import build_paper
from audits.reports.pdf_client import manuscript_of
from audits.scoring.retests.evidence import measured_conditions
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from audits.services.verdicts.assessments import framework_of
from tests.pages import html_of
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import read
from tests.wizard.candidates.results_saved import save_results


@pytest.fixture
def draft(aimed: Audit) -> Audit:
    """Return the draft with a prompt and a tuned model of one file."""
    scored = {"base": 40, "ours": 85}
    file = SimpleUploadedFile("a.csv", csv_of(scored, cases=90))
    save_results(aimed, file, kind="prompt", **{"kind-1": "tuned"})
    return fresh_audit(aimed)


@pytest.mark.thorough
def test_target_is_no_result(client: Client, draft: Audit) -> None:
    page = html_of(client.get(reverse("check", args=[draft.pk])))

    assert len(draft.inputs.candidates.rows) == 2
    assert "Test results: 2</summary>" in page


def test_no_answer_is_about_a_live_model_where_none_is(draft: Audit) -> None:
    inputs = draft.inputs
    assert "incumbent" in inputs.answered.behind

    found = measured_conditions(framework_of(draft), inputs)

    assert found
    assert "incumbent" not in [each.question for each in found]


@pytest.mark.thorough
def test_paper_names_the_file_of_a_result_that_counts(draft: Audit) -> None:
    submit_audit(audit=draft, by=draft.use_case.owner)

    paper = build_paper(fresh_audit(draft))
    said = paper.results_told[-1]

    [digest] = {row.sha256 for row in draft.inputs.candidates.rows}
    assert said == (
        f"Results file “a.csv” (SHA-256 {digest[:12]}…): base (Written prompt), "
        "40 of 90; ours (Tuned or distilled model), 85 of 90."
    )
    whole = " ".join(manuscript_of(paper).html.split())
    assert re.search(rf"<p ?> {re.escape(said)} </p>", whole)


@pytest.mark.thorough
def test_page_of_a_file_promises_no_second_click(client: Client, draft: Audit) -> None:
    file = SimpleUploadedFile("b.csv", csv_of({"other": 50}, cases=90))

    page = html_of(read(client, draft, file))

    assert "No result of this file counts before you save it here." in page
    assert "The target is saved already, where one is entered." in page

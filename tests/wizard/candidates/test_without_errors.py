"""Every page says that the verdict rests on cases without a score."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.results_pages import read, save
from tests.wizard.candidates.told_pages import told_pages
from tests.wizard.candidates.typed import page_of, post


def scored(client: Client, draft: Audit, passed: int, blank: int) -> None:
    """Save a prompt of 200 cases, of which some have no score."""
    fields = {"share": "85", "limit_ms": ""}
    post(client, "candidates", draft.pk, page=page_of(draft), **fields)
    outcomes = ["true"] * passed + [""] * blank
    outcomes += ["false"] * (200 - len(outcomes))
    lines = [f"c{number},base,{outcome}" for number, outcome in enumerate(outcomes)]
    text = "\n".join(["case,candidate,passed", *lines])
    file = SimpleUploadedFile("a.csv", text.encode())
    save(client, read(client, draft, file, kind="prompt"))
    assert any(row.errors == blank for row in fresh_audit(draft).inputs.candidates.rows)


def test_everybody_sees_that_cases_without_a_score_decide(
    client: Client, draft: Audit, cast: Cast
) -> None:
    scored(client, draft, passed=114, blank=66)

    said = (
        "Without the 66 cases that have no score, “base (Current prompt)” would reach "
        "the target (114 of 134), and the verdict would be “"
    )
    for name, page in told_pages(client, draft, cast).items():
        assert page.count(said) == 1, name


@pytest.mark.parametrize(("passed", "blank"), [(60, 66), (10, 171)])
def test_cases_that_decide_nothing_are_not_told(
    client: Client, draft: Audit, passed: int, blank: int
) -> None:
    scored(client, draft, passed, blank)

    page = html_of(client.get(reverse("result", args=[draft.pk])))
    assert "no score, “" not in page

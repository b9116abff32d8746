"""Whoever decides sees which cases a better result did not run."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audits.models import Audit
from tests.casting import Cast
from tests.examples import some_of
from tests.wizard.candidates.cases.test_left_out import draft as _draft
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_saved import save_results
from tests.wizard.candidates.told_pages import told_pages

draft = _draft
WITHOUT = (
    "“few-shot-13 (Prompt with examples)” did not run 30 of the 90 cases of "
    "“few-shot-12 (Prompt with examples)”: “few-shot-12 (Prompt with examples)” had "
    "failed {}."
)


def scored(client: Client, draft: Audit, called: str, passed: int, cases: int) -> None:
    file = SimpleUploadedFile(f"{called}.csv", csv_of({called: passed}, cases=cases))
    save_results(draft, file, kind="examples")


@pytest.mark.parametrize(
    ("passed", "failed"), some_of([(60, "all of them"), (65, "25 of them")], 1)
)
def test_everybody_sees_which_cases_a_result_did_not_run(
    client: Client, draft: Audit, cast: Cast, passed: int, failed: str
) -> None:
    scored(client, draft, "few-shot-12", passed, 90)
    scored(client, draft, "few-shot-13", 60, 60)

    for name, page in told_pages(client, draft, cast).items():
        assert page.count(WITHOUT.format(failed)) == 1, name


@pytest.mark.thorough
def test_results_on_the_same_cases_lack_none(
    client: Client, draft: Audit, cast: Cast
) -> None:
    scored(client, draft, "few-shot-12", 50, 90)
    scored(client, draft, "few-shot-13", 60, 90)

    for page in told_pages(client, draft, cast).values():
        assert "did not run" not in page

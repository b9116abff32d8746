"""Every page says that a later file has other outcomes for the same cases."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit, ResultsFile
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_saved import save_results
from tests.wizard.candidates.told_pages import told_pages

ANOTHER = "another outcome"


def scored(client: Client, draft: Audit, name: str, passed: int, cases: int) -> None:
    content = csv_of({"base prompt": passed}, cases=cases)
    file = SimpleUploadedFile(name, content)
    save_results(draft, file, kind="prompt")


@pytest.mark.thorough
def test_everybody_sees_how_many_cases_have_another_outcome(
    client: Client, draft: Audit, cast: Cast
) -> None:
    ResultsFile.objects.filter(use_case=draft.use_case).delete()
    scored(client, draft, "weak.csv", 160, cases=200)
    scored(client, draft, "edited.csv", 100, cases=200)

    said = (
        "“edited.csv” has the same 200 cases as “weak.csv”, by their ids; of “base "
        "prompt”, 60 have another outcome: 60 failed only in “edited.csv”, 0 only in "
        "“weak.csv”."
    )
    for name, page in told_pages(client, draft, cast).items():
        assert page.count(said) == 1, name


@pytest.mark.on_both
def test_other_cases_and_the_same_outcomes_are_not_told(
    client: Client, draft: Audit
) -> None:
    ResultsFile.objects.filter(use_case=draft.use_case).delete()
    scored(client, draft, "a.csv", 60, cases=90)
    scored(client, draft, "b.csv", 70, cases=91)

    assert ANOTHER not in html_of(client.get(reverse("result", args=[draft.pk])))

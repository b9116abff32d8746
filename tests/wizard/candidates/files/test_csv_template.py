"""The page for test results offers a CSV file that Attune itself reads."""

import re
from pathlib import Path

from django.test import Client
from django.urls import reverse

from audits.evaluations.formats.csv_cases import read_csv_cases
from tests.casting import Cast
from tests.pages import html_of

ROOT = Path(__file__).parents[4]


def test_template_is_offered_with_the_words_that_are_read_and_is_read(
    cast: Cast, ana: Client
) -> None:
    page = html_of(ana.get(reverse("candidates", args=[cast.ours.draft.pk])))
    [there] = re.findall(r'href="(/static/[^"]*results-template[^"]*)" download', page)

    assert "write yes or no (or true and false" in page
    assert there.endswith(".csv")
    found = read_csv_cases((ROOT / "static/results-template.csv").read_bytes())
    runs = {run.candidate: (run.n, run.passed) for run in found.runs}
    assert runs == {"Prompt of today": (3, 1), "Prompt with examples": (3, 2)}

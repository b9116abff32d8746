"""Results of two tools are compared on the cases that have the same ids."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from audits.services.read_files.compared_results import comparisons_of
from tests.casting import Cast
from tests.examples import some_of
from tests.wizard.candidates.cases.test_left_out import draft as _draft
from tests.wizard.candidates.made_promptfoo import promptfoo
from tests.wizard.candidates.results_saved import save_results
from tests.wizard.candidates.told_pages import told_pages

draft = _draft
APART = (
    "“gpt, Do it (Prompt with examples)” and “base (Written prompt)” share no cases "
    "with a result, so they cannot be compared."
)


def sheet(form: str = "L-{:03}") -> SimpleUploadedFile:
    lines = [f"{form.format(n)},base,{'yes' if n < 80 else 'no'}" for n in range(120)]
    text = "\n".join(["case,candidate,passed", *lines])
    return SimpleUploadedFile("base.csv", text.encode())


def uploaded(client: Client, draft: Audit, csv: Any, json: Any) -> Audit:
    save_results(draft, csv, kind="prompt")
    save_results(draft, json, kind="examples")
    return fresh_audit(draft)


@pytest.mark.parametrize(
    ("form", "named"),
    some_of(
        [
            ("L-{:03}", {}),
            (" l-{:03}", {}),
            ("L-{:03}", {"var": "id"}),
            ("L-{:03}", {"described": "L-{:03}"}),
            ("{:03}", {"described": "{}"}),
        ],
        2,
    ),
)
def test_sheet_and_promptfoo_are_compared_by_the_ids_of_cases(
    client: Client, draft: Audit, form: str, named: dict[str, Any]
) -> None:
    json = promptfoo("gpt.json", {"gpt": 110}, **named)

    audit = uploaded(client, draft, sheet(form), json)

    [both] = comparisons_of(audit, audit.inputs.candidates)
    assert both.cases == 120
    assert "passed 30 cases that" in both.sentences[0]


@pytest.mark.thorough
def test_every_page_says_that_the_best_was_compared_with_none(
    client: Client, draft: Audit, cast: Cast
) -> None:
    json = promptfoo("gpt.json", {"gpt": 110}, var="letter_of")

    audit = uploaded(client, draft, sheet(), json)

    [one] = comparisons_of(audit, audit.inputs.candidates)
    assert (one.cases, one.sentences[0].startswith(APART)) == (0, True)
    said = told_pages(client, draft, cast, are_all=True)
    assert APART in said["review"]

"""No day that a results file names stops a page."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audits.models import Audit, ResultsFile
from audits.services.answers.answers import fresh_audit
from tests.casting import Cast
from tests.evaluations.made_files import plain, raw
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.told_pages import told_pages

PROMPTFOO = "promptfoo-0.123.1.json"
PLACES = {
    PROMPTFOO: "“results.timestamp” in the promptfoo file",
    "inspect-0.3.285-passed.json": "“eval.created” in the Inspect file",
    "lm-eval-0.4.13.json": "“date” in the lm-evaluation-harness file",
}


def dated(name: str, day: str) -> SimpleUploadedFile:
    """Return a file whose test ran on a day."""
    content: Any = plain(name)
    if name.startswith("promptfoo"):
        content["results"]["timestamp"] = f"{day}T10:00:00.000Z"
    elif name.startswith("inspect"):
        content["eval"]["created"] = f"{day}T10:00:00+00:00"
    else:
        content["date"] = f"{day}T10:00:00+00:00"
    return SimpleUploadedFile(name, json.dumps(content).encode())


IMPOSSIBLE = [
    ("2019-03-04", "4 March 2019, before 2020"),
    ("0001-01-02", "2 January 1, before 2020"),
    ("2031-01-01", "1 January 2031, still to come"),
    ("9999-12-31", "31 December 9999, still to come"),
]


# Each day and each format are in every run.
@pytest.mark.parametrize(
    ("name", "day", "said"),
    some_of([(name, *day) for name in PLACES for day in IMPOSSIBLE], 6),
)
def test_day_that_no_test_can_be_of_is_refused(
    client: Client, draft: Audit, name: str, day: str, said: str
) -> None:
    page = read(client, draft, dated(name, day))

    assert f"{PLACES[name]} is {said}: correct the clock" in html_of(page)


@pytest.mark.thorough
@pytest.mark.parametrize("day", ["2019-03-04", "0001-01-02", "2500-01-01"])
def test_file_that_is_stored_with_such_a_day_is_saved(
    client: Client, draft: Audit, day: str
) -> None:
    shown = read(client, draft, SimpleUploadedFile("p.json", raw(PROMPTFOO)))
    kept = ResultsFile.objects.get(name="p.json")
    kept.runs = [{**run, "day": day} for run in kept.runs]
    kept.save()
    kinds = {f"kind-{n}": "prompt" for n in range(len(kept.runs))}
    page = client.get(shown.request["PATH_INFO"])
    save(client, page_after(client, page, **kinds, show=""), **kinds)

    rows = fresh_audit(draft).inputs.candidates.rows
    assert {row.day for row in rows if row.sha256 == kept.digest} == {None}


@pytest.mark.thorough
def test_day_of_the_test_is_named_as_such(
    client: Client, draft: Audit, cast: Cast
) -> None:
    for name in (PROMPTFOO, "lm-eval-0.4.13.json"):
        shown = read(client, draft, dated(name, "2026-10-05"), kind="prompt")
        form = shown.context["form"]
        kinds = {f"kind-{n}": "prompt" for n, _ in enumerate(form.choices())}
        save(client, page_after(client, shown, **kinds, show=""), **kinds)

    review = told_pages(client, draft, cast, are_all=True)["review"]

    assert f"Uploaded by {draft.use_case.owner}, tested on 5 October 2026" in review

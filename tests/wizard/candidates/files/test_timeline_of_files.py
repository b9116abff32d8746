"""The timeline says what of a file was saved, and what was put back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from audits.services.timelines.timeline import timeline_of
from tests.pages import html_of
from tests.wizard.candidates.files.test_wrong_files import REASON, remove_file
from tests.wizard.candidates.files.test_wrong_files import draft as _draft
from tests.wizard.candidates.made_csv import csv_of, upload
from tests.wizard.candidates.results_pages import read
from tests.wizard.candidates.results_saved import save_results
from tests.wizard.candidates.typed import post

draft = _draft


def kinds(draft: Audit) -> list[str]:
    """Return what is told of results files, the oldest first."""
    told: list[str] = [
        m.kind for m in timeline_of(draft.use_case) if m.kind.startswith("results")
    ]
    return told[::-1]


@pytest.mark.thorough
def test_file_that_was_only_read_was_not_uploaded(client: Client, draft: Audit) -> None:
    read(client, draft, SimpleUploadedFile("read.csv", csv_of({"base prompt": 40})))
    save_results(draft, upload({"few-shot": 60}))

    page = html_of(client.get(reverse("timeline", args=[draft.pk])))

    assert kinds(draft) == ["results_read", "results"]
    assert "opened the test results <bdi>read.csv</bdi>. Nothing of them was" in page
    assert "uploaded the test results <bdi>results.csv</bdi>." in page


def test_removing_and_putting_back_are_both_told(client: Client, draft: Audit) -> None:
    save_results(draft, upload({"base prompt": 40, "few-shot": 95}))
    remove_file(client, draft)
    back = "remove_candidate", draft.pk, "c1"
    post(client, *back, back="")
    remove_file(client, fresh_audit(draft), reason=REASON)

    page = html_of(client.get(reverse("timeline", args=[draft.pk])))

    assert kinds(draft) == [
        *("results", "results_removed", "results_back", "results_removed")
    ]
    assert "put the test results <bdi>results.csv</bdi> back into" in page

"""A results file that counts the faults answers nothing, and is not sorted again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.results_pages import page_after, read
from tests.wizard.candidates.told.test_results_elsewhere import another

pytestmark = pytest.mark.once

FAULTS = ["skill"] * 4 + ["Format", "wrong date"]
ROWS = [f"{n},base prompt,text {n},yes," for n in range(24)]
ROWS += [f"{24 + n},base prompt,text {n},no,{fault}" for n, fault in enumerate(FAULTS)]
SHEET = "\n".join(("case,candidate,input,passed,fault", *ROWS)).encode()


def test_counted_faults_are_shown_and_offered_and_answer_nothing(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty = another(cast, draft)
    told = "“Skill” 4, “Format” 1, “wrong date” 1"

    shown = read(client, empty, SimpleUploadedFile("faults.csv", SHEET), "prompt")
    saved = html_of(page_after(client, shown))
    there = reverse("question", args=[empty.pk, "goal"])
    asked = client.get(there)

    assert told in html_of(shown)
    assert f"Counted in faults.csv: {told}." in saved
    assert f'<a href="{there}">Answer what is wrong</a>' in saved
    assert "goal" not in fresh_audit(empty).codes
    assert f"Counted in faults.csv: {told}. Check it, and pick" in html_of(asked)
    note = asked.context["form"]["note-goal"].value()
    assert note == f"Counted in faults.csv: {told}."
    assert "Sort these" not in html_of(asked)


def test_file_that_nobody_saved_is_counted_as_such_before_it_is_deleted(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty = another(cast, draft)
    delete = reverse("delete_use_case", args=[empty.pk])

    shown = read(client, empty, SimpleUploadedFile("faults.csv", SHEET), "prompt")
    before = " ".join(html_of(client.get(delete)).split())
    page_after(client, shown)
    after = " ".join(html_of(client.get(delete)).split())

    assert "1 file of test results that nobody saved" in before
    assert "1 uploaded file of test results or usage" not in before
    assert "1 uploaded file of test results or usage" in after
    assert "that nobody saved" not in after

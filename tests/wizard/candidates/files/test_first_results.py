"""The first results of a use case that has no answer yet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from audits.services.verdicts.assessments import verdict_named
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_pages import page_after, read
from tests.wizard.candidates.told.test_results_elsewhere import another
from tests.wizard.usage.made_sheets import upload
from tests.wizard.usage.usage_pages import read as read_usage

pytestmark = pytest.mark.once


def test_first_results_leave_no_verdict_that_nobody_had(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty = another(cast, draft)
    file = SimpleUploadedFile("a.csv", csv_of({"base prompt": 20}, cases=90))

    shown = read(client, empty, file, kind="prompt")
    saved = html_of(page_after(client, shown))

    found = verdict_named(fresh_audit(empty))
    assert found is not None
    page = " ".join(html_of(shown).split())
    assert "The verdict stays" not in page
    assert (
        f"Not scored yet. With this, the verdict so far would be “{found.name}”."
        in (page)
    )
    assert f"Saved. The verdict so far is “{found.name}”." in saved


@pytest.mark.thorough
def test_first_usage_leaves_no_verdict_that_nobody_had(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, cast.ours.contributor)
    empty = another(cast, draft)

    page = html_of(read_usage(client, empty, upload()))

    effects = page[page.index("What would change") :]
    assert "The verdict stays" not in effects
    assert "Not scored yet." in effects

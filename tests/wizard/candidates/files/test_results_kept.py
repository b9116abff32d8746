"""How long results files are kept, and how much room they take."""

import pytest
from django.test import Client, override_settings
from django_scopes import scope

from audits.models import Audit, ResultsFile
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.made_csv import upload
from tests.wizard.candidates.results_pages import read, save

pytestmark = pytest.mark.on_both

TWO = {"few-shot prompt": 95, "base prompt": 60}


@pytest.fixture
def draft(draft: Audit) -> Audit:
    """Return the draft without earlier files."""
    ResultsFile.objects.filter(use_case=draft.use_case).delete()
    return draft


@override_settings(EVIDENCE_QUOTA=1000)
def test_file_counts_in_the_quota_of_the_organization(
    client: Client, draft: Audit
) -> None:
    response = read(client, draft, upload(TWO))

    assert response.status_code == 422
    assert "MB for files, and this file needs" in html_of(response)
    assert ResultsFile.objects.count() == 0


def test_file_that_no_candidate_is_from_is_removed_after_a_week(
    client: Client, draft: Audit
) -> None:
    save(client, read(client, draft, upload(TWO)))
    read(client, draft, upload({"A": 10}))
    old = {"added_at": draft.created_at.replace(year=2025)}
    ResultsFile.objects.update(**old)

    read(client, draft, upload({"A": 20}))

    names = sorted(kept.runs[0]["passed"] for kept in ResultsFile.objects.all())
    assert names == [20, 95]


def test_results_are_erased_with_their_organization(cast: Cast) -> None:
    theirs = cast.theirs.organization
    with scope(organization=theirs):
        assert ResultsFile.objects.count() == 1
        ResultsFile.objects.get().use_case.delete()

        assert ResultsFile.objects.count() == 0

"""A file is added, downloaded and removed in a browser, with and without scripts."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, expect

from tests.casting import Cast
from tests.e2e.conftest import OpenPage
from tests.examples import thorough

CONTENT = b"case,right\n1,yes\n"


@pytest.mark.parametrize(
    "scripts",
    [True, thorough(False)],
)
@pytest.mark.once
def test_file_is_added_downloaded_and_removed(
    cast: Cast, turn_page: OpenPage, scripts: bool
) -> None:
    url = reverse("add_evidence", args=[cast.ours.draft.pk, "goal"])
    page = turn_page(cast.ours.contributor, url, java_script_enabled=scripts)
    main = page.locator("main")
    file = FilePayload(name="Run of 12 May.csv", mimeType="text/csv", buffer=CONTENT)

    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Add evidence").click()
    expect(main).to_contain_text("Evidence for this answer")
    with page.expect_download() as download:
        page.get_by_role("link", name="Run of 12 May.csv").click()
    page.get_by_role("button", name="Remove Run of 12 May.csv").click()

    expect(main).to_contain_text("This answer has no link or file yet")
    assert download.value.suggested_filename == "Run of 12 May.csv"
    assert Path(download.value.path()).read_bytes() == CONTENT

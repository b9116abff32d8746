"""An export after a proof: the page that offers it says afterwards that it came."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.casting import PASSWORD, Cast
from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.once


def test_page_of_a_download_says_when_it_came(cast: Cast, turn_page: OpenPage) -> None:
    page = turn_page(cast.ours.contributor, reverse("own_data"))
    page.locator(f'form[action="{reverse("export_person")}"] button').click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Download what you asked for"
    )

    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()

    assert download.value.suggested_filename.endswith(".zip")
    expect(page.get_by_role("heading", level=1)).to_have_text("Downloaded")
    expect(page.get_by_role("button", name="Download it again")).to_be_visible()

"""Board packs by keyboard and without JavaScript, while a worker is at them."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect
from pypdf import PdfReader

from audits.models import BoardPack
from audits.reports.tasks import make_pack
from audits.services.jobs.jobs import complete_job
from tests.casting import Cast
from tests.e2e.browser.keyboard import follow, tab_to
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.browser.ways import BOTH_WAYS, PHONE_WITHOUT_JAVASCRIPT
from tests.e2e.conftest import OpenPage
from tests.e2e.states.state import of_pack, pack_is
from tests.printed import Printed

pytestmark = pytest.mark.once


def asked_for(cast: Cast, meeting: str) -> BoardPack:
    with scope(organization=cast.ours.organization):
        return BoardPack.objects.filter(meeting=meeting).latest("frozen_at")


def work(pack: BoardPack) -> None:
    make_pack.call(str(pack.organization_id), str(pack.pk))


@pytest.mark.thorough
def test_pack_is_asked_for_and_fetched_with_the_keyboard_alone(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("portfolio"))

    tab_to(page, page.locator("summary", has_text="Make a board pack"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Meeting and date of the board pack"))
    page.keyboard.type("Board, 3 December")
    follow(page, page.get_by_role("button", name="Make the pack"))
    expect(page.get_by_role("status")).to_have_text("In queue")
    work(asked_for(cast, "Board, 3 December"))

    expect(page.get_by_role("status")).to_have_text("The pack is ready.")
    tab_to(page, page.get_by_role("link", name="Download the PDF"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    words = Printed(download.value.path().read_bytes()).words[0]
    assert "Board, 3 December" in words
    assert "Northgate handbook" in words


def test_without_javascript_a_pack_of_a_filter_is_made(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = turn_page(
        cast.ours.contributor,
        reverse("portfolio") + "?q=handbook",
        **PHONE_WITHOUT_JAVASCRIPT,
    )

    page.get_by_text("Make a board pack", exact=True).click()
    page.get_by_label("Meeting and date of the board pack").fill("Audit committee")
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_role("status")).to_have_text("In queue")
    assert_no_sideways_scroll(page)
    work(asked_for(cast, "Audit committee"))

    expect(page.get_by_role("status")).to_have_text("The pack is ready.")
    expect(page.locator("main .lead")).to_contain_text("handbook")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    # The overview with its amounts, and page 1 of the use case.
    assert len(PdfReader(download.value.path()).pages) == 2


@BOTH_WAYS
def test_pack_is_cancelled_and_asked_for_again(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    pack_is("queued", meeting="March")(cast)
    page = turn_page(cast.ours.contributor, of_pack(cast), **options)

    follow(page, page.get_by_role("button", name="Cancel this pack"))
    expect(page.get_by_role("status")).to_have_text("The pack was cancelled.")
    follow(page, page.get_by_role("button", name="Try again"))
    expect(page.get_by_role("status")).to_have_text("In queue")
    with scope(organization=cast.ours.organization):
        pack = asked_for(cast, "March")
        complete_job(job=pack, content=ContentFile(b"%PDF of March", "pack.pdf"))

    expect(page.get_by_role("status")).to_have_text("The pack is ready.")


def test_meeting_that_is_typed_stays_when_the_table_is_filtered(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = turn_page(cast.ours.contributor, reverse("portfolio"))
    page.get_by_text("Make a board pack", exact=True).click()
    page.get_by_label("Meeting and date of the board pack").fill("Board, 3 December")

    page.locator("#id_state").select_option("in_review")

    expect(page.locator("#table [role=status]")).to_have_text("1 of 2 matches")
    expect(page.get_by_label("Meeting and date of the board pack")).to_have_value(
        "Board, 3 December"
    )
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_role("status")).to_have_text("In queue")
    assert asked_for(cast, "Board, 3 December").filters == "state=in_review"

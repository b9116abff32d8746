"""The page of what a board decided, as a browser lays it out."""

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect

from audits.models import Role
from tests.board.boards import record, sign
from tests.casting import Cast
from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.once

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 812}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_words_of_what_has_to_be_done_are_beside_no_field(
    cast: Cast, turn_page: OpenPage, size: dict[str, int]
) -> None:
    with scope(organization=cast.ours.organization):
        audit = sign(cast.ours)
        record(audit, cast.ours.contributor)
    person = cast.ours.people[Role.CONTRIBUTOR]

    page = turn_page(person, reverse("board", args=[audit.pk]), viewport=size)

    words = page.get_by_text("Change the stage").first
    box = words.bounding_box()
    assert box is not None
    assert box["width"] > 100
    assert box["height"] < 60
    page.get_by_role("button", name="Change the stage").click()
    expect(page.get_by_text("Approved, 1 of 2 steps done")).to_have_count(1)

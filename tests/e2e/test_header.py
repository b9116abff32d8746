"""The header of each page: one row, and what one needs of it on a phone."""

import re

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect

from audits.models import Membership, Role, User
from tests.casting import Cast
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import DESK, OpenPage
from tests.examples import thorough

pytestmark = pytest.mark.once

PHONE = {"width": 375, "height": 812}


@pytest.mark.parametrize("width", [320, thorough(375)])
def test_settings_are_in_the_header_of_a_phone(
    head: User, turn_page: OpenPage, width: int
) -> None:
    page = turn_page(head, reverse("use_cases"))
    page.set_viewport_size({"width": width, "height": 812})

    brand, end = (page.locator(x).bounding_box() for x in (".brand", ".header-end"))
    assert brand
    assert end
    assert end["y"] < brand["y"] + brand["height"]  # they are in one line
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("link", name="Your settings").click()
    expect(page).to_have_url(re.compile(reverse("own_settings") + "$"))
    page.get_by_role("link", name="Organization", exact=True).click()
    expect(page).to_have_url(re.compile(reverse("organization") + ".*$"))


def test_header_of_a_desk_is_one_row_however_long_the_names(
    head: User, turn_page: OpenPage
) -> None:
    page = turn_page(head, reverse("use_cases"))
    page.set_viewport_size(DESK)

    for name in (None, "Organization of a very long name " * 3):
        if name:
            write = "(it, name) => { it.textContent = name }"
            page.locator(".header-end .organization").evaluate(write, name)
        header, brand = map(page.locator, (".site-header", ".brand"))
        rows = [it.evaluate("it => it.offsetHeight") for it in (header, brand)]
        assert rows[0] < 1.5 * rows[1]
        assert_no_sideways_scroll(page)
        expect(
            page.get_by_role("link", name="Organization", exact=True)
        ).to_be_visible()


def test_phone_signs_out_where_its_own_settings_are(
    cast: Cast, turn_page: OpenPage
) -> None:
    lead = cast.ours.contributor
    page = turn_page(lead, reverse("use_cases"), viewport=PHONE)
    out = page.get_by_role("button", name="Sign out")
    expect(out).to_have_count(0)  # of those that are seen

    page.get_by_role("link", name="Your settings, and sign out").click()
    out.click()

    expect(page.get_by_role("link", name="Your settings")).to_have_count(0)


def test_phone_cuts_a_long_name_and_keeps_the_way_to_switch(
    cast: Cast, turn_page: OpenPage
) -> None:
    lead, theirs = cast.ours.contributor, cast.theirs.organization
    with scope(organization=theirs):
        Membership.objects.create(
            user=lead, organization=theirs, role=Role.VIEWER, chosen_at=None
        )
    page = turn_page(lead, reverse("use_cases"), viewport=PHONE)
    line = page.locator(".in-organization")
    long = "Organization of a very long name " * 3
    line.locator("bdi").evaluate("(it, name) => { it.textContent = name }", long)

    switch = line.get_by_text("· switch").bounding_box()
    assert_no_sideways_scroll(page)
    assert switch
    assert switch["x"] + switch["width"] <= PHONE["width"]
    assert line.locator("bdi").evaluate("it => it.scrollWidth > it.clientWidth")
    name = line.locator("bdi").bounding_box()
    assert name
    assert switch["x"] - name["x"] - name["width"] < 1  # nothing floats beside it

    page.set_viewport_size(DESK)
    page.reload()
    select = page.locator(".header-end .form-select")
    header, brand = map(page.locator, (".site-header", ".brand"))
    widths = []
    for name_of in ("Halden", "Halden Mutual (sample)", long):
        write = "(it, name) => { it.options[0].textContent = name }"
        select.evaluate(write, name_of)
        rows = [it.evaluate("it => it.offsetHeight") for it in (header, brand)]
        assert rows[0] < 1.5 * rows[1]
        assert_no_sideways_scroll(page)
        widths.append(select.evaluate("it => it.offsetWidth"))
    # A longer name takes the room that is there.
    assert widths == sorted({*widths})

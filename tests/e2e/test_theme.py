"""The choice of colours, which needs no JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.casting import Cast
from tests.e2e.conftest import OpenPage
from tests.examples import thorough

pytestmark = pytest.mark.once

# --ground in tokens.css
GROUND = {"light": "rgb(246, 247, 245)", "dark": "rgb(15, 22, 27)"}


def switch(page: Page, colours: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=f"Switch to {colours} colours").click()


def assert_colours(page: Page, colours: str) -> None:
    expect(page.locator("body")).to_have_css("background-color", GROUND[colours])
    other = "light" if colours == "dark" else "dark"
    offered = page.get_by_role("button", name="Switch to")
    expect(offered).to_have_text([f"Switch to {other} colours"])


def test_colours_switch_to_and_fro_on_the_same_page(
    cast: Cast, turn_page: OpenPage
) -> None:
    path = reverse("portfolio") + "?verdict=any_rebuild"
    page = turn_page(cast.ours.contributor, path, java_script_enabled=False)
    here = page.url
    assert_colours(page, "light")

    switch(page, "dark")
    assert page.url == here
    assert_colours(page, "dark")
    page.get_by_role("link", name="How verdicts are made").click()
    assert_colours(page, "dark")

    page.go_back()
    switch(page, "light")
    assert page.url == here
    assert_colours(page, "light")


@pytest.mark.parametrize(
    ("system", "other"), [("light", "dark"), thorough(("dark", "light"))]
)
def test_choice_goes_before_what_the_system_asks_for(
    cast: Cast, turn_page: OpenPage, system: str, other: str
) -> None:
    page = turn_page(
        None, reverse("home"), java_script_enabled=False, color_scheme=system
    )
    assert_colours(page, system)

    switch(page, other)

    assert_colours(page, other)

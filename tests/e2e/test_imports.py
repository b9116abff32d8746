"""An inventory imported by keyboard, and without JavaScript on a phone."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page, expect

from audits.imports.tasks import check_inventory, write_inventory
from audits.models import Import, UseCase
from tests.casting import Cast
from tests.e2e.browser.keyboard import follow, tab_to
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.browser.ways import BOTH_WAYS
from tests.e2e.conftest import OpenPage
from tests.imports.conftest import row, sheet

pytestmark = pytest.mark.once

NAME = "inventory of ours.csv"
GOOD = sheet(row("A-1"), row("A-2", Name="Letters sorted"))
BAD = sheet(row("A-1"), row("A-2", Stage="Nowhere"))


def select(page: Page, raw: bytes) -> None:
    """Choose a file where the browser's own dialog would."""
    file = FilePayload(name=NAME, mimeType="text/csv", buffer=raw)
    page.get_by_label("Inventory").set_input_files(file)


def press(page: Page, button: str) -> None:
    follow(page, page.get_by_role("button", name=button))


def ask_to_check(page: Page, raw: bytes) -> None:
    select(page, raw)
    press(page, "Read the file")
    press(page, "Check the rows")


def newest(cast: Cast) -> Import:
    with scope(organization=cast.ours.organization):
        return Import.objects.filter(file_name=NAME).latest("at")


def check(cast: Cast) -> None:
    inventory = newest(cast)
    check_inventory.call(str(inventory.organization_id), str(inventory.pk))


def write(cast: Cast) -> None:
    inventory = newest(cast)
    write_inventory.call(str(inventory.organization_id), str(inventory.pk))


def names(cast: Cast) -> set[str]:
    with scope(organization=cast.ours.organization):
        return set(UseCase.objects.values_list("name", flat=True))


@pytest.mark.thorough
@BOTH_WAYS
def test_inventory_is_imported_with_the_keyboard_alone(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    page = turn_page(cast.ours.contributor, reverse("import_upload"), **options)
    before = names(cast)

    tab_to(page, page.get_by_label("Inventory"))
    ask_to_check(page, GOOD)
    expect(page.get_by_role("status")).to_have_text("Checking the rows: 0 of 2")
    assert_no_sideways_scroll(page)
    check(cast)
    expect(page.get_by_role("status")).to_contain_text(
        "Every row is valid: 2 to regist"
    )
    assert names(cast) == before
    press(page, "Import 2 rows")
    write(cast)

    expect(page.get_by_role("status")).to_contain_text("2 use cases registered")
    assert names(cast) == before | {"Case A-1", "Letters sorted"}
    follow(page, page.get_by_role("link", name="See the portfolio"))
    expect(page.locator("#table")).to_contain_text("Letters sorted")


@BOTH_WAYS
def test_refused_row_is_told_and_the_mended_file_imported(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    page = turn_page(cast.ours.contributor, reverse("import_upload"), **options)
    before = names(cast)
    press(page, "Read the file")
    expect(page.locator(".alert-danger")).to_contain_text("Select your inventory file")

    ask_to_check(page, BAD)
    check(cast)
    summary = page.get_by_role("status")
    expect(summary).to_contain_text(
        "1 row cannot be imported, so nothing has been imported"
    )
    expect(page.locator("#progress tbody")).to_contain_text("Nowhere")
    assert_no_sideways_scroll(page)
    assert names(cast) == before
    follow(page, summary.get_by_role("link", name="upload it again"))
    ask_to_check(page, GOOD)
    check(cast)

    expect(page.get_by_role("button", name="Import 2 rows")).to_be_visible()

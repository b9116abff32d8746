"""Goes through the pages of a year, and reads what they and their files say."""

from urllib.parse import urljoin

from django.db.models import Model
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.printed import Printed


def go(page: Page, name: str, of: Model, *more: str) -> None:
    page.goto(urljoin(page.url, reverse(name, args=[of.pk, *more])))


def assert_says(page: Page, *words: str) -> None:
    for said in words:
        expect(page.locator("main")).to_contain_text(said)


def downloaded(page: Page) -> str:
    """Return the words of the first page of the PDF that a page has."""
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the PDF").click()
    return Printed(started.value.path().read_bytes()).words[0]

"""What a page looks like from outside: its width."""

from playwright.sync_api import Page


def sideways_scroll(page: Page) -> str:
    """Return a complaint if a page is wider than its window."""
    needed, width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return f"{width} px, but {page.url} is {needed} px wide" if needed > width else ""


def assert_no_sideways_scroll(page: Page) -> None:
    assert not sideways_scroll(page)

"""Goes through a page with the keyboard, and sees where the focus is."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser.sections import wait_for_save

MOST_STOPS = 60
# The button of a date field has the focus inside of the field.
FOCUSED = ":focus, input:focus-within"
IS_SEEN = """element => {
    const box = element.getBoundingClientRect();
    const parts = [element, element.closest('.form-check'), element.closest('li')];
    const framed = parts.some(
        part => part && getComputedStyle(part).outlineStyle !== 'none');
    // A table that is higher than the window is seen by the frame at its sides.
    if (element.matches('[role=region]') && box.height > innerHeight)
        return framed && box.top < innerHeight && box.bottom > 0;
    // Of a text area, the browser brings the line with the caret into view.
    const end = element.matches('textarea') ? box.top + 40 : box.bottom;
    return framed && box.width > 1 && box.top >= 0 && end <= innerHeight;
}"""


# One question to the browser for each stop: what it shows, and whether to stop there.
# A save may replace the target meanwhile.
STOP = f"""target => {{
    const focused = [...document.querySelectorAll('{FOCUSED}')];
    const is_seen = focused.length === 1 && ({IS_SEEN})(focused[0]);
    const is_there = is_seen && (WANTED)(focused[0]);
    return [is_seen, is_there, !target || target.isConnected];
}}"""
THE_TARGET = "element => element === target"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; every stop must be seen."""
    _tab(page, THE_TARGET, target)


def tab_until(page: Page, wanted: str) -> None:
    """Press Tab until a function of JavaScript wants what has the focus."""
    _tab(page, wanted, None)


def _tab(page: Page, wanted: str, target: Locator | None) -> None:
    stop = STOP.replace("WANTED", wanted)
    element = target and target.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        is_seen, is_there, is_connected = page.evaluate(stop, element)
        if not is_connected:
            assert target
            element = target.element_handle()
        if not (is_seen and is_connected):
            assert_focus_is_seen(page)
            _, is_there, _ = page.evaluate(stop, element)
        if is_there:
            return
    pytest.fail(f"Tab leads to nothing that is {target or wanted} on {page.url}")


def follow(page: Page, target: Locator) -> None:
    """Go to a link or a button with the keyboard, and press it."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def arrow_down_to(select: Locator, value: str) -> None:
    """Press the arrow until a list that has the focus shows the value.

    Letters would do only if they arrive within a second of each other.
    """
    for _ in range(select.locator("option").count()):
        select.page.keyboard.press("ArrowDown")
        if select.input_value() == value:
            return
    pytest.fail(f"No arrow leads to {value}")


def press_and_wait(page: Page, key: str) -> None:
    page.keyboard.press(key)
    wait_for_save(page)


def assert_has_focus(target: Locator) -> None:
    expect(target).to_be_focused()
    assert target.evaluate(IS_SEEN)


def assert_focus_is_seen(page: Page) -> None:
    """Check that the focus is seen, once what a save brought has its place."""
    focus = page.locator(FOCUSED)
    for _ in range(10):
        if focus.evaluate(IS_SEEN):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"Not seen: {focus.evaluate('element => element.outerHTML')}")

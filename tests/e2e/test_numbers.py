"""A number that may be two is chosen while the page saves, and nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from audits.models.audits import values
from tests.casting import Cast
from tests.e2e.browser.sections import save_and_continue
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import SAVED, open_draft, stored
from tests.examples import thorough

pytestmark = pytest.mark.once


def test_number_is_chosen_although_a_save_is_on_its_way(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "numbers")
    calls = page.get_by_role("textbox", name="Model calls a month")
    calls.press_sequentially("60.000")
    meant = page.get_by_label("60,000 (60 thousand)")
    expect(meant).to_be_visible()

    # The field that is left is saved, and its answer comes after the click.
    page.get_by_label("Length of an answer").fill("300")
    meant.locator("+ label").click()

    expect(page.locator("#save-status")).to_have_text(SAVED)
    expect(page.locator("#beneath-requests")).to_contain_text("= 60,000 calls a month")
    expect(meant).to_be_checked()
    expect(calls).to_have_value("60.000")
    expect(calls).not_to_have_attribute("aria-invalid", "true")
    assert values(stored(cast).numbers) == {"requests": "60000", "output_tokens": "300"}


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((1280, 900), id="wide"),
        pytest.param((375, 667), id="narrow", marks=pytest.mark.thorough),
    ],
)
def test_what_is_not_saved_covers_no_field_and_leads_to_the_first(
    cast: Cast, turn_page: OpenPage, size: tuple[int, int]
) -> None:
    width, height = size
    viewport = {"width": width, "height": height}
    page = open_draft(cast, turn_page, "numbers", viewport=viewport)
    wrong = ("requests", "variable_tokens", "output_tokens")
    bar = page.locator("#save-status .save-error")

    for number, name in enumerate(wrong, start=1):
        field = page.locator(f"#id_{name}")
        # The field is at the very edge of the window, where the bar comes to be.
        field.focus()
        field.evaluate("field => field.scrollIntoView(false)")
        field.press_sequentially("many")
        entries = "1 entry" if number == 1 else f"{number} entries"
        expect(bar).to_contain_text(f"Not saved: {entries}.")
        expect(page.locator(f"#id_{name}_error")).to_be_visible()
        wait_until_uncovered(page, name)

    bar.get_by_role("link", name="Go to the first").click()

    expect(page.locator("#id_requests")).to_be_focused()
    wait_until_uncovered(page, "requests")
    assert bar.evaluate("bar => bar.offsetHeight") < 100


def wait_until_uncovered(page: Page, name: str) -> None:
    """Wait until the middle and the lower edge of a field are what one sees there."""
    field = page.locator(f"#id_{name}")
    for _ in range(100):
        if field.evaluate(
            """field => {
                const { left, right, top, bottom } = field.getBoundingClientRect();
                const middle = (top + bottom) / 2, low = bottom - 2;
                return [[left + 4, middle], [left + 4, low], [right - 4, low]].every(
                    at => document.elementFromPoint(...at) === field);
            }"""
        ):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{name} is covered")


def test_number_is_chosen_without_javascript(cast: Cast, turn_page: OpenPage) -> None:
    page = open_draft(cast, turn_page, "numbers", java_script_enabled=False)
    page.get_by_label("Model calls a month").fill("60.000")
    page.get_by_label("Length of an answer").fill("300")
    save_and_continue(page)
    expect(page.get_by_label("Model calls a month")).to_have_value("60.000")

    page.get_by_label("60,000 (60 thousand)").locator("+ label").click()
    save_and_continue(page)

    assert page.url.endswith("/sections/purpose/")  # with a question that is open
    assert values(stored(cast).numbers) == {"requests": "60000", "output_tokens": "300"}


@pytest.mark.parametrize("script", [True, thorough(False)], ids=["script", "no script"])
def test_offer_is_entered_and_compared_on_the_page(
    cast: Cast, turn_page: OpenPage, script: bool
) -> None:
    page = open_draft(cast, turn_page, "numbers", java_script_enabled=script)
    page.get_by_text("Enter the offer").click()
    page.get_by_label("Who makes the offer").fill("Nordlys")
    page.get_by_label("Currency of the offer").select_option("EUR")
    page.get_by_label("One-off price of the offer").fill("100,000")
    page.get_by_label("First day of the offer").fill("2026-12-01")
    if script:
        page.get_by_label("First day of the offer").blur()
        expect(page.locator("#save-status")).to_have_text(SAVED)
    else:
        save_and_continue(page)
        page.go_back()
        page.reload()

    told = page.locator("#beneath-proposal_once")
    expect(told).to_contain_text("= €100,000 once (about $111,720 at 1.1172 on 30")
    compared = page.locator("#offer-compared")
    expect(compared).to_contain_text("Offered by Nordlys")
    expect(compared.get_by_role("row", name="Offered by Nordlys")).to_contain_text(
        "$111,720"
    )
    assert values(stored(cast).numbers) == {
        "proposal_by": "Nordlys",
        "proposal_currency": "EUR",
        "proposal_once": "100000",
        "proposal_start": "2026-12-01",
    }


@pytest.mark.parametrize("script", [True, thorough(False)], ids=["script", "no script"])
def test_sign_of_another_currency_is_refused_until_it_is_chosen(
    cast: Cast, turn_page: OpenPage, script: bool
) -> None:
    page = open_draft(cast, turn_page, "numbers", java_script_enabled=script)
    worth = page.get_by_label("What one call earns or saves")
    worth.fill("€2.50")
    if script:
        worth.blur()
    else:
        save_and_continue(page)
    problem = page.locator("#problem-value_per_request")
    expect(problem).to_contain_text("choose “Euro (EUR)” under “Amounts are in”")
    expect(worth).to_have_value("€2.50")
    assert "value_per_request" not in values(stored(cast).numbers)

    page.get_by_label("Amounts are in").select_option("EUR")
    if script:
        expect(page.locator("#unit-value_per_request")).to_have_text("euros")
        expect(page.locator("#beneath-value_per_request")).to_contain_text(
            "= €2.50 a call, $2.79 at 1.1172 US dollars a euro"
        )
    else:
        save_and_continue(page)

    assert values(stored(cast).numbers) == {
        "currency": "EUR",
        "value_per_request": "2.5",
    }

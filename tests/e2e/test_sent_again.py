"""A page that is sent again, duplicated or restored loses nothing."""

from typing import Any

import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.casting import Cast
from tests.e2e.browser.sections import choose, option_of, save_and_continue
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import answers, notes, open_draft, stored

PLAIN: dict[str, Any] = {"java_script_enabled": False}


def lose_the_response(page: Page) -> None:
    """Let the next form reach the server, and leave the browser where it is."""

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch(max_redirects=0)
        route.fulfill(status=204)
        page.unroute_all()

    page.route("**/*", lose)


def send(page: Page) -> None:
    """Send the form; the browser stays on the page."""
    with page.expect_response(lambda response: response.status == 204):
        page.get_by_role("button", name="Save and continue").click()


@pytest.mark.once
def test_without_javascript_a_note_sent_twice_counts_as_sent_last(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "question", "state", **PLAIN)
    note = page.get_by_label("Note (optional)")
    note.fill("The first text.")
    lose_the_response(page)
    send(page)
    assert notes(cast) == {"state": "The first text."}

    note.fill("The second text.")
    save_and_continue(page)

    assert notes(cast) == {"state": "The second text."}
    page.go_back()
    history = page.locator("section", has_text="Who answered what")
    expect(history).to_contain_text("The first text.")


@pytest.mark.once
def test_without_javascript_back_shows_what_was_saved_and_it_can_be_changed(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "section", "purpose", **PLAIN)
    option_of(page, "state", "none").locator("+ label").click()
    save_and_continue(page)

    page.go_back()
    expect(option_of(page, "state", "none")).to_be_checked()
    option_of(page, "state", "planned").locator("+ label").click()
    save_and_continue(page)

    assert answers(cast) == {"state": "planned"}


@pytest.mark.once
def test_without_javascript_numbers_sent_twice_count_as_sent_last(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "numbers", **PLAIN)
    page.locator("#id_requests").fill("1000")
    lose_the_response(page)
    send(page)

    page.locator("#id_requests").fill("2000")
    save_and_continue(page)

    assert stored(cast).numbers["requests"]["value"] == "2000"


def serve_again(page: Page, served: Response) -> None:
    """Let a tab show a page as it was first served, as a restored session does."""
    body, headers = served.body(), served.headers
    page.route(
        served.url, lambda route: route.fulfill(body=body, headers=headers), times=1
    )
    page.goto(served.url)


@pytest.mark.once
def test_restored_tab_is_a_writer_of_its_own(cast: Cast, turn_page: OpenPage) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")
    served = page.reload()
    assert served is not None
    for option in ("none", "planned"):
        choose(page, "state", option)

    serve_again(page, served)
    choose(page, "eval", "none")
    # What the tab had not seen is shown, and counts.
    expect(option_of(page, "state", "planned")).to_be_checked()
    choose(page, "state", "in_cycle")

    assert answers(cast) == {"state": "in_cycle", "eval": "none"}


@pytest.mark.once
def test_answer_of_a_duplicated_tab_is_never_silently_dropped(
    cast: Cast, turn_page: OpenPage
) -> None:
    first = open_draft(cast, turn_page, "section", "purpose")
    served = first.reload()
    assert served is not None
    second = first.context.new_page()
    serve_again(second, served)
    for option in ("none", "planned"):
        choose(first, "state", option)

    choose(second, "state", "in_cycle")

    assert answers(cast) == {"state": "planned"}
    expect(second.locator("#save-status")).to_contain_text("choose")

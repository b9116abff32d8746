"""No answer is lost: other tabs, other people, no network, no session."""

import time

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from audits.models import Role, Session, User
from tests.casting import PASSWORD, Cast
from tests.e2e.browser.sections import AT_FIRST, choose, option_of, save_and_continue
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import SAVED, answers, notes, open_draft, stored
from tests.examples import thorough

WORDS = "Counted on 12 May: 212 of 1,000 claims went to the wrong desk."


def status(page: Page) -> Locator:
    return page.locator("#save-status")


def note(page: Page) -> Locator:
    return page.get_by_label("Note (optional)")


def click(page: Page, question: str, option: str) -> None:
    """Choose without waiting for what becomes of it."""
    option_of(page, question, option).locator("+ label").click()


def wait_until_stored(page: Page) -> None:
    expect(status(page)).to_have_text(SAVED)


def two_tabs(cast: Cast, turn_page: OpenPage) -> tuple[Page, Page]:
    first = open_draft(cast, turn_page, "section", "purpose")
    second = first.context.new_page()
    second.goto(first.url)
    return first, second


@pytest.mark.on_both
def test_two_tabs_of_one_person_save_side_by_side(
    cast: Cast, turn_page: OpenPage
) -> None:
    first, second = two_tabs(cast, turn_page)

    choose(first, "state", "planned")
    choose(second, "task_shape", "broad")
    choose(first, "eval", "solid_set")

    wait_until_stored(first)
    wait_until_stored(second)
    assert answers(cast) == {
        "state": "planned",
        "task_shape": "broad",
        "eval": "solid_set",
    }
    # What the other tab saved shows where this one had not touched it.
    expect(option_of(first, "task_shape", "broad")).to_be_checked()
    expect(first.get_by_text("All is saved.")).to_have_count(0)


@pytest.mark.once
def test_one_answer_changed_in_two_tabs_is_chosen_by_its_author(
    cast: Cast, turn_page: OpenPage
) -> None:
    first, second = two_tabs(cast, turn_page)

    choose(first, "state", "planned")
    choose(second, "state", "none")

    assert answers(cast) == {"state": "planned"}
    status(second).get_by_role("link").click()
    expect(second.get_by_text("Yours from another page")).to_be_visible()
    expect(second.get_by_role("button", name="Keep “Training planned”")).to_be_visible()
    second.get_by_role("button", name="Keep “Not started”").click()
    second.wait_for_url("**/sections/**")
    expect(second.get_by_text("your answer counts")).to_be_visible()
    assert answers(cast) == {"state": "none"}


@pytest.mark.on_both
def test_two_people_change_one_answer_and_the_later_one_chooses(
    cast: Cast, turn_page: OpenPage, open_page: OpenPage
) -> None:
    ours = cast.ours
    page = open_draft(cast, turn_page, "section", "purpose")
    other = ours.people[Role.REVIEWER]
    theirs = open_draft(cast, open_page, "section", "purpose", user=other)

    choose(theirs, "state", "planned")
    choose(page, "state", "none")

    slot = page.locator("#msg-state")
    expect(slot).to_contain_text(
        f"Your answer is saved. It differs from {other.name}’s, which counts until you"
        " choose."
    )
    expect(option_of(page, "state", "none")).to_be_checked()
    assert answers(cast) == {"state": "planned"}

    slot.get_by_role("link", name="See both and choose").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Two answers to one question"
    )
    expect(page.get_by_role("heading", name=other.name)).to_be_visible()
    page.get_by_role("button", name="Keep this one").click()
    page.wait_for_url("**/sections/**")
    assert answers(cast) == {"state": "planned"}


@pytest.mark.once
def test_two_people_write_one_note_and_both_texts_are_kept(
    cast: Cast, turn_page: OpenPage, open_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "question", "state", java_script_enabled=False)
    other = cast.ours.people[Role.REVIEWER]
    theirs = open_draft(cast, open_page, "question", "state", user=other)

    note(theirs).fill("The desk heads agree.")
    note(theirs).blur()
    wait_until_stored(theirs)
    note(page).fill(WORDS)
    save_and_continue(page)

    expect(page.locator("main")).to_contain_text("The desk heads agree.")
    expect(page.locator("main")).to_contain_text(WORDS)
    page.get_by_role("button", name="Save this text").click()
    assert notes(cast) == {"state": f"The desk heads agree.\n\n{WORDS}"}


@pytest.mark.once
def test_network_that_is_away_for_two_minutes_costs_nothing(
    cast: Cast, open_page: OpenPage
) -> None:
    page = open_draft(cast, open_page, "question", "state")
    page.clock.install()
    page.context.set_offline(True)

    choose(page, "state", "planned")
    expect(status(page)).to_have_text("Not saved yet: trying again. Stay on this page.")
    note(page).fill(WORDS)
    page.clock.fast_forward("02:00")
    expect(status(page)).to_contain_text("Not saved. Copy your text")
    assert answers(cast) == {}
    expect(note(page)).to_have_value(WORDS)
    expect(option_of(page, "state", "planned")).to_be_checked()

    page.context.set_offline(False)
    wait_until_stored(page)
    assert answers(cast) == {"state": "planned"}
    assert notes(cast) == {"state": WORDS}


@pytest.mark.once
def test_response_that_is_lost_is_no_conflict(cast: Cast, turn_page: OpenPage) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/sections/**", lose, times=1)
    click(page, "state", "planned")
    expect(status(page)).to_have_text("Not saved yet: trying again. Stay on this page.")
    assert answers(cast) == {"state": "planned"}

    click(page, "state", "none")
    wait_until_stored(page)
    expect(page.locator("#nav-wide")).to_contain_text(f"1 of {AT_FIRST} answered")
    assert answers(cast) == {"state": "none"}
    assert stored(cast).answers["state"]["version"] == 2


@pytest.mark.parametrize("width", [1280, thorough(375)])
@pytest.mark.once
def test_person_signs_in_again_on_the_page_and_all_is_saved(
    cast: Cast, turn_page: OpenPage, width: int
) -> None:
    viewport = {"width": width, "height": 667}
    page = open_draft(cast, turn_page, "question", "state", viewport=viewport)
    here = page.url
    note(page).fill(WORDS)
    wait_until_stored(page)
    Session.objects.all().delete()

    note(page).press_sequentially(" And more.")
    again = page.get_by_role("dialog", name="Sign in again")
    expect(again.get_by_role("heading")).to_be_focused()
    expect(again).to_be_in_viewport(ratio=1)
    expect(status(page)).to_have_text("You were signed out. Sign in to save.")
    page.keyboard.press("Tab")
    page.keyboard.type(cast.ours.contributor.email)
    page.keyboard.press("Tab")
    page.keyboard.type("not this one")
    # As when one comes back from where the password is kept.
    with page.expect_response(lambda response: response.status == 401):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(again.get_by_label("Password")).to_be_focused()
    page.keyboard.press("Enter")
    expect(again).to_contain_text("is wrong")
    assert notes(cast) == {"state": WORDS}

    expect(again.get_by_label("Email address")).to_be_focused()
    again.get_by_label("Email address").fill(cast.ours.contributor.email)
    again.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")

    wait_until_stored(page)
    expect(again).to_have_count(0)
    expect(note(page)).to_be_focused()
    assert page.url == here
    assert notes(cast) == {"state": f"{WORDS} And more."}


@pytest.mark.once
def test_sign_in_on_another_tab_serves_too(cast: Cast, turn_page: OpenPage) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")
    Session.objects.all().delete()
    click(page, "state", "planned")

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Use another tab to sign in").click()
    tab = opened.value
    tab.get_by_label("Email address").fill(cast.ours.contributor.email)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab).to_have_title("Your use cases – Attune")
    tab.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")

    wait_until_stored(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert answers(cast) == {"state": "planned"}


def sign_in_on_another_tab(page: Page, person: User) -> None:
    """End the session, and sign somebody in beside a page that stays open."""
    Session.objects.all().delete()
    tab = page.context.new_page()
    tab.goto(f"{page.url.split('/audits/')[0]}/sign-in/")
    tab.get_by_label("Email").fill(person.email)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab).to_have_title("Your use cases – Attune")
    tab.close()
    page.bring_to_front()


@pytest.mark.parametrize("in_place", [True, False])
@pytest.mark.once
def test_page_left_open_saves_nothing_in_the_name_of_who_signed_in_since(
    cast: Cast, turn_page: OpenPage, in_place: bool
) -> None:
    reviewer, lead = cast.ours.people[Role.REVIEWER], cast.ours.contributor
    page = open_draft(cast, turn_page, "section", "purpose", user=reviewer)

    if in_place:
        Session.objects.all().delete()
        click(page, "state", "planned")
        again = page.get_by_role("dialog", name="Sign in again")
        again.get_by_label("Email address").fill(lead.email)
        again.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
    else:
        sign_in_on_another_tab(page, lead)
        click(page, "state", "planned")

    expect(status(page)).to_have_text(
        f"This page was opened by {reviewer}. You are signed in as {lead}, so nothing "
        "was saved. Reload the page to answer in your own name."
    )
    expect(option_of(page, "state", "planned")).to_be_checked()
    assert answers(cast) == {}

    sign_in_on_another_tab(page, reviewer)
    page.evaluate("window.dispatchEvent(new Event('focus'))")

    wait_until_stored(page)
    assert stored(cast).answers["state"]["by"] == reviewer.pk


@pytest.mark.once
def test_without_javascript_answers_wait_for_the_sign_in(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "section", "purpose", java_script_enabled=False)
    click(page, "state", "planned")
    Session.objects.all().delete()

    save_and_continue(page)
    page.get_by_label("Email").fill(cast.ours.contributor.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.locator("main")).to_contain_text("Check them, then save them.")
    expect(option_of(page, "state", "planned")).to_be_checked()
    assert answers(cast) == {}
    save_and_continue(page)
    assert answers(cast) == {"state": "planned"}


@pytest.mark.once
def test_server_that_asks_for_patience_is_asked_again_when_it_said(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")
    asked: list[float] = []

    def away_once(route: Route) -> None:
        if route.request.method == "POST":
            asked.append(time.monotonic())
            if len(asked) == 1:
                route.fulfill(status=503, headers={"Retry-After": "3"}, body="away")
                return
        route.continue_()

    page.route("**/sections/**", away_once)
    click(page, "state", "planned")
    expect(status(page)).to_have_text("Not saved yet: trying again. Stay on this page.")

    expect(status(page)).to_have_text(SAVED, timeout=10_000)
    assert answers(cast) == {"state": "planned"}
    assert 3 <= asked[1] - asked[0] <= 6


@pytest.mark.once
def test_answer_that_a_colleague_changed_is_told_and_stays_told(
    cast: Cast, turn_page: OpenPage, open_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")
    choose(page, "state", "none")
    other = cast.ours.people[Role.REVIEWER]
    theirs = open_draft(cast, open_page, "section", "purpose", user=other)
    choose(theirs, "state", "planned")

    choose(page, "eval", "none")
    choose(page, "goal", "style")

    expect(option_of(page, "state", "planned")).to_be_checked()
    expect(page.locator("#wizard-notice")).to_have_text(
        f"{other} changed “Where training stands” from “Not started” to "
        f"“Training planned”. "
        "Your page now shows it."
    )


@pytest.mark.once
def test_comment_that_is_half_written_is_sent_with_the_page(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "question", "state")
    page.get_by_label("Add a comment").fill(WORDS)
    choose(page, "state", "planned")
    expect(page.get_by_label("Add a comment")).to_have_value(WORDS)

    note(page).fill("Asked the desk.")
    with page.expect_navigation():
        page.get_by_role("button", name="Add comment").click()
    expect(page.locator("#comments-state li")).to_contain_text(WORDS)
    expect(page.get_by_label("Add a comment")).to_have_value("")
    assert notes(cast) == {"state": "Asked the desk."}

    page.get_by_label("Add a comment").fill("And who decides?")
    save_and_continue(page)
    expect(page.locator("main")).to_contain_text("Your comment was added.")

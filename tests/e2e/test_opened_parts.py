"""What opens moves the rest down: it covers nothing, and its button stays."""

import re
from itertools import product

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from audits.models import User
from tests.casting import Cast
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.e2e.states.states import STATES
from tests.e2e.states.wizard_states import numbers_given
from tests.e2e.test_result_screens import audits_of
from tests.examples import all_but, thorough

pytestmark = pytest.mark.once

TARGET = 44  # pixels that a finger needs
# The box of the button, and whether its icon is turned.
BUTTON = """it => [it.getBoundingClientRect().left, it.getBoundingClientRect().top,
    getComputedStyle(it.querySelector('.icon')).transform]"""


def assert_more_is_above_the_rest(page: Page) -> None:
    summary = page.locator(".more-actions > summary")
    summary.focus()
    summary.press("Enter")

    button = summary.bounding_box()
    links = page.locator(".more-actions a").evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().bottom)"
    )
    rest = page.locator(".firsts").bounding_box()

    assert button
    assert button["height"] < 2 * TARGET
    assert len(links) >= 3
    assert rest
    assert max(links) <= rest["y"]
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize(
    ("has_script", "width"),
    all_but(product((True, False), (320, 375, 600)), [(True, 320)]),
)
def test_more_of_a_result_prints_over_nothing(
    head: User, turn_page: OpenPage, has_script: bool, width: int
) -> None:
    for name in ("Search relevance", "Quote assistant"):
        page = turn_page(
            head,
            reverse("result", args=[audits_of("in_review")[name]]),
            viewport={"width": width, "height": 812},
            java_script_enabled=has_script,
        )

        assert_more_is_above_the_rest(page)


def test_button_of_a_pack_stays_where_it_is(head: User, turn_page: OpenPage) -> None:
    page = turn_page(head, reverse("portfolio"))
    button = page.locator(".pack > summary")
    heading = page.get_by_role("heading", level=1)

    for width in (1280, 800, 375):
        page.set_viewport_size({"width": width, "height": 812})
        heading.evaluate("it => it.scrollIntoView()")  # no click scrolls then
        before, above = button.evaluate(BUTTON), heading.bounding_box()
        button.click()
        page.wait_for_timeout(200)  # as an icon takes to turn

        assert button.evaluate(BUTTON) == before
        assert heading.bounding_box() == above
        form = page.locator("#pack").bounding_box()
        lead = page.locator("#lead").bounding_box()
        assert form
        assert lead
        assert form["y"] >= lead["y"] + lead["height"]
        button.click()


def test_all_in_review_are_led_to_in_the_table(head: User, turn_page: OpenPage) -> None:
    page = turn_page(head, reverse("portfolio"))
    page.locator(".figures").get_by_role("link", name="4 in review").click()

    expect(page.locator("#table tbody tr")).to_have_count(4)
    expect(page.locator("#tab")).to_be_in_viewport()
    top = page.locator("#tab").bounding_box()
    assert top
    assert 0 <= top["y"] < 200


def test_reason_of_a_review_that_is_due_squeezes_no_column(
    cast: Cast, turn_page: OpenPage
) -> None:
    state = STATES["use_cases_due"]
    state.before(cast)
    page = turn_page(state.user(cast), reverse("portfolio"))
    widths = """() => [...document.querySelectorAll('.table-cards thead th')]
        .map(it => it.getBoundingClientRect().width)"""
    before = page.evaluate(widths)
    page.locator(".table-cards summary").first.click()

    assert len(before) == 5  # without those of money, as nothing has a price
    assert page.evaluate(widths) == before


# Whether the text of a range meets the amount beside it, in each row.
MEET = """rows => rows.filter(row => {
    const [range, amount] = ['.range', '.num'].map(each => {
        const text = document.createRange();
        text.selectNodeContents(row.querySelector(each));
        return [...text.getClientRects()];
    });
    return range.some(one => amount.some(other => one.right + 4 > other.left
        && one.bottom > other.top + 1 && other.bottom > one.top + 1));
}).length"""


def test_amount_in_the_panel_stands_apart_from_its_range(
    cast: Cast, turn_page: OpenPage
) -> None:
    numbers_given(cast)
    page = turn_page(
        cast.ours.contributor, reverse("numbers", args=[cast.ours.draft.pk])
    )
    rows = page.locator(".table-tight tbody tr")
    rows.locator(".range").evaluate_all(
        "all => all.forEach(it => { it.textContent = '$668,774 to $2,309,242' })"
    )
    rows.locator(".num").evaluate_all(
        "all => all.forEach(it => { it.textContent = '$1,214,528' })"
    )

    assert rows.count()
    assert rows.evaluate_all(MEET) == 0


def test_panel_of_a_comparison_that_is_cut_says_that_it_goes_on(
    cast: Cast, turn_page: OpenPage
) -> None:
    numbers_given(cast)
    there = reverse("what_if", args=[cast.ours.submitted.pk])
    page = turn_page(cast.ours.contributor, there)

    style = page.locator(".what-if-compared > .sheet").evaluate(
        """it => [getComputedStyle(it).overflowY,
            getComputedStyle(it).backgroundAttachment]"""
    )

    assert style == ["auto", "local, local, scroll, scroll, scroll"]


def test_panel_with_all_parts_open_is_whole_and_scrolls_with_the_page(
    cast: Cast, turn_page: OpenPage
) -> None:
    numbers_given(cast)
    for name, more in (("section", ["purpose"]), ("next_question", ["eval"])):
        url = reverse(name, args=[cast.ours.draft.pk, *more])
        page = turn_page(cast.ours.contributor, url)
        page.set_viewport_size({"width": 1280, "height": 900})
        panel = page.locator("#panel")
        panel.locator("details").evaluate_all("all => all.forEach(x => x.open = true)")

        seen = panel.evaluate(
            """it => { const box = it.getBoundingClientRect();
                return [it.scrollHeight - it.clientHeight,
                    getComputedStyle(it).position,
                    box.bottom + scrollY < document.documentElement.scrollHeight] }"""
        )
        assert seen == [0, "static", True]


@pytest.mark.parametrize("width", [320, thorough(375)])
def test_months_of_a_plan_fit_a_phone(
    head: User, turn_page: OpenPage, width: int
) -> None:
    audit = audits_of("signed_off")["Claims handbook answers"]
    page = turn_page(head, reverse("result", args=[audit]))
    page.set_viewport_size({"width": width, "height": 812})
    page.locator("details.fold:has(.table-months)").evaluate("it => { it.open = true }")

    wide, seen = page.locator(".table-responsive:has(.table-months)").evaluate(
        "it => [it.scrollWidth, it.clientWidth]"
    )

    assert wide <= seen


def test_cards_of_a_phone_say_what_stage_and_completeness_are(
    head: User, turn_page: OpenPage
) -> None:
    page = turn_page(head, reverse("portfolio"))
    page.set_viewport_size({"width": 375, "height": 812})
    cells = ".table-cards td[data-label={}]"
    label = "it => getComputedStyle(it, '::before').content"

    assert "Stage" in page.locator(cells.format("Stage")).first.evaluate(label)
    # Its words say what they tell, so that a card is a line shorter.
    complete = page.locator(cells.format("Completeness"))
    assert complete.count() > 5
    for told in complete.all_inner_texts():
        assert re.search(r"^\W*(Enough answered|[\d to]+ (questions? )?open)", told)


def test_three_actions_are_seen_and_the_rest_is_one_press_away(
    head: User, turn_page: OpenPage
) -> None:
    result = reverse("result", args=[audits_of("in_review")["Quote assistant"]])
    page = turn_page(head, result, java_script_enabled=False)
    links = page.locator(".more-actions").get_by_role("link")

    expect(links).to_have_text(
        [re.compile(it) for it in ("^Write page 1", "^Take back", "^Download")]
    )
    page.locator(".more-rest > summary").click()

    expect(links.get_by_text("Export JSON")).to_be_visible()
    assert links.count() > 4
    for box in links.evaluate_all("all => all.map(it => it.getBoundingClientRect())"):
        assert box["height"] >= 24

"""What belongs together stands together, and what does not stands apart."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from audits.models import NoticeKind, Role, User
from audits.services.demo.sample import SAMPLE_PEOPLE
from tests.casting import Cast
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import DESK, OpenPage
from tests.e2e.states.states import STATES
from tests.e2e.test_result_screens import BROKEN_DAYS, audits_of

pytestmark = pytest.mark.once

PHONE = {"width": 375, "height": 812}
NARROW = (320, 375)
TWO_LINES = 32  # pixels
# The tops of the lines of text in each of the elements.
LINES = """all => all.map(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return [...new Set([...range.getClientRects()].map(it => Math.round(it.top)))];
})"""


def lines_of(page: Page, selector: str) -> list[list[int]]:
    lines: list[list[int]] = page.locator(selector).evaluate_all(LINES)
    return lines


def test_page_one_beside_its_fields_is_as_on_paper(
    head: User, turn_page: OpenPage
) -> None:
    audit = audits_of("in_review")["Quote assistant"]
    page = turn_page(head, reverse("cover", args=[audit]))

    text_of_page_one_is_not_below_the_floor(page)
    each_option_stands_beside_its_own_amount(page)
    page.set_viewport_size(DESK)
    money_of_the_paper_is_one_line_and_fits_a_phone(page)


def test_parts_of_a_signed_result_have_room(head: User, turn_page: OpenPage) -> None:
    audit = audits_of("signed_off")["Damage codes"]
    page = turn_page(head, reverse("result", args=[audit]))

    no_text_touches_the_rule_above_it(page)
    short_facts_share_one_line(page)
    strength_of_evidence_is_one_line_beside_four_facts(page)


def test_marks_and_tables_of_a_result_fit_a_phone(
    head: User, turn_page: OpenPage
) -> None:
    audit = audits_of("in_review")["Search relevance"]
    page = turn_page(head, reverse("result", args=[audit]))

    mark_of_evidence_stays_with_its_word(page)
    tables_of_money_fit_the_narrowest_phone(page)


def text_of_page_one_is_not_below_the_floor(page: Page) -> None:
    sizes = page.locator("#preview *").evaluate_all(
        """all => all.filter(it => it.innerText?.trim())
            .map(it => parseFloat(getComputedStyle(it).fontSize))"""
    )

    assert len(sizes) > 20
    assert min(sizes) >= 13


def each_option_stands_beside_its_own_amount(page: Page) -> None:
    for size in (None, PHONE):
        if size:
            page.set_viewport_size(size)  # type: ignore[arg-type]
        names = [top for [top] in lines_of(page, "#preview .options tbody th")]
        ranges = lines_of(page, "#preview .options td.n + td.n")

        # Each has a row of its own, and all but doing nothing a range, on one line.
        assert len(names) > 2
        assert [[top] for top in names] == [
            own or [top] for own, top in zip(ranges, names, strict=True)
        ]
        assert ranges.count([]) <= 1


def money_of_the_paper_is_one_line_and_fits_a_phone(page: Page) -> None:
    region = page.get_by_role("region", name="Money on page 1")
    plan = region.locator("tbody tr").first.locator("td")
    bottoms = "cells => cells.map(it => Math.round(it.getBoundingClientRect().bottom))"

    assert plan.count() == 5
    assert len(set(plan.evaluate_all(bottoms))) == 1
    assert "US$ over 12 months" in region.inner_text()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    lefts = plan.evaluate_all("all => all.map(it => it.getBoundingClientRect().left)")
    assert lefts[3:] == lefts[:2]  # the range stands below what it is of
    ends = plan.evaluate_all(
        "cells => cells.map(it => Math.ceil(it.getBoundingClientRect().right))"
    )
    box = region.bounding_box()
    assert box
    assert max(ends) <= box["x"] + box["width"]
    assert region.evaluate("it => it.scrollWidth <= it.clientWidth")
    assert_no_sideways_scroll(page)


def test_verdict_and_day_of_a_use_case_are_whole_on_home(
    head: User, turn_page: OpenPage
) -> None:
    page = turn_page(head, reverse("use_cases"))

    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        verdicts = lines_of(page, ".rows-cases .vword")
        assert len(verdicts) > 3
        assert {len(lines) for lines in verdicts} == {1}
        assert page.locator(".rows-cases > li").evaluate_all(BROKEN_DAYS) == []
        # What to do is at the right of a row, and on a phone below its verdict.
        side = "right" if size == DESK else "left"
        ends = page.locator(".rows-cases .end .status").evaluate_all(
            "(all, at) => all.map(it => Math.round(it.getBoundingClientRect()[at]))",
            side,
        )
        assert len(set(ends)) == 1
        assert_no_sideways_scroll(page)
    page.set_viewport_size(DESK)
    assert {len(it) for it in lines_of(page, ".rows-cases .end .status")} == {1}


def test_why_a_technique_is_out_has_room_beside_its_price(
    head: User, turn_page: OpenPage
) -> None:
    audit = audits_of("signed_off")["Claims handbook answers"]
    page = turn_page(head, reverse("result", args=[audit]))
    page.locator("summary", has_text="Technique costs").click()

    reasons = lines_of(page, "[aria-labelledby=cost] tbody th .small")

    assert reasons
    assert max(map(len, reasons)) == 1


def no_text_touches_the_rule_above_it(page: Page) -> None:
    gaps = page.evaluate(
        """[...document.querySelectorAll(
            '.first > :is(.table, .sheet, .changes) + :is(p, .money-notes)')]
        .map(it => it.getBoundingClientRect().top
            - it.previousElementSibling.getBoundingClientRect().bottom)"""
    )

    assert len(gaps) >= 2
    assert min(gaps) >= 8


def short_facts_share_one_line(page: Page) -> None:
    tops = "all => all.map(it => it.getBoundingClientRect().top)"
    short = page.locator(".facts > :not(.fact-long) > dt").evaluate_all(tops)
    long = page.locator(".facts > .fact-long > dt").evaluate_all(tops)

    assert len(short) == 4
    assert len(set(short)) == 1
    assert len(long) == 1
    assert long >= short[:1]  # on their line, or below where it is long


def mark_of_evidence_stays_with_its_word(page: Page) -> None:
    for width in range(320, 400, 4):
        page.set_viewport_size({"width": width, "height": 812})
        apart = page.locator(".how-known:has(.icon)").evaluate_all(
            """all => all.filter(it => {
                const word = document.createRange();
                const walker = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
                while (walker.nextNode() && !walker.currentNode.data.trim());
                const start = walker.currentNode.data.search(/\\S/);
                word.setStart(walker.currentNode, start);
                word.setEnd(walker.currentNode, start + 1);
                const icon = it.querySelector('.icon').getBoundingClientRect();
                return word.getBoundingClientRect().top > icon.bottom;
            }).length"""
        )
        assert apart == 0, width


def test_field_for_a_number_or_a_day_is_no_wider_than_one(
    head: User, turn_page: OpenPage
) -> None:
    audit = audits_of("draft")["Voice transcripts"]
    page = turn_page(head, reverse("candidate", args=[audit, "new"]))

    wide = page.get_by_label("Name (optional)").bounding_box()
    for label in ("Cases", "Mean score (optional)", "Day of the test (optional)"):
        narrow = page.get_by_label(label).bounding_box()

        assert wide
        assert narrow
        assert narrow["width"] < wide["width"] / 2


@pytest.mark.usefixtures("head")
def test_no_dot_stands_at_either_end_of_a_line(turn_page: OpenPage) -> None:
    lead = User.objects.get(email=SAMPLE_PEOPLE["lead"].email)
    page = turn_page(lead, reverse("use_cases"))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    parts = page.locator(".dotted").evaluate_all(
        """all => all.map(each => [each.textContent, [...each.children].map(
            it => it.getBoundingClientRect().left - each.getBoundingClientRect().left
                + parseFloat(getComputedStyle(it).paddingLeft))])"""
    )

    assert len(parts) > 3
    assert not any("·" in said for said, _ in parts)
    # What begins a line has its dot left of the list, where it is cut off.
    assert any(x == pytest.approx(0, abs=0.5) for _, row in parts for x in row[1:])
    assert all(x > -0.5 for _, row in parts for x in row)
    assert_no_sideways_scroll(page)
    shown = page.locator(".dotted").first
    assert shown.evaluate("it => getComputedStyle(it).overflow") == "hidden"


# From the lower edge of the first to the upper edge of the second, in pixels.
GAP = """([above, below]) => document.querySelector(below).getBoundingClientRect().top
    - document.querySelector(above).getBoundingClientRect().bottom"""


REVIEW = (
    (("form .option-cards", "#conditions"), 24),
    (("#conditions textarea", "#conditions .flow > :nth-child(2)"), 16),
)
SCENARIO = (((".what-if-form > .small", ".what-if-form > details"), 8),)
DETAILS = ((("#id_name", "#id_name + .form-text"), 4),)


@pytest.mark.parametrize(
    ("name", "pairs"),
    [("review", REVIEW), ("what_if", SCENARIO), ("use_case_details", DETAILS)],
)
def test_what_follows_does_not_touch(
    head: User,
    turn_page: OpenPage,
    name: str,
    pairs: tuple[tuple[tuple[str, str], int], ...],
) -> None:
    audit = audits_of("in_review")["Quote assistant"]
    page = turn_page(head, reverse(name, args=[audit]))
    if name == "review":
        expect(page.locator("#conditions")).not_to_be_visible()
        page.get_by_label("Sign off with conditions").press(" ")

    for pair, least in pairs:
        assert page.evaluate(GAP, list(pair)) >= least, pair
    if name == "what_if":
        boxes_of_a_scenario_stand_in_columns_apart(page)


def boxes_of_a_scenario_stand_in_columns_apart(page: Page) -> None:
    gap = page.locator(".what-if-picks").first.evaluate(
        "it => parseFloat(getComputedStyle(it).columnGap)"
    )

    assert gap >= 12


def test_search_has_its_button_beside_the_words(
    head: User, turn_page: OpenPage
) -> None:
    page = turn_page(head, reverse("search"))

    for size in (None, PHONE):
        if size:
            page.set_viewport_size(size)  # type: ignore[arg-type]
        field = page.locator("main [type=search]").bounding_box()
        button = page.locator("main form button").bounding_box()
        assert field
        assert button
        assert field["y"] == pytest.approx(button["y"], abs=1)


def tables_of_money_fit_the_narrowest_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
    expect(page.locator(".table-months")).to_be_visible()

    for table in page.locator(".table-money, .table-months").all():
        assert table.evaluate("it => it.getBoundingClientRect().right") <= 305
    assert_no_sideways_scroll(page)


def strength_of_evidence_is_one_line_beside_four_facts(page: Page) -> None:
    assert page.locator(".facts > div").count() == 5
    strength = page.locator(".facts > .fact-long > dd").bounding_box()
    assert strength
    assert strength["height"] < 24
    change = page.locator(".table-changes tbody tr").first.bounding_box()
    section = page.locator("section[aria-labelledby=change]").bounding_box()
    assert change
    assert section
    assert change["width"] > section["width"] * 0.4


def test_result_of_a_candidate_has_room(cast: Cast, turn_page: OpenPage) -> None:
    state = STATES["candidates"]
    state.before(cast)
    page = turn_page(state.user(cast), state.path(cast))

    result = page.locator("td:has(.score)").first.bounding_box()

    assert result
    assert result["width"] >= 192
    assert_no_sideways_scroll(page)


def test_note_below_the_money_does_not_touch_it(
    cast: Cast, turn_page: OpenPage
) -> None:
    state = STATES["result_followed"]
    state.before(cast)
    page = turn_page(state.user(cast), state.path(cast))

    above, note = ".first-money > :has(+ .note)", ".first-money > .note"
    assert page.evaluate(GAP, [above, note]) >= 8


def test_section_says_on_one_line_of_a_phone_how_long_it_takes(
    head: User, turn_page: OpenPage
) -> None:
    audit = audits_of("draft")["Voice transcripts"]
    page = turn_page(head, reverse("section", args=[audit, "purpose"]))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    assert [len(lines) for lines in lines_of(page, ".page-head .eyebrow")] == [1]


def test_no_kind_of_an_inbox_is_cut_on_a_phone(head: User, turn_page: OpenPage) -> None:
    page = turn_page(head, reverse("inbox"))
    tabs = page.locator("main nav .nav-link")
    boxes = "all => all.map(it => it.getBoundingClientRect().toJSON())"

    assert tabs.count() >= 3
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 812})
        assert len({box["top"] for box in tabs.evaluate_all(boxes)}) <= 2
    page.locator("main nav ul").evaluate(
        """(it, labels) => labels.forEach(label => {
            const tab = it.lastElementChild.cloneNode(true);
            tab.firstElementChild.textContent = `${label} (100)`;
            it.append(tab);
        })""",
        NoticeKind.labels,
    )
    for width in reversed(NARROW):
        page.set_viewport_size({"width": width, "height": 812})
        for box in tabs.evaluate_all(boxes):
            assert 0 <= box["left"] < box["right"] <= width
            assert box["height"] >= 44
        ul = page.locator("main nav ul")
        assert ul.evaluate("it => it.scrollWidth <= innerWidth")
        assert_no_sideways_scroll(page)


def test_review_asks_for_the_decision_under_a_heading(
    cast: Cast, turn_page: OpenPage
) -> None:
    path = reverse("review", args=[cast.ours.submitted.pk])
    page = turn_page(cast.ours.people[Role.REVIEWER], path)

    question = page.get_by_role("heading", name="What is your decision?")
    expect(question).to_be_visible()
    expect(page.get_by_role("group", name="What is your decision?")).to_be_visible()
    # A phone has what is signed and the decision before what may be read on.
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    place = "it => it.getBoundingClientRect().top + scrollY"
    assert question.evaluate(place) < 1500
    assert question.evaluate(place) < page.locator("#page-one").evaluate(place)


def test_risk_is_a_row_and_three_on_a_phone(cast: Cast, turn_page: OpenPage) -> None:
    lead = cast.ours.contributor
    page = turn_page(lead, reverse("risks", args=[cast.ours.draft.pk]))
    of_risk = page.locator("[id$='_1'][id^='id_']:not([type=hidden])")
    tops = "all => all.map(it => Math.round(it.getBoundingClientRect().top))"

    seen = {}
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 812})
        seen[width] = len(set(of_risk.evaluate_all(tops)))
        assert_no_sideways_scroll(page)

    assert (of_risk.count(), seen) == (3, {1280: 1, 375: 3})

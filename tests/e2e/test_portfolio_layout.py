"""The lines, columns and folds of the portfolio, as they are seen."""

import itertools

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from audits.models import User
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import DESK, OpenPage
from tests.e2e.test_layout import PHONE, TWO_LINES, lines_of
from tests.e2e.test_result_screens import BROKEN_DAYS, LINES_OF_TEXT

pytestmark = pytest.mark.once

CONTRAST = """shape => {
    const light = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(each => each / 255)
            .map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const {fill, stroke} = getComputedStyle(shape);
    const both = [stroke === 'none' ? fill : stroke,
        getComputedStyle(document.body).backgroundColor].map(light);
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}"""
# How far the words of each cell are from those of the next, in pixels.
GAPS = """rows => rows.flatMap(row => {
    const ends = [...row.children].map(cell => {
        const range = document.createRange(), found = [];
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const inside = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim()) continue;
            if (inside.closest('details > p, .visually-hidden')) continue;
            range.selectNodeContents(walker.currentNode);
            found.push(...range.getClientRects());
        }
        found.push(...[...cell.querySelectorAll('.icon, .mark')]
            .map(it => it.getBoundingClientRect()).filter(it => it.width));
        return [Math.min(...found.map(it => it.left)),
            Math.max(...found.map(it => it.right))];
    });
    return ends.slice(1).map((next, place) => next[0] - ends[place][1]);
})"""


def test_portfolio_shows_its_lines_columns_and_folds(
    head: User, turn_page: OpenPage
) -> None:
    page = turn_page(head, reverse("portfolio"))

    decisions_come_first_and_what_nobody_can_sign_is_in_folds(page)
    second_lines_of_a_row_share_a_line(page)
    heads_are_one_row_and_each_verdict_has_its_rows_together(page)
    columns_stand_apart(page)
    planned_spend_is_seen_beside_the_page(page)
    words_of_the_months_keep_their_size(page)
    title_of_the_money_has_two_lines_at_most(page)
    table_of_a_narrow_desk_is_rows_that_show_all(page)
    details_are_in_folds(page)


def test_portfolio_breaks_no_amount_badly(head: User, turn_page: OpenPage) -> None:
    page = turn_page(head, reverse("portfolio"))

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.locator(LINES_OF_TEXT).evaluate_all(BROKEN_DAYS) == []
    page.set_viewport_size(DESK)
    rows_of_decisions_are_as_high_and_only_buttons_look_so(page)
    money_of_a_decision_takes_two_lines(page)
    no_word_of_an_amount_is_alone_on_a_line(page)


def decisions_come_first_and_what_nobody_can_sign_is_in_folds(page: Page) -> None:
    decision = page.get_by_role("region", name="Needs a decision").locator("li")
    shown = (decision.first, page.locator(".figures"), page.locator("#tab"))
    place = "it => it.getBoundingClientRect().top + scrollY"
    tops = [it.evaluate(place) for it in shown]
    assert tops == sorted(tops)
    assert tops[0] < 400
    assert tops[2] < 1350
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert decision.first.evaluate(place) < 540
    page.set_viewport_size(DESK)
    # Each part begins with air above it.
    above = "it => parseFloat(getComputedStyle(it.closest('section')).marginTop)"
    for title in ("#dec", "#tab", "#mon"):
        assert page.locator(title).evaluate(above) >= 40
    assert len(lines_of(page, ".head-said > span")[0]) == 1
    expect(page.locator(".head-said > details > p")).not_to_be_visible()
    # What the board approved and nobody has done, and what is overdue, is in no fold.
    seen = page.get_by_role("region", name="Needs attention").locator(".rows > li")
    for row, name in zip(seen.all(), ("Damage codes", "Fraud notes"), strict=True):
        expect(row).to_be_visible()
        expect(row).to_contain_text(name)
    for name in ("Also not ready (1)",):
        fold = page.locator(
            "#above details", has=page.get_by_role("heading", name=name)
        )
        expect(fold.locator(".rows")).not_to_be_visible()
        fold.locator("summary").press("Enter")
        expect(fold.locator(".rows")).to_be_visible()
        fold.locator("summary").press("Enter")


def table_of_a_narrow_desk_is_rows_that_show_all(page: Page) -> None:
    table = page.get_by_role("region", name="Table of use cases")
    verdicts = table.locator("td[data-label=Verdict]")
    for width, least in ((768, 150), (1024, 190), (1240, 180)):
        page.set_viewport_size({"width": width, "height": 768})
        assert table.evaluate("it => it.scrollWidth - it.clientWidth") <= 0, width
        widths = "all => Math.min(...all.map(it => it.getBoundingClientRect().width))"
        assert verdicts.evaluate_all(widths) >= least, width
    page.set_viewport_size(DESK)


def details_are_in_folds(page: Page) -> None:
    for size, most in (({"width": 1280, "height": 900}, 3400), (PHONE, 6000)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollHeight") <= most
        assert_no_sideways_scroll(page)
    expect(page.locator("#table tbody tr:visible")).to_have_count(12)
    page.get_by_role("link", name="Show the next 4").click()
    expect(page.locator("#table tbody tr:visible")).to_have_count(4)
    page.get_by_role("link", name="Show all 16").click()
    expect(page.locator("#table tbody tr:visible")).to_have_count(16)
    page.goto(page.url.partition("?")[0])
    for name in ("Money: running", "Each verdict’s money", "Use cases of each team"):
        fold = page.locator("details", has=page.locator("summary", has_text=name))
        expect(fold.locator("table")).not_to_be_visible()
        fold.locator("summary").press("Enter")
        expect(fold.locator("table")).to_be_visible()
        fold.locator("summary").press("Enter")
    page.emulate_media(media="print")
    for folded in page.locator("main details > :is(table, .rows)").all():
        expect(folded).to_be_visible()


def second_lines_of_a_row_share_a_line(page: Page) -> None:
    rows = page.locator(".table-cards tbody tr").evaluate_all(
        """rows => rows.filter(it => !it.querySelector('.status-wait')).map(row =>
            [...row.querySelectorAll('.small')].map(
                it => it.getBoundingClientRect().bottom))"""
    )

    assert len(rows) > 5
    assert [row for row in rows if max(row) - min(row) >= 1] == []


def heads_are_one_row_and_each_verdict_has_its_rows_together(page: Page) -> None:
    heads = page.locator(".table-cards thead .block")
    assert heads.count() > 8
    top = "all => all.map(it => Math.round(it.getBoundingClientRect().top))"
    assert len({*heads.evaluate_all(top)}) == 1
    verdicts = page.locator(".table-cards tbody .verdict").all_inner_texts()
    assert len(verdicts) > 10
    apart = [v for v, _ in itertools.groupby(verdicts)]
    assert sorted(apart) == sorted({*apart})


def columns_stand_apart(page: Page) -> None:
    gaps = page.locator(".table-cards tr").evaluate_all(GAPS)

    assert len(gaps) > 60
    assert min(gaps) >= 16


def words_of_the_months_keep_their_size(page: Page) -> None:
    size = "it => parseFloat(getComputedStyle(it).fontSize) * it.getScreenCTM().a"
    words = page.locator("#below .plot text")
    assert words.count() > 10
    for word in words.all():
        assert word.evaluate(size) >= 12


def title_of_the_money_has_two_lines_at_most(page: Page) -> None:
    for size in ({"width": 1280, "height": 900}, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert len(lines_of(page, "#mon")[0]) <= 2


def no_word_of_an_amount_is_alone_on_a_line(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")

    shown = ".table-cards tbody tr:nth-child(-n + 12)"
    turns = lines_of(page, f"{shown} td.num .small")
    assert len(turns) > 3
    assert {len(lines) for lines in turns} == {1}
    months = page.locator(".table-kinds td:not(.none) .small")
    assert months.count() > 5
    for each in months.all():
        expect(each).to_contain_text("over 12\u00a0months")


def planned_spend_is_seen_beside_the_page(page: Page) -> None:
    bars = page.locator(".table-bars .track rect")
    planned = page.locator(".table-bars .track rect.f-soft")
    assert 1 < planned.count() < bars.count()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for bar in bars.all():
            assert bar.evaluate(CONTRAST) >= 3, theme
    for style in ("opacity", "stroke-opacity"):
        assert {
            bar.evaluate("(it, of) => getComputedStyle(it)[of]", style)
            for bar in planned.all()
        } == {"1"}
    assert {
        bar.evaluate("it => getComputedStyle(it).strokeWidth") for bar in planned.all()
    } == {"1.5px"}
    track = page.locator(".table-bars .track svg").first.bounding_box()
    assert track is not None
    assert track["width"] >= 400
    for row in page.locator(".table-cards td.num .small").all():
        assert row.evaluate("it => it.getClientRects().length") == 1
    region = page.get_by_role("region", name="Table of use cases")
    assert region.evaluate("it => it.scrollWidth <= it.clientWidth")


def money_of_a_decision_takes_two_lines(page: Page) -> None:
    money = page.locator(".rows-decide > li > .num")
    money.locator("strong").evaluate_all(
        "all => all.forEach(it => { it.textContent = '$111,323' })"
    )

    lines = lines_of(page, ".rows-decide > li > .num")

    assert len(lines) > 3
    assert all(max(tops) - min(tops) < TWO_LINES for tops in lines)
    verdicts = lines_of(page, ".rows-decide > li > .verdict:visible")
    assert all(max(tops) - min(tops) < 10 for tops in verdicts)
    said = [text.partition("then") for text in money.all_inner_texts() if text.strip()]
    asked = {(now.count("$"), then.count("$")) for now, _, then in said}
    assert asked <= {(0, 0), (1, 0), (1, 1)}, "a row asks for one amount, or none"


def rows_of_decisions_are_as_high_and_only_buttons_look_so(page: Page) -> None:
    rows = page.locator("#above .section-near .rows-decide").first.locator("> li")
    heights = rows.evaluate_all("all => all.map(it => it.offsetHeight)")
    assert len(heights) > 3
    assert max(heights) - min(heights) <= 2
    expect(rows.locator(".status-act").first).to_have_css(
        "background-color", "rgba(0, 0, 0, 0)"
    )

"""The folds of a result are reached by keyboard, and opened by links into them."""

from uuid import UUID

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from audits.models import Audit, Organization, User
from audits.services.demo import sample
from audits.services.verdicts.assessments import assessment_of
from tests.e2e.browser.keyboard import assert_focus_is_seen
from tests.e2e.conftest import OpenPage
from tests.e2e.test_result_screens import audits_of, result_of
from tests.examples import is_everyday, thorough

pytestmark = pytest.mark.once


def test_every_fold_is_reached_and_opened_by_keyboard(
    head: User, turn_page: OpenPage
) -> None:
    audit = audits_of(Audit.State.SIGNED_OFF)["Mail sorting"]
    page = turn_page(head, result_of(audit))
    folds = page.locator("main .fold")
    summaries = page.locator("main .fold > summary")
    assert folds.count() >= 10
    page.locator("#headline").evaluate("it => { it.tabIndex = -1; it.focus(); }")

    # All folds are alike: the first few show what each does.
    for number in range(4 if is_everyday() else folds.count()):
        summary = summaries.nth(number)
        for _ in range(40):
            page.keyboard.press("Tab")
            if summary.evaluate("it => it === document.activeElement"):
                break
        expect(summary).to_be_focused()
        assert_focus_is_seen(page)
        assert summary.locator(".fold-key").inner_text().strip()

        page.keyboard.press("Enter")

        expect(folds.nth(number).locator(".fold-body")).to_be_visible()
        page.keyboard.press("Enter")
        expect(folds.nth(number)).not_to_have_attribute("open", "")


@pytest.mark.parametrize("has_script", [True, thorough(False)])
def test_link_into_a_fold_opens_it(
    head: User, turn_page: OpenPage, has_script: bool
) -> None:
    audit = audits_of(Audit.State.SIGNED_OFF)["Mail sorting"]

    there = f"{result_of(audit)}#swings"
    page = turn_page(head, there, java_script_enabled=has_script)

    expect(page.locator("#swings")).to_be_in_viewport()
    assert opened(page) == 1


@pytest.mark.parametrize("has_script", [True, thorough(False)])
def test_link_to_a_rule_opens_its_fold_and_those_around_it(
    head: User, turn_page: OpenPage, has_script: bool
) -> None:
    audit = audits_of(Audit.State.SIGNED_OFF)["Mail sorting"]
    rule = rules_not_reached(audit)[-1]

    there = f"{result_of(audit)}#rule-{rule}"
    page = turn_page(head, there, java_script_enabled=has_script)

    expect(page.locator(f"#rule-{rule}")).to_be_in_viewport()
    assert opened(page) == 1


def rules_not_reached(audit_of: UUID) -> list[str]:
    """Return the rules of the verdict that another one decided before."""
    organization = Organization.objects.get(slug=sample.SLUG)
    with scope(organization=organization):
        assessment = assessment_of(Audit.objects.get(pk=audit_of))
    return [
        step.id
        for step in assessment.trace.verdict_rules
        if step.outcome == "not_reached"
    ]


def test_script_opens_folds_where_the_browser_does_not(
    head: User, turn_page: OpenPage
) -> None:
    audit = audits_of(Audit.State.SIGNED_OFF)["Mail sorting"]
    page = turn_page(head, f"{result_of(audit)}#swings")
    page.evaluate("document.querySelectorAll('details').forEach(x => x.open = false)")
    assert opened(page) == 0

    page.evaluate("dispatchEvent(new Event('hashchange'))")

    expect(page.locator("#swings")).to_be_in_viewport()
    assert opened(page) == 1


def test_link_on_the_page_opens_its_fold(head: User, turn_page: OpenPage) -> None:
    signed = audits_of(Audit.State.SIGNED_OFF)
    page = turn_page(head, result_of(signed["Claims handbook answers"]))
    assert opened(page) == 0

    page.locator("#main a[href='#offer']").click()

    expect(page.locator("#offer")).to_be_in_viewport()
    assert opened(page) == 1

    page.locator("#main a[href='#cost']").click()

    expect(page.locator("#cost")).to_be_in_viewport()
    assert opened(page) == 2


def test_grid_of_folds_stays_whole_above_what_is_opened(
    head: User, turn_page: OpenPage
) -> None:
    audit = audits_of(Audit.State.IN_REVIEW)["Quote assistant"]
    page = turn_page(head, result_of(audit))
    summaries = page.locator(".result-parts .fold > summary")
    places = "all => all.map(it => Math.round(it.offsetTop))"
    before = summaries.evaluate_all(places)
    assert len({*before}) >= 2

    page.locator("#main a[href='#cost']").click()

    expect(page.locator("#cost")).to_be_in_viewport()
    assert opened(page) == 1
    assert summaries.evaluate_all(places) == before
    body = page.locator(".fold[open] > .fold-body").bounding_box()
    last = summaries.last.bounding_box()
    assert body
    assert last
    assert body["y"] >= last["y"] + last["height"]
    grid = page.locator(".result-parts").bounding_box()
    assert grid
    assert body["width"] == pytest.approx(grid["width"], abs=1)


def opened(page: Page) -> int:
    """Return how many topics are open; inside, what decides is open from the start."""
    return page.locator("main .fold[open]").count()

"""A result is read in two screens of a desktop and four of a phone, before any fold."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect
from pytest_django import Settings

from audits.models import Audit, Organization, Review, User
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.demo import demo, sample
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.opinions.overrides import override_verdict
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.use_cases.use_cases import register_use_case
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.examples import thorough
from tests.loaded_demo import DEMO, SAMPLE
from tests.printed import Printed
from tests.proved import show
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import CALLS

pytestmark = pytest.mark.once

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 812}
HEADS = {sample.SLUG: sample.HEAD.email, demo.SLUG: demo.HEAD.email}
MOST = {1280: 1800, 375: 3248}  # two and four screens, in pixels
SPACE = {1280: 28, 375: 24}  # over each heading, in pixels
SPACES = (
    "all => [...new Set(all.map(it => parseFloat(getComputedStyle(it).marginTop)))]"
)
TARGET = 44  # pixels that a finger needs
# What the results below answer in place of people.
MEASURED = ("tried", "quality_gap", "passed")
# What the copy calls documented, whatever the sample has shown since.
DOCUMENTED = ("eval", "examples")
_TYPED = {
    "cases": 240,
    "day": "2026-10-20",
    "run_by": "Omar Haddad",
    "link": "https://wiki.sample.example/claims-test",
}
TYPED: dict[str, dict[str, Any]] = {
    "target": {"share": "0.9"},
    "c1": {**_TYPED, "kind": "prompt", "passed": 139, "model": "Claude Sonnet 5.5"},
    "c2": {**_TYPED, "kind": "retrieval", "passed": 228, "model": "Claude Sonnet 5.5"},
    "c3": {**_TYPED, "kind": "tuned", "passed": 151, "model": "GPT-4o mini"},
}
# A small part, its cost the fault, and a smaller model that nobody tested.
PART: dict[str, Any] = {
    "goal": ["cost_latency"],
    "quality_gap": "met",
    "component": "extractor",
    "unit_economics": "too_high",
    "volume": "1m_10m",
}
PART_LEVELS = TRAINING_LEVELS | dict.fromkeys(PART.keys() - {"component"}, "documented")
PART_LEVELS |= {"quality_gap": "measured"}
TWO_FAULTS = {"goal": ["task_skill", "cost_latency"], "quality_gap": "large"}
HEADINGS = ["Why", "Money", "What to do next", "How sure", "What would change it"]
COMPUTED = ", as computed"  # beside “Money”, where another verdict counts
MESSAGES = {"Why", "Money", "How sure"}  # what follows says what the section shows
HEIGHT = "document.documentElement.scrollHeight"
# Headings outside of folds, in the order of the page.
SHOWN = """[...document.querySelectorAll('main h2')]
    .filter(it => !it.closest('details')).map(it => it.textContent.trim())"""

# Days of a month that are broken at the end of a line.
LINES_OF_TEXT = "h1, .lead, .rows-decide, .facts"
BROKEN_DAYS = """all => all.flatMap(each => {
    const found = [];
    const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode;
        for (const day of text.data.matchAll(/\\d+\\s[A-Z][a-z]{2,}/g)) {
            const range = document.createRange();
            range.setStart(text, day.index);
            range.setEnd(text, day.index + day[0].length);
            const tops = [...range.getClientRects()].map(it => it.top);
            if (new Set(tops).size > 1) found.push(day[0]);
        }
    }
    return found;
})"""


def audits_of(state: str) -> dict[str, UUID]:
    """Return the use cases of the sample company in a state, by name."""
    organization = Organization.objects.get(slug=sample.SLUG)
    with scope(organization=organization):
        found = organization.audits.filter(state=state).select_related("use_case")
        return {audit.use_case.name: audit.pk for audit in found}


def result_of(audit: UUID) -> str:
    return reverse("result", args=[audit])


def other_states(organization: Organization) -> None:
    """Send the highest in review back, submit one of few answers, override one."""
    reviewer = User.objects.get(email=sample.SAMPLE_PEOPLE["reviewer"].email)
    of = organization.audits.select_related("use_case")
    back = of.get(use_case__name="Letters in plain language")
    review_audit(
        audit=back,
        by=reviewer,
        outcome=Review.Outcome.SENT_BACK,
        words="Who counted the calls, and in which months?",
        submission=submission_of(back),
    )
    few = of.get(use_case__name="Voice transcripts")
    submit_audit(audit=few, by=few.use_case.owner)
    override_verdict(
        audit=of.get(use_case__name="Claims handbook answers"),
        by=reviewer,
        verdict="prompt_long_context",
        words="The handbook is to be half as long in March, and then fits one prompt. "
        "The team asked for the simpler way, since nobody is left to keep an index, "
        "and claims handlers read the whole page anyway before they answer a customer.",
        read="",
    )


@pytest.mark.parametrize("slug", [sample.SLUG, thorough(demo.SLUG)])
def test_results_fit_two_screens_and_four_in_the_order_of_the_questions(
    slug: str, transactional_db: None, turn_page: OpenPage
) -> None:
    (SAMPLE if slug == sample.SLUG else DEMO).put()
    head = User.objects.get(email=HEADS[slug])
    organization = Organization.objects.get(slug=slug)
    with scope(organization=organization):
        if slug == sample.SLUG:
            other_states(organization)
        found = [*organization.audits.select_related("use_case")]

    page = turn_page(head, "/livez")
    site = page.url.removesuffix("/livez")
    too_high = {}
    for audit in found:
        page.goto(site + result_of(audit.pk))
        expect(page.locator("#money")).to_be_visible()
        name = audit.use_case.name
        if audit.state in {Audit.State.SIGNED_OFF, Audit.State.DRAFT}:
            shown = [each.replace(COMPUTED, "") for each in page.evaluate(SHOWN)]
            headings = [each.partition(":") for each in shown]
            assert [label for label, *_ in headings] == [*HEADINGS, "All details"]
            assert {label for label, _, says in headings if says.strip()} == MESSAGES
            assert page.locator("main :is(h1, h2)").first.get_attribute("id") == (
                "headline"
            )
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            height = page.evaluate(HEIGHT)
            assert_no_sideways_scroll(page)
            over = page.locator(".first, .folds-head").evaluate_all(SPACES)
            assert over == [SPACE[size["width"]]], name
            assert page.locator(LINES_OF_TEXT).evaluate_all(BROKEN_DAYS) == [], name
            if height > MOST[size["width"]]:
                too_high[name, audit.state, size["width"]] = height

    assert too_high == {}
    if slug == sample.SLUG:
        assert {audit.state for audit in found} == set(Audit.State)


def with_typed_results(audit_of: UUID) -> Audit:
    """Return a copy of a case of the sample whose results were typed."""
    organization = Organization.objects.get(slug=sample.SLUG)
    with scope(organization=organization):
        one = Audit.objects.select_related("use_case").get(pk=audit_of)
        owner = one.use_case.owner
        copy = register_use_case(
            organization=organization,
            by=owner,
            owner=owner,
            team=one.use_case.team,
            name="Handbook with typed results",
            summary=one.use_case.summary,
            stage=one.use_case.stage,
        )
        kinds = {"answer": one.answers, "number": one.numbers}
        sent = {
            (kind, item): Sent(value=entry["value"])
            for kind, entries in kinds.items()
            for item, entry in entries.items()
            if kind == "number" or item not in MEASURED
        }
        sent |= {("level", item): Sent(value="documented") for item in DOCUMENTED}
        sent["answer", "example_quality"] = Sent(value="inconsistent")
        sent |= {("candidate", item): Sent(value=x) for item, x in TYPED.items()}
        save_entries(audit=copy, by=owner, sent=sent, sender=Sender())
        return copy


def test_result_with_typed_results_fits_as_well(
    head: User, turn_page: OpenPage
) -> None:
    there = audits_of(Audit.State.SIGNED_OFF)["Claims handbook answers"]
    page = turn_page(head, result_of(with_typed_results(there).pk))

    # Of what decides, the test is documented and what was asked is only said.
    known = page.locator(".whys > li:has(.why-holds) .how-known").all_inner_texts()
    assert "Partly asserted" in known
    told = page.locator(".answer .why", has_text="Typed results")
    expect(told).to_have_count(1)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate(HEIGHT) <= MOST[size["width"]]
        assert_no_sideways_scroll(page)

    told.locator("summary").click()

    for passed in ("139 of 240", "228 of 240", "151 of 240"):
        expect(told.get_by_text(passed)).to_be_visible()


def with_small_part(
    name: str, answers: dict[str, Any], asserted: tuple[str, ...], today: str
) -> Audit:
    """Return a draft of the sample that trains a small part, with steps to take."""
    organization = Organization.objects.get(slug=sample.SLUG)
    with scope(organization=organization):
        one = organization.use_cases.select_related("team", "owner").get(
            name="Claims handbook answers"
        )
        copy = register_use_case(
            organization=organization,
            by=one.owner,
            owner=one.owner,
            team=one.team,
            name=name,
            summary=one.summary,
            stage=one.stage,
        )
        levels = {q: x for q, x in PART_LEVELS.items() if q not in asserted}
        show(copy, one.owner, levels)
        sent = {
            ("answer", item): Sent(value=value)
            for item, value in (TRAINING_CASE | PART | answers).items()
        }
        sent |= {("level", item): Sent(value=x) for item, x in levels.items()}
        numbers = CALLS | {"requests": "2000000", "today": today}
        sent |= {("number", item): Sent(value=x) for item, x in numbers.items()}
        save_entries(audit=copy, by=one.owner, sent=sent, sender=Sender())
        return copy


def test_result_of_a_small_part_fits_as_well(head: User, turn_page: OpenPage) -> None:
    drafts = [
        with_small_part("One fault", {}, ("examples", "data_rights"), "fine_tune_own"),
        with_small_part("Two faults", TWO_FAULTS, ("quality_gap",), "prompt"),
    ]
    page = turn_page(head, "/livez")
    site = page.url.removesuffix("/livez")

    for draft in drafts:
        page.goto(site + result_of(draft.pk))
        expect(page.locator(".answer .eyebrow")).to_contain_text("Train a small part")
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert page.evaluate(HEIGHT) <= MOST[size["width"]], draft.use_case.name
            assert_no_sideways_scroll(page)


@pytest.mark.parametrize("width", [320, thorough(375), 1280])
def test_money_is_drawn_on_every_screen(
    head: User, turn_page: OpenPage, width: int
) -> None:
    audit = audits_of(Audit.State.IN_REVIEW)["Search relevance"]
    page = turn_page(head, result_of(audit))
    page.set_viewport_size({"width": width, "height": 812})
    rows = page.locator("[aria-labelledby=money] .table-money > tbody")
    bars = rows.locator("svg.bar:visible")

    assert rows.count() >= 2
    expect(bars).to_have_count(rows.count())
    # On one scale: each has the same width, and the highest fills it.
    boxes = bars.evaluate_all("all => all.map(it => it.getBoundingClientRect().width)")
    assert len({round(each) for each in boxes}) == 1
    assert boxes[0] >= 190
    ends = "all => all.map(it => it.getBoundingClientRect().width)"
    ranges = bars.locator(".c-range").evaluate_all(ends)
    assert max(ranges) > boxes[0] * 0.4
    text = "texts => Math.min(...texts.map(it => it.getBoundingClientRect().height))"
    assert rows.locator("td.num").evaluate_all(text) >= 13
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("width", [320, 375])
def test_folds_of_money_have_a_drawing_on_a_phone(
    head: User, turn_page: OpenPage, width: int
) -> None:
    audit = audits_of(Audit.State.IN_REVIEW)["Search relevance"]
    page = turn_page(head, result_of(audit))
    page.set_viewport_size({"width": width, "height": 812})

    for topic in ("cost", "months"):
        page.locator("main .fold", has=page.locator(f"#{topic}")).evaluate(
            "it => { it.open = true; }"
        )
        shown = page.locator(f"section[aria-labelledby={topic}] svg.plot:visible")
        expect(shown).to_have_count(1)
        heights = "all => all.map(it => it.getBoundingClientRect().height)"
        assert min(shown.locator("text").evaluate_all(heights)) >= 13
    assert_no_sideways_scroll(page)


def test_verdict_is_named_and_invented_money_tagged(
    head: User, turn_page: OpenPage, settings: Settings
) -> None:
    settings.DEMO = True
    audit = audits_of(Audit.State.SIGNED_OFF)["Damage codes"]
    page = turn_page(head, result_of(audit))

    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for name in (".answer .vword", ".answer .lead .sample", ".table-money .sample"):
            expect(page.locator(name)).to_be_visible()
    page.set_viewport_size({"width": 1024, "height": 768})
    words = page.locator(".why-ladder > figcaption").bounding_box()
    assert words
    assert words["width"] > 130
    # Where the page has room, the last fold is as far from the footer as on others.
    last = page.locator(".result-parts").bounding_box()
    foot = page.locator(".site-footer").bounding_box()
    assert last
    assert foot
    assert foot["y"] - last["y"] - last["height"] >= 64
    # A headline that begins with the verdict names it: nothing else does.
    expect(page.locator(".answer h1 .vword")).to_have_text("Keep the tuned model")
    costs = page.locator(".money-notes .other-costs > li:not(.muted)")
    expect(costs.first).to_have_text(re.compile(r"Prompt\s+\$[\d,]+"))
    text, bar = (
        page.locator(name).evaluate(f"it => getComputedStyle(it).{rule}")
        for name, rule in ((".answer .vword", "color"), (".answer", "borderTopColor"))
    )
    assert text == bar  # the colour of the family
    holds = page.locator(".whys > li .why-holds .tally:has(.icon)")
    others = page.locator(".whys > li").count() - 1
    assert holds.all_inner_texts() == ["Decides", *["Holds"] * others]


def test_all_folds_are_printed_open(
    head: User, turn_page: OpenPage, tmp_path: Path
) -> None:
    audit = audits_of(Audit.State.SIGNED_OFF)["Mail sorting"]
    page = turn_page(head, result_of(audit))
    inside: list[str] = page.locator("main .fold-body").evaluate_all(
        "all => all.map(it => it.querySelector('h2, strong, a, p').textContent)"
    )
    assert len(inside) >= 10
    file = tmp_path / "result.pdf"
    page.pdf(path=file, format="A4")

    printed = words("".join(Printed(file.read_bytes()).words))

    assert [text for text in inside if words(text) not in printed] == []


@pytest.mark.parametrize("has_script", [True, thorough(False)])
def test_phone_folds_later_steps_and_rarer_actions(
    head: User, turn_page: OpenPage, has_script: bool
) -> None:
    audit = audits_of(Audit.State.IN_REVIEW)["Fraud notes"]
    page = turn_page(head, result_of(audit), java_script_enabled=has_script)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    told = page.locator(".answer .why > summary").bounding_box()
    assert told
    assert told["height"] >= TARGET
    for name in (".step-rest", ".more-actions"):
        fold = page.locator(name).first
        inside, summary = fold.locator("dd, a").first, fold.locator("> summary")
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        expect(inside).to_be_visible()
        expect(summary).to_be_hidden()

        page.set_viewport_size(PHONE)  # type: ignore[arg-type]

        expect(inside).to_be_hidden()
        box = summary.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= TARGET
        summary.focus()
        page.keyboard.press("Enter")
        expect(inside).to_be_visible()


def words(text: Any) -> str:
    """Return a text without spaces, which a PDF places freely."""
    return "".join(str(text).split())

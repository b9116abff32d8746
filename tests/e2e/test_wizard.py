"""One section in a browser: what is saved, shown and kept, with and without scripts."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from audits.frameworks.answering import flow
from audits.frameworks.loading import loader
from tests.casting import Cast
from tests.e2e.browser.sections import choose, option_of, save_and_continue
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import SAVED, answers, open_draft, save, stored
from tests.examples import thorough

pytestmark = pytest.mark.once

# What makes the questions about cost and speed apply.
SLOW: dict[str, Any] = {"goal": ["cost_latency"]}
FOUR_FAULTS = ("style", "format", "knowledge", "task_skill")


def test_choice_is_saved_and_weighed_without_a_submit_and_shown_again(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")
    status, panel = page.locator("#save-status"), page.locator("#panel")
    expect(panel).to_contain_text("Not scored yet")
    page.evaluate("document.getElementById('save-status').mark = 'first'")

    choose(page, "goal", "style")

    expect(status).to_have_text(SAVED)
    assert answers(cast) == {"goal": ["style"]}
    expect(panel.locator(".panel-verdict")).to_have_text("Prompt")
    asked = len(flow.applicable(loader.current(), {"goal": ("style",)}))
    expect(page.locator("#nav-wide")).to_contain_text(f"1 of {asked} answered")
    # Screen readers speak of changes within a status that they know already.
    assert status.evaluate("element => element.mark") == "first"

    choose(page, "goal", "format")
    choose(page, "state", "planned")
    page.reload()

    given = [("goal", "style"), ("goal", "format"), ("state", "planned")]
    for question, option in given:
        expect(option_of(page, question, option)).to_be_checked()
    expect(page.locator(":checked")).to_have_count(len(given))
    expect(status).to_have_text(SAVED)


def test_dependent_question_comes_and_goes_and_returns_with_its_answer(
    cast: Cast, turn_page: OpenPage
) -> None:
    save(cast, **SLOW)
    page = open_draft(cast, turn_page, "section", "cost")
    dependent = page.get_by_role("group", name="Among the models that you may use")
    expect(dependent).to_have_count(0)

    choose(page, "latency", "tight")
    expect(dependent).to_be_visible()
    expect(option_of(page, "latency", "tight")).to_be_focused()
    choose(page, "latency_evidence", "met")
    choose(page, "latency", "relaxed")

    expect(dependent).to_have_count(0)
    expect(option_of(page, "latency", "relaxed")).to_be_focused()
    assert answers(cast) == SLOW | {"latency": "relaxed", "latency_evidence": "met"}
    assert stored(cast).answered == 2
    asked = len(flow.applicable(loader.current(), {"goal": ("cost_latency",)}))
    expect(page.locator("#nav-wide")).to_contain_text(f"2 of {asked} answered")

    choose(page, "latency", "hard")

    expect(option_of(page, "latency_evidence", "met")).to_be_checked()
    assert stored(cast).answered == 3


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        (FOUR_FAULTS, "Pick up to 3; you picked 4"),
    ],
    ids=["four"],
)
def test_too_much_is_said_at_the_question_before_anything_is_saved(
    cast: Cast, turn_page: OpenPage, ticked: tuple[str, ...], said: str
) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")
    problem = page.locator("#problem-goal")
    page.context.set_offline(offline=True)

    for option in ticked:
        option_of(page, "goal", option).locator("+ label").click()
    expect(problem).to_have_text(said)
    for option in ticked:
        expect(option_of(page, "goal", option)).to_be_checked()
    assert answers(cast) == {}

    # The server says the same once it is asked.
    page.context.set_offline(offline=False)
    expect(page.locator("#save-status")).to_contain_text("Not saved: 1 entry")
    expect(problem).to_have_text(said)
    option_of(page, "goal", ticked[0]).locator("+ label").click()
    expect(problem).to_have_text("")
    expect(page.locator("#save-status")).to_have_text(SAVED)


def test_option_that_goes_alone_takes_the_place_of_the_others(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")
    choose(page, "goal", "style", "format")
    for options, left in (
        (("nothing",), ["nothing"]),
        (("unknown",), ["unknown"]),
        (("knowledge", "style"), ["knowledge", "style"]),
    ):
        choose(page, "goal", *options)
        ticked = page.locator("[name=goal]:checked")
        expect(ticked).to_have_count(len(left))
        assert [box.input_value() for box in ticked.all()] == left
        expect(page.locator("#problem-goal")).to_have_text("")
    expect(page.locator("#save-status")).to_have_text(SAVED)
    assert sorted(answers(cast)["goal"]) == ["knowledge", "style"]


def test_back_shows_what_is_saved_by_now(cast: Cast, turn_page: OpenPage) -> None:
    page = open_draft(cast, turn_page, "section", "purpose")
    choose(page, "state", "planned")
    save_and_continue(page)
    expect(page).to_have_title(re.compile("^Where it may run"))
    save(cast, state="in_cycle", eval="none")

    page.go_back()

    expect(option_of(page, "state", "in_cycle")).to_be_checked()
    expect(option_of(page, "eval", "none")).to_be_checked()


@pytest.mark.parametrize("javascript", [True, thorough(False)])
def test_fourth_fault_is_kept_but_not_saved_and_explained(
    cast: Cast, turn_page: OpenPage, javascript: bool
) -> None:
    page = open_draft(
        cast, turn_page, "section", "purpose", java_script_enabled=javascript
    )
    choose(page, "goal", *FOUR_FAULTS)
    if javascript:
        expect(page.locator("#problem-goal")).to_have_text("Pick up to 3; you picked 4")
        status = page.locator("#save-status")
        expect(status).to_contain_text("Not saved: 1 entry. Go to it")
        expect(status).to_contain_text("“What is wrong” is saved as “")
        for fault in FOUR_FAULTS:
            expect(option_of(page, "goal", fault)).to_be_checked()
        assert sorted(answers(cast)["goal"]) == sorted(FOUR_FAULTS[:3])
    choose(page, "state", "planned")

    save_and_continue(page)

    summary = page.get_by_role("alert")
    expect(summary.get_by_role("heading")).to_have_text("There is a problem")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: The job and the fault"))
    before = "“What is wrong” is saved as “" if javascript else ""
    expect(page.locator("#save-status")).to_contain_text(before)
    expect(page.locator("#save-status")).not_to_contain_text("Saved ")
    for option in FOUR_FAULTS:
        expect(option_of(page, "goal", option)).to_be_checked()
    expect(option_of(page, "state", "planned")).to_be_checked()

    summary.get_by_role("link", name="Pick up to 3; you picked 4").click()
    expect(
        page.get_by_role("group", name="Look at ten bad answers")
    ).to_be_in_viewport()
    if javascript:
        choose(page, "goal", "style")
        expect(page.locator("#save-status")).to_have_text(SAVED)
        expect(page.locator("#problem-goal")).to_have_text("")
        expect(summary).to_have_count(0)
        expect(page).to_have_title(re.compile("^The job and the fault"))
        assert sorted(answers(cast)["goal"]) == sorted(FOUR_FAULTS[1:])


def test_without_javascript_a_new_question_is_asked_before_going_on(
    cast: Cast, turn_page: OpenPage
) -> None:
    save(cast, **SLOW)
    page = open_draft(cast, turn_page, "section", "cost", java_script_enabled=False)
    choose(page, "latency", "tight")

    save_and_continue(page)

    here = reverse("section", args=[cast.ours.draft.pk, "cost"])
    assert page.url.endswith(f"{here}#slot-latency_evidence")
    question = page.get_by_role("group", name="Among the models that you may use")
    expect(question).to_be_in_viewport()
    expect(option_of(page, "latency", "tight")).to_be_checked()

    choose(page, "latency_evidence", "met")
    save_and_continue(page)
    expect(page).to_have_title(re.compile("^Where it may run"))
    assert answers(cast) == SLOW | {"latency": "tight", "latency_evidence": "met"}


def test_section_puts_its_title_first_and_ordered_options_in_one_column(
    cast: Cast, turn_page: OpenPage
) -> None:
    save(cast, goal=["task_skill"])
    page = open_draft(cast, turn_page, "section", "data")
    question = page.locator("#div_id_examples")
    options = question.locator(".option-cards .form-check")

    lefts = options.evaluate_all("all => all.map(it => it.offsetLeft)")

    assert len(lefts) > 7
    assert len({*lefts}) == 1
    expect(options.last).to_contain_text("How to find out: ")
    expect(options.last.locator(".form-text")).to_be_visible()
    # Two folds share a line, as do the name of a question and why it is asked.
    for name in (".fold-row > .why", ":is(.question-label, .status-because)"):
        first, second = (question.locator(name).nth(at).bounding_box() for at in (0, 1))
        assert first
        assert second
        assert first["y"] == pytest.approx(second["y"], abs=4)

    page.set_viewport_size({"width": 375, "height": 812})

    title, verdict = (
        page.locator(name).bounding_box() for name in ("main h1", "#pulse")
    )
    assert title
    assert verdict
    assert title["y"] + title["height"] <= verdict["y"]

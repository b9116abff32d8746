"""Answers the wizard as a person does: question by question, section by section."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from audits.frameworks.answering import flow
from audits.frameworks.loading import loader
from tests.e2e.browser.sight import assert_no_sideways_scroll

type Answers = Mapping[str, str | Sequence[str]]
type Levels = Mapping[str, str]

UNKNOWN = "unknown"
NO_LEVELS: Levels = {}
# How many questions apply while no answer opens another.
AT_FIRST = len(flow.applicable(loader.current(), {}))


def answer_sections(
    page: Page, answers: Answers, levels: Levels = NO_LEVELS
) -> list[str]:
    """Answer section after section from the task list; return them as they came."""
    open_first_section(page)
    page.wait_for_url("**/sections/**")
    sections = []
    while "/sections/" in page.url:
        sections.append(urlsplit(page.url).path.split("/")[-2])
        answer_section(page, answers, levels)
        assert_no_sideways_scroll(page)
        save_and_continue(page)
    return sections


def open_first_section(page: Page) -> None:
    """Open the list of sections of a new draft, and the first of them."""
    page.locator("main summary", has_text="All sections").click()
    page.locator(".rows-tasks .row-title").first.click()


def answer_section(page: Page, answers: Answers, levels: Levels) -> None:
    """Answer what is open, and what comes to be asked by that, until nothing is.

    What `answers` leaves out is not known; of an answer that `levels` names, mark how
    it is known.
    """
    unanswered = page.locator(
        ".question:has([name=shown]):not(:has(.option-cards :checked))"
    )
    while unanswered.count():
        question = unanswered.first.locator("[name=shown]").input_value()
        answer = answers.get(question, UNKNOWN)
        choose(page, question, *([answer] if isinstance(answer, str) else answer))
        if question in levels:
            choose(page, f"level-{question}", levels[question])


def choose(page: Page, question: str, *options: str) -> None:
    """Click options of a question; with JavaScript, wait until each is saved."""
    for option in options:
        option_of(page, question, option).locator("+ label").click()
        wait_for_save(page)


def wait_for_save(page: Page) -> None:
    page.locator("form[data-autosave]:not(.htmx-request)").wait_for()


def option_of(page: Page, question: str, option: str) -> Locator:
    return page.locator(f'input[name="{question}"][value="{option}"]')


def save_and_continue(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()

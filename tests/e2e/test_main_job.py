"""What Attune is for: from signing in to the paper for the board."""

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django_scopes import scope
from playwright.sync_api import Download, Page, expect
from pytest_django import Settings

from audits.frameworks.loading import loader
from audits.models import Audit, Report, Role, User
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.jobs import jobs
from audits.services.verdicts.assessments import assessment_of
from tests.casting import PASSWORD, Cast
from tests.e2e.browser.sections import (
    AT_FIRST,
    UNKNOWN,
    Answers,
    Levels,
    answer_sections,
    save_and_continue,
)
from tests.e2e.browser.sight import assert_no_sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.examples import thorough
from tests.printed import Printed
from tests.proved import show
from tests.scoring.worked_cases import TRAINING_CASE

NAME = "Sorting of motor claims"
# With these, every question is asked, and training is justified.
EVERY_QUESTION: Answers = {
    **TRAINING_CASE,
    "goal": ["consistency", "format", "cost_latency"],
    "state": "live_tuned",
    "incumbent": "misses",
    "retry": "signal",
    "trial": "no_better",
    "traceability": "required",
    "knowledge_size": "small",
    "unit_economics": "too_high",
    "smaller_model": "passes",
    "latency": "tight",
    "latency_evidence": "met",
    "format_need": "schema",
    "format_evidence": "measured_ok",
    "domain_vocab": "niche",
    "domain_evidence": "base_fails",
}
# Beside what a use case is for, one of each section.
OF_THE_LEAD = {"examples", "latency", "format_need", "hosting", "mlops", "error_cost"}
# Asked only where the target is met.
NOT_ASKED = {"passed"}
LEVELS: Levels = {
    question.id: "measured"
    for question in loader.current().questions
    if question.is_measurement and question.id in EVERY_QUESTION
}
NUMBERS = {"Model calls a month": "40,000", "Length of an answer": "300"}
ON_A_PHONE = {"viewport": {"width": 375, "height": 667}}
NO_JAVASCRIPT = {"java_script_enabled": False}


@pytest.fixture
def no_worker_needed(settings: Settings) -> None:
    """Make a paper in the request that asks for it."""
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
    }


@pytest.mark.usefixtures("no_worker_needed")
@pytest.mark.parametrize(
    ("options", "is_shared"),
    [
        pytest.param(ON_A_PHONE, True, id="phone, with a colleague"),
        thorough(pytest.param(ON_A_PHONE, False, id="phone")),
        thorough(pytest.param(NO_JAVASCRIPT, False, id="no_javascript")),
    ],
)
@pytest.mark.once
def test_team_gets_from_sign_in_to_the_board_paper(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any], is_shared: bool
) -> None:
    page = turn_page(None, "/", **options)

    sign_in(page, cast.ours.contributor)
    register(page, team="Northgate claims")
    with scope(organization=cast.ours.organization):
        show(audit_named(cast, NAME), cast.ours.contributor, LEVELS)
        if is_shared:
            answer_the_rest(audit_named(cast, NAME), cast.ours.people[Role.REVIEWER])
    seen = answer_sections(page, EVERY_QUESTION, LEVELS)
    give_numbers(page)
    submit(page)
    audit = audit_named(cast, NAME)

    # Without JavaScript, a section comes back with a question that was not asked, and
    # once more if the answer to it opens another.
    sections = [section.id for section in loader.current().sections]
    asked = loader.current().question_by_id.keys() - NOT_ASKED
    again = ["purpose", "purpose", "data", "cost", "language"]
    again = again if options == NO_JAVASCRIPT else []
    assert seen == sorted(sections + again, key=sections.index)
    assert set(audit.answers) == asked
    assert audit.answers["mlops"]["value"] == TRAINING_CASE["mlops"]
    assert values(audit.levels) == LEVELS
    assert values(audit.numbers) == {"requests": "40000", "output_tokens": "300"}
    assert (audit.state, audit.verdict) == ("in_review", "fine_tune")
    assert (audit.answered, audit.applicable) == (len(asked), len(asked))
    assert_no_sideways_scroll(page)
    headline = "Prepare fine-tuning; do not approve it yet."
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    with scope(organization=cast.ours.organization):
        advice = assessment_of(audit).advice
    assert advice
    to_show = len(advice.unproven_answers)
    below = f"Train a model on reviewed examples, once {to_show} answers are shown."
    expect(page.get_by_role("main")).to_contain_text(below)

    paper = board_paper(page)
    named = (
        rf"{audit.use_case.reference}-board-{audit.submitted_at:%Y-%m-%d}-\d{{4}}\.pdf"
    )
    assert re.fullmatch(named, paper.suggested_filename)
    assert f"{NAME}: prove the answers first, then decide" in first_page(paper)
    # Its first words name the verdict.
    assert "Fine-tune, but do not approve it yet." in first_page(paper)
    assert_portfolio_says(page, "Fine-tune")


@pytest.mark.once
@pytest.mark.thorough
@pytest.mark.usefixtures("no_worker_needed")
def test_team_that_knows_nothing_yet_gets_a_verdict_too(
    cast: Cast, turn_page: OpenPage
) -> None:
    page = turn_page(None, "/")

    sign_in(page, cast.ours.contributor)
    register(page, team="Northgate claims")
    answer_sections(page, {})
    save_and_continue(page)  # no numbers
    expect(page.locator("main")).to_contain_text(
        f"{AT_FIRST} answered with “I don’t know yet”"
    )
    submit(page)
    audit = audit_named(cast, NAME)

    assert {answer["value"] for answer in audit.answers.values()} == {UNKNOWN}
    assert (audit.answered, audit.applicable) == (AT_FIRST, AT_FIRST)
    assert (audit.verdict, audit.strength) == ("prompt_long_context", "none")
    headline = "Start with a written prompt. Do not train a model."
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    paper = first_page(board_paper(page))
    assert f"{NAME}: use a written prompt" in paper
    assert "No test on 30 or more cases" in paper
    first = "First: set the target, then answer “Where training stands”, about 1 h."
    assert first in paper
    assert_portfolio_says(page, "Prompt")


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(ON_A_PHONE, id="phone"),
        pytest.param(NO_JAVASCRIPT, id="no_javascript"),
    ],
)
@pytest.mark.once
def test_waiting_page_shows_the_paper_once_it_is_made(
    cast: Cast, turn_page: OpenPage, options: dict[str, Any]
) -> None:
    with scope(organization=cast.ours.organization):
        report = cast.ours.report
        Report.objects.filter(pk=report.pk).update(state=Report.State.QUEUED)
    page = turn_page(cast.ours.contributor, f"/papers/{report.pk}/", **options)
    expect(page.get_by_role("status")).to_have_text("In queue")

    with scope(organization=cast.ours.organization):
        jobs.complete_job(
            job=report, content=ContentFile(b"%PDF of Northgate", "paper.pdf")
        )

    expect(page.get_by_role("status")).to_have_text("The paper is ready.")
    assert download(page).path().read_bytes() == b"%PDF of Northgate"


def answer_the_rest(audit: Audit, by: User) -> None:
    """Let a colleague answer what the lead does not: half of all."""
    rest = {
        question.id: EVERY_QUESTION.get(question.id, UNKNOWN)
        for question in loader.current().questions
        if question.section != "purpose" and question.id not in OF_THE_LEAD
    }
    sent = {("answer", name): Sent(value=value) for name, value in rest.items()}
    levels = {name: level for name, level in LEVELS.items() if name in rest}
    sent |= {("level", name): Sent(value=value) for name, value in levels.items()}
    save_entries(audit=fresh_audit(audit), by=by, sent=sent, sender=Sender())


def sign_in(page: Page, user: User) -> None:
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Your use cases – Attune")


def register(page: Page, team: str) -> None:
    page.get_by_role("link", name="Register a use case").click()
    page.get_by_label("Name of the use case").fill(NAME)
    page.get_by_label("Team", exact=True).select_option(team)
    page.get_by_label("What it does").fill("Reads a claim and names the desk for it.")
    page.get_by_role("button", name="Register the use case").click()
    expect(page).to_have_title(f"{NAME}: sections – Attune")


def give_numbers(page: Page) -> None:
    """Give what one number page asks for, with the thousands as people write them."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Numbers and costs")
    for label, number in NUMBERS.items():
        page.get_by_label(label).fill(number)
    assert_no_sideways_scroll(page)
    save_and_continue(page)


def submit(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Submit and see the result").click()
    page.wait_for_url("**/result/")


def audit_named(cast: Cast, name: str) -> Audit:
    with scope(organization=cast.ours.organization):
        return Audit.objects.with_use_case().get(use_case__name=name)


def board_paper(page: Page) -> Download:
    page.get_by_role("button", name="Make the board paper").click()
    expect(page.get_by_role("status")).to_have_text("The paper is ready.")
    return download(page)


def download(page: Page) -> Download:
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the PDF").click()
    return started.value


def first_page(paper: Download) -> str:
    return Printed(paper.path().read_bytes()).words[0]


def assert_portfolio_says(page: Page, verdict: str) -> None:
    page.get_by_role("link", name="Portfolio", exact=True).click()
    row = page.get_by_role("row").filter(has_text=NAME)
    expect(row.locator("[data-label=Verdict]")).to_have_text(f"{verdict} In review")

"""The wizard's pages in every state that looks different."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from audits.access.opened_pages import ticket_of
from audits.frameworks.loading import loader
from audits.models import Role, Session, User
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.people.people import choose_layout
from audits.usage.reading import values_of
from audits.usage.rows import Usage, UsageFile
from tests.casting import Cast
from tests.e2e.browser.sections import UNKNOWN, choose, option_of, save_and_continue
from tests.e2e.states.state import (
    LEAD,
    LONG_NAME,
    PROBLEM,
    State,
    answered,
    long_names,
    much_said,
    of_draft,
)

NUMBERS = {
    "requests": "400000",
    "prefix_tokens": "6000",
    "variable_tokens": "400",
    "output_tokens": "300",
    "knowledge_tokens": "4000",
    "value_per_request": "0.5",
}


def all_answered(cast: Cast) -> None:
    """Answer what was left out; nothing is left to do but to submit."""
    answered(cast)
    known = cast.ours.draft.answers
    rest = {q: "unknown" for q in loader.current().question_by_id if q not in known}
    answered(cast, **rest)


def numbers_given(cast: Cast) -> None:
    """Give what the costs are made of."""
    answered(cast)
    tenant = cast.ours
    with scope(organization=tenant.organization):
        save_entries(
            audit=tenant.draft,
            by=tenant.contributor,
            sent={("number", name): Sent(value=n) for name, n in NUMBERS.items()},
            sender=Sender(),
        )


def candidates_scored(cast: Cast) -> None:
    """Score candidates: one counts, one has few cases, one is removed."""
    answered(cast)
    tenant = cast.ours
    known = {"model": LONG_NAME, "day": "2026-11-20", "run_by": LONG_NAME}
    known["link"] = "https://example.org/report"
    found: dict[str, dict[str, object]] = {
        "target": {"share": "0.9"},
        "c1": {"kind": "examples", "cases": 100, "passed": 92, "p95_ms": 900, **known},
        "c2": {"kind": "prompt", "cases": 20, "passed": 18, **known},
        "c3": {"kind": "stronger", "cases": 90, "passed": 80, "removed": True},
    }
    with scope(organization=tenant.organization):
        save_entries(
            audit=tenant.draft,
            by=tenant.contributor,
            sent={("candidate", item): Sent(value=x) for item, x in found.items()},
            sender=Sender(),
        )


def of_results(cast: Cast) -> str:
    return reverse("results", args=[cast.ours.draft.pk, cast.ours.results.pk])


def of_usage(cast: Cast) -> str:
    return reverse("usage_file", args=[cast.ours.draft.pk, cast.ours.usage.pk])


def usage_read(cast: Cast) -> None:
    """Read a long usage file of two models, with numbers that were typed before."""
    numbers_given(cast)
    kept = cast.ours.usage
    days = [date(2026, 8, 1) + timedelta(days=n) for n in range(92)]
    rows = tuple(
        Usage(
            day=day,
            model=model,
            requests=day.month * 1000,
            input_tokens=7_000_000,
            cached_tokens=2_000_000,
            output_tokens=90_000,
            cost=Decimal("12.5"),
        )
        for day in days
        for model in ("gpt-5", LONG_NAME)
    )
    found = UsageFile(
        format="LiteLLM",
        first=days[0],
        last=days[-1],
        rows=rows,
        currency="USD",
        left_out=("Requests that failed are counted: 11.",),
    )
    with scope(organization=cast.ours.organization):
        kept.name, kept.format = f"{LONG_NAME}.json", found.format
        kept.first, kept.last, kept.content = days[0], days[-1], values_of(found)
        kept.measured = {"requests": "1"}
        kept.save()


def one_question_a_page(cast: Cast) -> None:
    """Choose it, on answers that are half way."""
    answered(cast)
    choose_layout(user=cast.ours.contributor, one_question_a_page=True)


def two_answers_to_one(cast: Cast) -> None:
    """Let two people change an answer and a note on what they both had before them."""
    tenant = cast.ours
    entries = {("answer", "state"): "none", ("note", "state"): f"{LONG_NAME}\nNo more."}
    with scope(organization=tenant.organization):
        for by, tab in ((tenant.people[Role.REVIEWER], "a"), (tenant.contributor, "b")):
            tenant.draft.refresh_from_db()
            sent = {key: Sent(value=value) for key, value in entries.items()}
            save_entries(audit=tenant.draft, by=by, sent=sent, sender=Sender(tab=tab))
            entries = {("answer", "state"): "planned", ("note", "state"): "Some more."}


def wait_for(words: str) -> Callable[[Page], None]:
    """Return an act that waits for what comes later."""
    return lambda page: expect(page.locator("main")).to_contain_text(words)


def choose_with_the_line_down(page: Page) -> None:
    page.context.set_offline(True)
    choose(page, "state", "planned")
    wait_for("Not saved yet: trying again. Stay on this page.")(page)


def choose_after_the_session(page: Page) -> None:
    Session.objects.all().delete()
    option_of(page, "state", "planned").locator("+ label").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def open_it_as_another(page: Page) -> None:
    """Make the page that of somebody else, as it is after a colleague's sign-in."""
    page.locator("[name=page-of]").evaluate_all(
        "(fields, ticket) => fields.forEach(field => { field.value = ticket })",
        ticket_of(User()),
    )


def choose_on_the_page_of_another(page: Page) -> None:
    open_it_as_another(page)
    option_of(page, "state", "planned").locator("+ label").click()
    expect(page.locator("#save-status")).to_contain_text("Reload the page")


def send_the_page_of_another(page: Page) -> None:
    open_it_as_another(page)
    page.get_by_role("button", name="Save and continue").click()


def fail_to_sign_in(page: Page) -> None:
    choose_after_the_session(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email address").fill("nobody@example.org")
    dialog.get_by_label("Password").fill("guess")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_contain_text("is wrong")


def change_what_changed(page: Page) -> None:
    """Answer what another tab answers otherwise in the meantime."""
    other = page.context.new_page()
    other.goto(page.url)
    choose(other, "state", "none")
    other.close()
    choose(page, "state", "planned")


def make_irrelevant(page: Page) -> None:
    choose(page, "latency", "relaxed")


def pick_too_many(page: Page) -> None:
    choose(page, "goal", "style", "format", "knowledge")


def settled(cast: Cast) -> None:
    """Say of every question that the answer is not known."""
    given = dict.fromkeys(loader.current().question_by_id, UNKNOWN)
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=cast.ours.contributor, answers=given)


def described(cast: Cast) -> None:
    """Answer what comes before the first question about tests."""
    given = {"goal": ["style"], "state": "planned"}
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=cast.ours.contributor, answers=given)


def pick_too_many_and_continue(page: Page) -> None:
    pick_too_many(page)
    save_and_continue(page)


def write_too_much(page: Page) -> None:
    note = page.get_by_label("Note (optional)")
    note.evaluate("note => note.value = 'x'.repeat(10_001)")  # typing stops before
    save_and_continue(page)


def mistype_a_number(page: Page) -> None:
    page.get_by_label("Model calls a month").fill("many")
    save_and_continue(page)


def type_a_number_of_others(page: Page) -> None:
    page.get_by_label("Model calls a month").fill("60.000")
    wait_for("Which number is")(page)


def count_a_text(page: Page) -> None:
    page.get_by_label("Text", exact=True).fill("How many tokens is this?")
    page.get_by_role("button", name="Count the tokens").click()
    wait_for("by the tokenizer")(page)


def count_nothing(page: Page) -> None:
    page.get_by_role("button", name="Count the tokens").click()
    wait_for("The text could not be counted")(page)


PURPOSE = of_draft("section", "purpose")
STATE = of_draft("question", "state")
WIZARD_STATES = {
    "tasks_new": State("Attune asks first", of_draft("tasks"), LEAD),
    "tasks": State("Continue", of_draft("tasks"), LEAD, answered),
    "tasks_done": State("7 of 7 sections", of_draft("tasks"), LEAD, all_answered),
    "tasks_one": State(
        "Show a whole section", of_draft("tasks"), LEAD, one_question_a_page
    ),
    "tasks_long_names": State(LONG_NAME, of_draft("tasks"), LEAD, long_names),
    "next_question": State(
        "Look at ten bad answers", of_draft("next_question", "goal"), LEAD
    ),
    "next_question_refused": State(
        PROBLEM,
        of_draft("next_question", "goal"),
        LEAD,
        answered,
        pick_too_many_and_continue,
    ),
    "next_target": State("no test settles anything", of_draft("next"), LEAD, described),
    "next_settled": State("not known yet", of_draft("next"), LEAD, settled),
    **{
        f"section_{section.id}": State(
            section.title, of_draft("section", section.id), LEAD, answered
        )
        for section in loader.current().sections
    },
    "section_new": State("Not scored yet", PURPOSE, LEAD),
    "section_refused": State(
        PROBLEM, PURPOSE, LEAD, answered, pick_too_many_and_continue
    ),
    "section_not_saved": State(
        "Not saved: 1 entry", PURPOSE, LEAD, answered, pick_too_many
    ),
    "section_offline": State(
        "trying again", PURPOSE, LEAD, act=choose_with_the_line_down
    ),
    "section_conflict": State("All is saved.", PURPOSE, LEAD, act=change_what_changed),
    "section_irrelevant": State(
        "No longer asked",
        of_draft("section", "cost"),
        LEAD,
        answered,
        make_irrelevant,
    ),
    "section_signed_out": State(
        "You were signed out", PURPOSE, LEAD, act=choose_after_the_session
    ),
    "section_of_another": State(
        "opened by somebody else", PURPOSE, LEAD, act=choose_on_the_page_of_another
    ),
    "page_of_another": State(
        "This is somebody else’s page",
        of_draft("section", "cost"),
        LEAD,
        answered,
        send_the_page_of_another,
    ),
    "section_sign_in_refused": State("is wrong", PURPOSE, LEAD, act=fail_to_sign_in),
    "section_check": State(
        "Check your answers: Cost",
        of_draft("section_check", "cost"),
        LEAD,
        answered,
    ),
    "question_new": State("Nobody has answered yet", STATE, LEAD),
    "question": State("· current", of_draft("question", "quality_gap"), LEAD, answered),
    "question_one": State("Show a whole section", STATE, LEAD, one_question_a_page),
    "question_talk": State("Settled", of_draft("question", "latency"), LEAD, much_said),
    "question_history": State("set aside", STATE, LEAD, two_answers_to_one),
    "question_refused": State(PROBLEM, STATE, LEAD, act=write_too_much),
    "question_not_asked": State(
        "does not apply", of_draft("question", "latency_evidence"), LEAD
    ),
    "candidates_new": State("No test result yet", of_draft("candidates"), LEAD),
    "candidates": State(
        "Now answered", of_draft("candidates"), LEAD, candidates_scored
    ),
    "candidates_question": State(
        "Change the candidates",
        of_draft("question", "quality_gap"),
        LEAD,
        candidates_scored,
    ),
    "candidate": State("Type a result", of_draft("candidate", "new"), LEAD),
    "results_file": State("What would change", of_results, LEAD, candidates_scored),
    "usage": State("Files that were read", of_draft("usage"), LEAD, usage_read),
    "usage_file": State("What would change", of_usage, LEAD, usage_read),
    "numbers_new": State("Numbers and costs", of_draft("numbers"), LEAD),
    "numbers": State(
        "Cost of each technique", of_draft("numbers"), LEAD, numbers_given
    ),
    "assumptions": State("Assumed: $180,000", of_draft("assumptions"), LEAD),
    "numbers_refused": State(PROBLEM, of_draft("numbers"), LEAD, act=mistype_a_number),
    "numbers_asked": State(
        "60 thousand", of_draft("numbers"), LEAD, numbers_given, type_a_number_of_others
    ),
    "numbers_counted": State(
        "by the tokenizer", of_draft("numbers"), LEAD, act=count_a_text
    ),
    "numbers_not_counted": State(
        "could not be counted", of_draft("numbers"), LEAD, act=count_nothing
    ),
    "conflicts": State(
        "Two answers to one question", of_draft("conflicts"), LEAD, two_answers_to_one
    ),
    "check": State("Submit and see the result", of_draft("check"), LEAD, answered),
    "check_new": State("Answer at least one", of_draft("check"), LEAD),
    "check_done": State("Submit and see", of_draft("check"), LEAD, all_answered),
}

"""The states of the pages that judge: results, reviews, portfolio checks, impact."""

from collections.abc import Callable

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page

from audits.models import Audit, Role, Session
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.discussion.comments import add_comment
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.e2e.states.state import (
    DEMO_HEAD,
    LEAD,
    LONG_NAME,
    PROBLEM,
    VIEWER,
    State,
    answered,
    at,
    begun_again,
    demo_loaded,
    due_for_review,
    founded_today,
    long_names,
    of_draft,
    ours,
    press,
    sent_back,
    signed_off,
)
from tests.frameworks.edited_pack import PACK


def of_review(cast: Cast) -> str:
    return reverse("review", args=[cast.ours.submitted.pk])


def of_result(cast: Cast) -> str:
    return reverse("result", args=[cast.ours.submitted.pk])


def of_scenarios(cast: Cast) -> str:
    """Return the page of two scenarios beside the original."""
    given = {"a.quality_gap": "met", "b.number.requests": "90000000", "scenario": "b"}
    return reverse("what_if", args=[cast.ours.draft.pk], query=given)


def of_wrong_scenario(cast: Cast) -> str:
    given = {"a.quality_gap": LONG_NAME, "a.number.requests": "many"}
    return reverse("what_if", args=[cast.ours.draft.pk], query=given)


def no_test(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        answers = {"goal": ["task_skill"], "state": "planned"}
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=answers)


def of_newest(route: str) -> Callable[[Cast], str]:
    """Return a page of the draft that was begun after a sign-off."""

    def path(cast: Cast) -> str:
        with scope(organization=cast.ours.organization):
            audit = Audit.objects.get(supersedes=cast.ours.submitted)
        return reverse(route, args=[audit.pk])

    return path


def of_tasks(cast: Cast) -> str:
    return reverse("tasks", args=[cast.ours.submitted.pk])


def of_check(check: str) -> Callable[[Cast], str]:
    return lambda _: reverse("portfolio_check", args=[check])


def send_framework(text: str) -> Callable[[Page], None]:
    """Send a framework file, to see what it would change."""
    file: FilePayload = {
        "name": "v2.yaml",
        "mimeType": "application/yaml",
        "buffer": text.encode(),
    }

    def act(page: Page) -> None:
        page.get_by_label("Framework file").set_input_files(file)
        press("Show what it would change")(page)

    return act


def send_a_review_after_the_session(page: Page) -> None:
    page.get_by_label("Your comment").fill("Who counted?")
    Session.objects.all().delete()
    page.get_by_role("button", name="Send your review").click()


def point_at_questions(page: Page) -> None:
    """Choose to send it back, and tick a question that decides and another."""
    page.locator("label", has_text="Send back").click()
    page.get_by_text("Other questions").click()
    ticks = page.locator(".point .form-check-label")
    for tick in (ticks.first, ticks.last):
        tick.click()


def reviewed_often(cast: Cast) -> None:
    """Send a renewal back twice, with long words, notes and comments."""
    begun_again(cast)
    tenant, lead = cast.ours, cast.ours.contributor
    with scope(organization=tenant.organization):
        audit = Audit.objects.get(supersedes=tenant.submitted)
        sent = {("note", "goal"): Sent(value=LONG_NAME * 4)}
        sent[("number", "requests")] = Sent(value="120000")
        save_entries(audit=audit, by=lead, sent=sent, sender=Sender())
        for question in ("goal", "goal", "state"):
            add_comment(audit=audit, by=lead, question=question, text=LONG_NAME)
        for _ in range(2):
            audit = submit_audit(audit=fresh_audit(audit), by=lead)
            review_audit(
                audit=audit,
                by=tenant.people[Role.REVIEWER],
                outcome="sent_back",
                words=f"Who counted?\n{LONG_NAME * 4}",
                submission=submission_of(audit),
            )
        submit_audit(audit=fresh_audit(audit), by=lead)


# Facts that do not fit are answered with examples.
SECOND = PACK.replace(
    "layer: rag, when: {all: [{fact: needs_facts}, {question: kno",
    "layer: few_shot, when: {all: [{fact: needs_facts}, {question: kno",
)
REVIEW_STATES = {
    "result_new": State("Not scored yet", of_draft("result"), VIEWER),
    "result_draft": State("This is a draft", of_draft("result"), VIEWER, answered),
    "result": State(
        "In review", lambda cast: reverse("result", args=[cast.ours.submitted.pk]), LEAD
    ),
    "what_if": State(
        "Your changes make scenario A.", of_draft("what_if"), VIEWER, long_names
    ),
    "what_if_beside": State("Replace in the draft", of_scenarios, LEAD, long_names),
    "what_if_refused": State("cannot be used", of_wrong_scenario, LEAD, long_names),
    "timeline": State("sent", of_newest("timeline"), VIEWER, reviewed_often),
    "changes": State("120,000", of_newest("changes"), VIEWER, reviewed_often),
    "experiments": State(
        "Test instructions on the strongest model",
        of_draft("experiments"),
        LEAD,
        no_test,
    ),
    "experiment": State(
        "Download 30 empty", of_draft("experiment", "tried"), LEAD, no_test
    ),
    "reopen": State(
        "Take this audit back from review?",
        lambda cast: reverse("reopen", args=[cast.ours.submitted.pk]),
        ours(Role.REVIEWER),
    ),
    "review": State("What you sign", of_review, ours(Role.REVIEWER), long_names),
    "review_refused": State(
        PROBLEM, of_review, ours(Role.REVIEWER), act=press("Send your review")
    ),
    "review_points": State(
        "What is missing", of_review, ours(Role.REVIEWER), act=point_at_questions
    ),
    "review_signed_out": State(
        "Nothing was sent",
        of_review,
        ours(Role.REVIEWER),
        act=send_a_review_after_the_session,
    ),
    "result_signed_off": State("Signed off", of_result, LEAD, signed_off),
    "result_due": State("Review due", of_result, LEAD, due_for_review),
    "tasks_again": State("Answered before", of_newest("tasks"), LEAD, begun_again),
    "discard": State("Discard this draft?", of_newest("discard"), LEAD, begun_again),
    "result_reviewed": State(
        "The audit before this one", of_newest("result"), LEAD, reviewed_often
    ),
    "review_reviewed": State(
        "1 earlier review", of_newest("review"), ours(Role.REVIEWER), reviewed_often
    ),
    "second_opinion": State(
        "Store your opinion",
        lambda cast: reverse("second_opinion", args=[cast.ours.submitted.pk]),
        ours(Role.REVIEWER),
    ),
    "submission": State("as submitted", of_newest("submission"), LEAD, reviewed_often),
    "comments_locked": State(
        "Add a comment",
        lambda cast: reverse("older_comments", args=[cast.ours.submitted.pk, "goal"]),
        ours(Role.REVIEWER),
    ),
    "result_superseded": State(
        "This verdict stays in force until the new one", of_result, LEAD, begun_again
    ),
    "portfolio_checks": State(
        "Portfolio checks", at("portfolio_checks"), DEMO_HEAD, demo_loaded
    ),
    "portfolio_checks_due": State(
        "Review due", at("portfolio_checks"), LEAD, due_for_review
    ),
    "portfolio_checks_sound": State(
        "No check has findings",
        at("portfolio_checks"),
        lambda cast: cast.unassigned,
        founded_today,
    ),
    "portfolio_check": State(
        "No evidence", of_check("no-evidence"), ours(Role.REVIEWER), long_names
    ),
    "portfolio_check_due": State(
        "Review due", of_check("review-due"), LEAD, due_for_review
    ),
    "use_cases_due": State(
        "A review of the signed verdict is due", at("use_cases"), LEAD, due_for_review
    ),
    "portfolio_check_clear": State("finds nothing", of_check("review-due"), LEAD),
    "impact": State(
        "1 use case, 1 changed verdict",
        at("impact"),
        ours(Role.ADMIN),
        act=send_framework(SECOND),
    ),
    "impact_new": State("Framework file", at("impact"), ours(Role.ADMIN)),
    "impact_refused": State(
        PROBLEM, at("impact"), ours(Role.ADMIN), act=send_framework("name: x")
    ),
    "tasks_sent_back": State("Sent back", of_tasks, LEAD, sent_back),
}

"""A reviewer's question can be answered, and what changed since includes results."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role, Submission
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.timelines.timeline import timeline_of
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.reviews.test_background import decide
from tests.wizard.page_forms import hidden_in

ASKED = "Who counted the faults?"
ANSWER = "Rosa and Jan counted them in May."
ROW = {"kind": "prompt", "cases": 60, "passed": 42, "model": "few-shot"}


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def lead(cast: Cast) -> Client:
    return client_of(cast, Role.CONTRIBUTOR)


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    return client_of(cast, Role.REVIEWER)


def sent_back(cast: Cast) -> Audit:
    decide(cast, cast.ours.submitted, "sent_back", ASKED)
    return fresh_audit(cast.ours.submitted)


def page_of(client: Client, name: str, audit: Audit) -> str:
    return html_of(client.get(reverse(name, args=[audit.pk])))


def answered(lead: Client, audit: Audit, words: str) -> Any:
    page = lead.get(reverse("check", args=[audit.pk])).content.decode()
    sent = {"read": hidden_in(page)["read"][0], "words": words}
    return lead.post(reverse("submit", args=[audit.pk]), sent, follow=True)


@pytest.mark.thorough
def test_question_of_a_reviewer_is_answered_on_submitting(
    cast: Cast, lead: Client, reviewer: Client
) -> None:
    audit = sent_back(cast)
    check = page_of(lead, "check", audit)
    assert ASKED in check.partition("Submit for review")[2]
    assert "Your answer to the reviewer" in check

    answered(lead, audit, ANSWER)

    for name in ("review", "result", "timeline"):
        assert ANSWER in page_of(reviewer, name, audit), name


def test_lead_reads_before_submitting_that_nothing_changed(
    cast: Cast, lead: Client
) -> None:
    audit = sent_back(cast)
    told = "No answer, number, note, test result, link or file has changed since"

    before = page_of(lead, "check", audit)
    same = answered(lead, audit, ANSWER)
    decide(cast, fresh_audit(audit), "sent_back", ASKED)
    note = {("note", "goal"): Sent(value="Rosa counted.")}
    save_entries(
        audit=fresh_audit(audit),
        by=cast.ours.contributor,
        sent=note,
        sender=Sender(),
    )

    assert told in " ".join(before.split())
    assert before.index(told[:30]) < before.index(ASKED)
    assert same.status_code == 200
    assert told not in " ".join(page_of(lead, "check", audit).split())


def test_answer_that_is_too_long_is_kept_on_the_page(cast: Cast, lead: Client) -> None:
    audit = sent_back(cast)
    number = Submission.objects.count()

    shown = answered(lead, audit, "x" * 1001)

    assert shown.status_code == 422
    assert "x" * 1001 in html_of(shown)
    assert Submission.objects.count() == number


def test_first_submission_has_nothing_to_answer(cast: Cast, lead: Client) -> None:
    audit = cast.ours.submitted
    reopen_audit(audit=audit, by=cast.ours.contributor)

    assert "Your answer to the reviewer" not in page_of(lead, "check", audit)


@pytest.mark.on_both
def test_paper_lists_what_was_sent_back_and_the_answer(
    cast: Cast, lead: Client
) -> None:
    audit = sent_back(cast)
    answered(lead, audit, ANSWER)
    decide(cast, fresh_audit(audit), "approved", "")

    said = [(each.role, each.said) for each in build_paper(fresh_audit(audit)).signoffs]

    [sponsor, first, *said] = said
    assert sponsor == ("Sponsor", "Not asked to agree")
    assert first[0] == "Author"
    assert first[1].startswith("Submitted before, sent back; ")
    assert said == [
        ("Reviewer", f"Sent back: {ASKED}"),
        ("Author", f"Submitted: {ANSWER}"),
        ("Reviewer", "Signed off (wrote none of the answers)"),
    ]


def entered(cast: Cast, audit: Audit, **values: Any) -> None:
    sent = {("candidate", item): Sent(value=value) for item, value in values.items()}
    by = cast.ours.contributor
    save_entries(audit=fresh_audit(audit), by=by, sent=sent, sender=Sender())


def test_reviewer_sees_targets_limits_and_results_that_changed(
    cast: Cast, reviewer: Client
) -> None:
    audit, by = cast.ours.submitted, cast.ours.contributor
    reopen_audit(audit=audit, by=by)
    entered(cast, audit, target={"share": "0.8"}, c1=ROW, c2=ROW | {"model": "other"})
    submit_audit(audit=fresh_audit(audit), by=by)
    decide(cast, fresh_audit(audit), "sent_back", ASKED)
    entered(
        cast,
        audit,
        target={"share": "0.7", "limit_ms": 900},
        c1=ROW | {"passed": 50},
        c2=ROW | {"model": "other", "removed": True},
        c3=ROW | {"model": "third"},
    )
    submit_audit(audit=fresh_audit(audit), by=by)

    for name in ("review", "result"):
        page = page_of(reviewer, name, audit)
        since = page.partition("What changed since the submission of")[2]
        assert (
            "Target: <strong>70 of 100 must pass</strong> instead of 80 of 100" in since
        )
        assert "Limit of the time of a call: <strong>900 ms</strong>" in since
        for said in (
            "“few-shot (Written prompt)”: <strong>50 of 60 passed",
            "“other (Written prompt)”: <strong>removed; 42 of 60 passed",
            "“third (Written prompt)”: <strong>42 of 60 passed",
        ):
            assert f"Test result of {said}" in since, name


@pytest.mark.thorough
def test_target_alone_changes_no_result(cast: Cast, reviewer: Client) -> None:
    audit, by = cast.ours.submitted, cast.ours.contributor
    reopen_audit(audit=audit, by=by)
    entered(cast, audit, target={"share": "0.8"}, c1=ROW | {"passed": 54})
    submit_audit(audit=fresh_audit(audit), by=by)
    decide(cast, fresh_audit(audit), "sent_back", ASKED)
    entered(cast, audit, target={"share": "0.9"})

    page = page_of(reviewer, "result", audit)

    assert "Target: <strong>90 of 100 must pass" in page
    assert "Test result of" not in page


def test_timeline_has_what_was_taken_back(cast: Cast) -> None:
    audit = cast.ours.submitted
    reopen_audit(audit=audit, by=cast.ours.contributor)

    kinds = [each.kind for each in timeline_of(audit.use_case)]

    assert kinds.count("taken_back") == 1

"""Rows of the inbox that requests and comments make: who is told, what, and where."""

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import (
    AnswerRequest,
    Audit,
    Role,
)
from audits.services.answers.answers import save_answers
from audits.services.discussion.answer_requests import close_ask
from audits.services.discussion.comments import add_comment
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import lead_of, of_kind, place, rows
from tests.discussion.said import asked, comment

OWNER, REVIEWER, ADMIN = Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMIN


def test_answer_to_what_i_asked_is_told(cast: Cast, owner: Client) -> None:
    draft, admin = cast.ours.draft, cast.ours.people[ADMIN]
    with scope(organization=cast.ours.organization):
        ask = asked(cast)
        assert of_kind(owner, "answered") == []
        given = {"goal": ["cost_latency"], "latency": "hard"}
        save_answers(audit=draft, by=admin, answers=given)

    assert lead_of(owner) == "1 thing is new, and nothing waits for you to act."
    [row] = of_kind(owner, "answered")
    assert "Northgate triage: Speed needed" in row
    said = "Northgate admin answered what you asked, just now: the answer is now “Hard”"
    assert said in row
    assert place(owner, "answered", ask) == f"/audits/{draft.pk}/questions/latency/"
    assert lead_of(owner).startswith("Nothing waits for you.")


@pytest.mark.on_both
def test_request_that_is_closed_without_an_answer_says_so(
    cast: Cast, owner: Client, client_of: ClientOf
) -> None:
    with scope(organization=cast.ours.organization):
        closed, withdrawn = asked(cast), cast.ours.ask
        close_ask(ask=closed, by=closed.of)
        close_ask(ask=withdrawn, by=cast.ours.contributor)

    [row] = of_kind(owner, "answered")
    assert "Northgate admin closed your request without an answer" in row
    with scope(organization=cast.ours.organization):
        submit_audit(audit=save(cast, latency="hard"), by=cast.ours.contributor)
    there = place(owner, "answered", closed)
    assert there == f"/audits/{cast.ours.draft.pk}/submission/#q-latency"


def save(cast: Cast, **answers: str) -> Audit:
    draft, by = cast.ours.draft, cast.ours.contributor
    audit, _ = save_answers(audit=draft, by=by, answers=answers)
    return audit


def test_request_that_was_begun_is_closed_as_answered(
    cast: Cast, owner: Client
) -> None:
    reviewer = cast.ours.people[REVIEWER]
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=reviewer, answers={"state": "none"})
        close_ask(ask=AnswerRequest.objects.with_audit().get(), by=reviewer)

    [row] = of_kind(owner, "answered")
    said = "Northgate reviewer answered “Where training stands” of what you asked"
    assert said in row
    assert "The job and the fault" in row


@pytest.mark.on_both
def test_comment_on_my_use_case_is_told(
    cast: Cast, owner: Client, client_of: ClientOf
) -> None:
    assert of_kind(owner, "commented") == []
    with scope(organization=cast.ours.organization):
        said = comment(cast, ADMIN)

    [row] = of_kind(owner, "commented")
    assert "Northgate admin commented, just now Who counted them?" in row
    there = f"/audits/{cast.ours.draft.pk}/questions/goal/#comments-goal"
    assert place(owner, "commented", said) == there
    assert of_kind(client_of(REVIEWER), "commented") == []
    assert of_kind(client_of(ADMIN), "commented") == []


@pytest.mark.thorough
def test_who_commented_before_is_told_of_the_next_comment(
    cast: Cast, client_of: ClientOf
) -> None:
    with scope(organization=cast.ours.organization):
        comment(cast, ADMIN)
        assert of_kind(client_of(ADMIN), "commented") == []
        comment(cast, REVIEWER, "I did.")
        add_comment(
            audit=cast.ours.draft,
            by=cast.ours.people[REVIEWER],
            question="state",
            text="Elsewhere",
        )

    [row] = of_kind(client_of(ADMIN), "commented")
    assert "Northgate reviewer commented, just now I did." in row


@pytest.mark.on_both
def test_who_is_named_is_told_and_nobody_twice(
    cast: Cast, owner: Client, client_of: ClientOf
) -> None:
    with scope(organization=cast.ours.organization):
        said = comment(
            cast, ADMIN, "@northgate VIEWER and @Northgate contributor: look"
        )
        comment(cast, ADMIN, "someone@Northgate reviewer, @Northgate viewers, @Nix")

    viewer = client_of(Role.VIEWER)
    [row] = rows(viewer)
    assert "Northgate admin mentioned you in a comment, just now" in row
    there = f"/audits/{cast.ours.draft.pk}/questions/goal/comments/all/#comments-goal"
    assert place(viewer, "mentioned", said) == there
    assert len(of_kind(owner, "mentioned")) == len(of_kind(owner, "commented")) == 1
    assert of_kind(client_of(REVIEWER), "mentioned") == []

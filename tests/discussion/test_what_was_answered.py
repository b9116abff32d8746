"""Who asked about a section reads which of its questions were answered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import AnswerRequest, Role
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.discussion.answer_requests import ask_colleague, close_ask
from tests.casting import Cast
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import of_kind
from tests.pages import html_of

OWNER, ADMIN = Role.CONTRIBUTOR, Role.ADMIN
BEFORE = {"goal": ["cost_latency"], "latency": "hard", "volume": "lt_10k"}


def asked_about_cost(cast: Cast) -> AnswerRequest:
    """Let the owner answer some of a section, and a day later ask about all of it."""
    ours = cast.ours
    save_answers(audit=ours.draft, by=ours.contributor, answers=BEFORE)
    ask = ask_colleague(
        audit=ours.draft, by=ours.contributor, of=ours.people[ADMIN], section="cost"
    )
    moved = ask.at + timedelta(seconds=2)
    AnswerRequest.objects.filter(pk=ask.pk).update(at=moved)
    ask.at = moved
    return ask


def close(cast: Cast, ask: AnswerRequest, closes: timedelta) -> None:
    close_ask(ask=ask, by=cast.ours.people[ADMIN])
    AnswerRequest.objects.filter(pk=ask.pk).update(closed_at=ask.at + closes)


def timeline(client: Client, cast: Cast) -> str:
    return html_of(client.get(reverse("timeline", args=[cast.ours.draft.pk])))


@pytest.fixture
def owner(client_of: ClientOf) -> Client:
    return client_of(OWNER)


def test_inbox_and_timeline_name_what_was_answered_of_a_section(
    cast: Cast, owner: Client
) -> None:
    with scope(organization=cast.ours.organization):
        ask = asked_about_cost(cast)
        AnswerRequest.objects.filter(pk=ask.pk).update(at=ask.at - timedelta(seconds=2))
        save_answers(
            audit=fresh_audit(cast.ours.draft),
            by=cast.ours.people[ADMIN],
            answers={"volume": "10k_100k"},
        )
        close(cast, AnswerRequest.objects.get(pk=ask.pk), timedelta(minutes=1))

    [row] = of_kind(owner, "answered")
    page = timeline(owner, cast)
    assert "answered “Calls a month” of what you asked" in row
    assert "</bdi> answered “Calls a month”: <bdi>" in page
    assert "“Cost and speed”." in page
    assert "Speed needed" not in row


@pytest.mark.thorough
def test_request_that_is_closed_without_a_new_answer_is_not_called_answered(
    cast: Cast, owner: Client
) -> None:
    with scope(organization=cast.ours.organization):
        close(cast, asked_about_cost(cast), timedelta(minutes=1))

    [row] = of_kind(owner, "answered")
    page = timeline(owner, cast)
    assert "Northgate admin closed your request as answered" in row
    assert "“Cost and speed” as answered." in page
    assert "answered what you asked" not in row

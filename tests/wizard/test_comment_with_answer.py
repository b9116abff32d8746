"""On the page of a question every button sends answer, note and comment together."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Comment, Role
from audits.models.audits import values
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import hidden, resend, send, sign_in

TYPED: dict[str, Any] = {
    "state": "none",
    "note-state": "Asked the desk.",
    "comment-text": "Who counts?",
}
PRESSED: dict[str, Any] = {"add-comment": "1"}
ADDED = "Your comment was added."


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("question", args=[cast.ours.draft.pk, "state"])


def stored(cast: Cast) -> tuple[Any, Any, list[str]]:
    """Return answers, notes and what was said about the question."""
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        said = Comment.objects.filter(question="state").values_list("text", flat=True)
        return values(audit.answers), values(audit.notes), list(said)


ALL = ({"state": "none"}, {"state": "Asked the desk."}, ["Who counts?"])


def test_add_comment_saves_the_page_and_returns_to_it(
    cast: Cast, ana: Client, page: str
) -> None:
    response = send(ana, page, **TYPED, **PRESSED)

    assert response["Location"] == f"{page}#comments-state"
    assert stored(cast) == ALL


@pytest.mark.thorough
@pytest.mark.parametrize("button", [{}, {"later": "1"}])
def test_saving_the_page_adds_the_comment_and_says_so(
    cast: Cast, ana: Client, page: str, button: dict[str, Any]
) -> None:
    response = send(ana, page, **TYPED, **button)

    assert stored(cast) == ALL
    assert ADDED in html_of(ana.get(response["Location"]))


@pytest.mark.once
def test_saving_without_a_comment_adds_none(cast: Cast, ana: Client, page: str) -> None:
    response = send(ana, page, state="none", comment__text=" \r\n ")

    assert stored(cast) == ({"state": "none"}, {}, [])
    assert ADDED not in html_of(ana.get(response["Location"]))


@pytest.mark.thorough
def test_autosave_leaves_the_comment_alone(cast: Cast, ana: Client, page: str) -> None:
    shown = html_of(ana.get(page))
    for text in ("Half a com", "x" * 2001):
        typed = {**TYPED, "comment-text": text, "seq": "1"}
        saved = html_of(send(ana, page, htmx=True, **typed))
        assert "Not saved" not in saved

    [left_out] = re.findall(r'hx-params="not ([^"]+)"', shown)
    comment, *levels = left_out.split(",")
    assert comment == "comment-text"
    # What a link is for is saved with the link.
    assert all(each.startswith("link-level-") for each in levels)
    assert stored(cast) == (*ALL[:2], [])


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x" * 2001, "Use 2,000 characters or fewer; you used 2,001, 1 too many"),
        (" ", "Enter a comment"),
    ],
)
def test_refused_comment_shows_the_page_with_all_that_was_typed(
    cast: Cast, ana: Client, page: str, text: str, problem: str
) -> None:
    typed = {**TYPED, "comment-text": text, "add-comment": "1"}
    response = send(ana, page, **typed)

    shown = html_of(response)
    assert response.status_code == 422
    assert f'<a href="#id_comment-text">{problem}</a>' in shown
    assert 'id="id_comment-text"' in shown
    assert "The rest of this page is saved." in shown
    assert 'value="none" id="id_state_0" checked' in shown
    assert "Asked the desk.</textarea>" in shown
    assert f"{text.strip()}</textarea>" in shown
    assert stored(cast) == (*ALL[:2], [])


def test_comment_beside_a_refused_answer_is_added_and_not_asked_again(
    cast: Cast, ana: Client, page: str
) -> None:
    response = send(ana, page, **{**TYPED, "state": "x"}, **PRESSED)

    shown = html_of(response)
    assert response.status_code == 422
    assert ADDED in shown
    assert "Who counts?</textarea>" not in shown
    assert "Enter a comment" not in shown
    assert stored(cast) == ({}, {"state": "Asked the desk."}, ["Who counts?"])


@pytest.mark.on_both
@pytest.mark.parametrize(
    "button", [{}, pytest.param({"add-comment": "1"}, marks=pytest.mark.once)]
)
def test_page_sent_twice_adds_one_comment(
    cast: Cast, ana: Client, page: str, button: dict[str, Any]
) -> None:
    opened = hidden(ana, page)
    for _ in range(2):
        resend(ana, page, opened, **TYPED, **button)
    once = stored(cast)
    send(ana, page, **TYPED, **button)

    assert once == ALL
    assert stored(cast)[2] == ["Who counts?", "Who counts?"]


def test_comment_is_added_beside_a_conflict(cast: Cast, ana: Client, page: str) -> None:
    opened = hidden(ana, page)
    ben = Client()
    ben.force_login(cast.ours.people[Role.REVIEWER])
    send(ben, page, state="planned")

    response = resend(ana, page, opened, **TYPED)

    assert response.status_code == 409
    assert ADDED in html_of(response)
    assert stored(cast) == ({"state": "planned"}, *ALL[1:])


@pytest.mark.thorough
def test_comment_on_an_audit_that_was_submitted_meanwhile_is_added(
    cast: Cast, ana: Client, page: str
) -> None:
    send(ana, reverse("section", args=[cast.ours.draft.pk, "purpose"]), goal=["style"])
    opened = hidden(ana, page)
    with scope(organization=cast.ours.organization):
        submit_audit(audit=cast.ours.draft, by=cast.ours.contributor)

    response = resend(ana, page, opened, **TYPED)

    assert response["Location"] == reverse("result", args=[cast.ours.draft.pk])
    assert stored(cast) == ({"goal": ["style"]}, {}, ["Who counts?"])


@pytest.mark.thorough
def test_signed_out_sender_gets_answer_note_and_comment_back(
    cast: Cast, ana: Client, page: str
) -> None:
    out = Client()
    asked = out.post(page, {**hidden(ana, page), **TYPED, "add-comment": "1"})

    signed_in = sign_in(out, asked, cast.ours.contributor.email)
    shown = html_of(out.get(signed_in["Location"]))

    assert 'value="none" id="id_state_0" checked' in shown
    assert "Asked the desk.</textarea>" in shown
    assert "Who counts?</textarea>" in shown
    assert stored(cast) == ({}, {}, [])


@pytest.mark.once
def test_no_field_stands_in_two_forms(cast: Cast, ana: Client, page: str) -> None:
    shown = html_of(ana.get(page))

    depth = 0
    for tag in re.findall(r"</?form\b", shown):
        depth += 1 if tag == "<form" else -1
        assert depth in (0, 1)
    for element in re.findall(r'<(?:textarea|button|input)[^>]* form="[^>]*>', shown):
        before = shown[: shown.index(element)]
        assert before.count("<form") == before.count("</form")
    assert shown.count('form="answer-form"') == 3


@pytest.mark.once
def test_question_that_does_not_apply_has_a_form_of_its_own_for_comments(
    cast: Cast, ana: Client
) -> None:
    page = reverse("question", args=[cast.ours.draft.pk, "latency_evidence"])
    there = reverse("add_comment", args=[cast.ours.draft.pk, "latency_evidence"])

    shown = html_of(ana.get(page))
    sent = {"text": "Why not?", "comments-shown": "0"}
    responses = [ana.post(there, sent) for _ in range(2)]

    assert f'action="{there}"' in shown
    assert 'form="answer-form"' not in shown
    assert [r.status_code for r in responses] == [302, 302]
    with scope(organization=cast.ours.organization):
        assert Comment.objects.filter(question="latency_evidence").count() == 1


def test_comment_above_the_hourly_limit_is_kept_and_the_answer_saved(
    cast: Cast, ana: Client, page: str, settings: Settings
) -> None:
    settings.COMMENTS_PER_HOUR = 0

    refused = send(ana, page, **TYPED, **PRESSED)

    assert refused.status_code == 429
    shown = html_of(refused)
    assert "Your comment was not added. You can add 0 comments an hour." in shown
    assert "Who counts?</textarea>" in shown
    assert stored(cast) == ({"state": "none"}, {"state": "Asked the desk."}, [])

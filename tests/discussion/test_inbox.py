"""What is asked of a person, and the count of it in every page's header."""

import re
from datetime import timedelta
from html import escape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.frameworks.loading.loader import current
from audits.models import AnswerRequest, Audit, Role
from audits.services.answers.answer_requests import ask_colleague
from audits.services.answers.answers import save_answers
from tests.casting import Cast, register
from tests.discussion.conftest import MARKUP, ClientOf
from tests.pages import html_of
from tests.scoring.money.test_measuring_money import UNTESTED

INBOX = "/inbox/"
# Session, person, membership; open, done and discarded; the count in the header, and
# what waits for a review.
QUERIES = 8


@pytest.fixture
def reviewer(client_of: ClientOf) -> Client:
    return client_of(Role.REVIEWER)


def ask(cast: Cast, role: Role = Role.REVIEWER, **what: str) -> AnswerRequest:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        return ask_colleague(
            audit=tenant.draft, by=tenant.contributor, of=tenant.people[role], **what
        )


def text(client: Client, there: str = INBOX) -> str:
    return html_of(client.get(there))


def close(client: Client, asked: AnswerRequest) -> str:
    there: str = client.post(reverse("close_ask", args=[asked.pk]))["Location"]
    return there


@pytest.mark.once
def test_row_says_what_is_asked_by_whom_and_where_to_answer(
    cast: Cast, reviewer: Client
) -> None:
    with scope(organization=cast.ours.organization):
        AnswerRequest.objects.update(at=timezone.now() - timedelta(days=2, hours=3))
    ask(cast, section="cost", question="latency", message="One\ntwo")

    page = text(reviewer)

    draft = cast.ours.draft.pk
    assert "You have 2 open requests." in page
    assert f'href="/audits/{draft}/sections/purpose/"' in page
    assert f'href="/audits/{draft}/questions/latency/"' in page
    assert "<bdi>Northgate triage</bdi>: The job and the fault" in page
    assert "<bdi>Northgate triage</bdi>: Speed needed" in page
    assert "asked by <bdi>Northgate contributor</bdi>, 2\xa0days ago" in page
    assert "asked by <bdi>Northgate contributor</bdi>, just now" in page
    assert '<p dir="auto">One<br>two</p>' in page


@pytest.mark.once
def test_question_that_a_step_answers_leads_to_its_card(
    cast: Cast, reviewer: Client
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=UNTESTED)
    asked = ("quality_gap", "example_quality", "latency")
    for question in asked:
        section = current().question_by_id[question].section
        ask(cast, section=section, question=question)

    page = text(reviewer)

    steps = {
        reverse("experiment", args=[tenant.draft.pk, step])
        for step in ("score_prompt", "example_quality")
    }
    linked = re.findall(r'"(/audits/[^"]+/experiments/[^"]*)"', page)
    assert ({*linked}, len(linked)) == (steps, 2)
    for step in steps:
        card = reviewer.get(step)
        assert card.status_code == 200
        assert f">{card.context['card'].name}</a>" in page


def test_inbox_has_only_what_is_asked_of_me(cast: Cast, client_of: ClientOf) -> None:
    ask(cast, Role.ADMIN, section="cost", message="For the admin")

    for role in (Role.CONTRIBUTOR, Role.VIEWER):
        page = text(client_of(role))
        assert "Nobody has asked you to answer a question." in page
        assert "<li hx-disable>" not in page
    assert "For the admin" not in text(client_of(Role.REVIEWER))
    assert "Northgate waits for it" not in text(client_of(Role.ADMIN))


def test_reviewer_is_told_what_is_in_review_and_how_many_they_submitted(
    cast: Cast, reviewer: Client
) -> None:
    before = " ".join(strip_tags(text(reviewer)).split())
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=cast.ours.submitted.pk).update(
            submitted_by=cast.ours.people[Role.REVIEWER]
        )
    own = " ".join(strip_tags(text(reviewer)).split())

    assert "1 verdict is in review." in before
    assert "You submitted" not in before
    assert (
        "1 verdict is in review. You submitted 1, which needs another reviewer." in own
    )


def test_what_is_done_moves_under_what_is_open(cast: Cast, reviewer: Client) -> None:
    ask(cast, section="cost")

    there = close(reviewer, cast.ours.ask)

    page = text(reviewer)
    assert there == INBOX
    assert "You have 1 open request." in page
    places = [
        page.index(s) for s in (">Waiting for you<", "Cost and", ">Done<", "The job")
    ]
    assert places == sorted(places)
    assert page.count(">Close without answering <span") == 1
    assert "Done just now" in page


@pytest.mark.once
def test_button_says_whether_anything_is_answered(cast: Cast, reviewer: Client) -> None:
    def answer(**given: str) -> None:
        draft, by = cast.ours.draft, cast.ours.people[Role.REVIEWER]
        with scope(organization=cast.ours.organization):
            save_answers(audit=draft, by=by, answers=given)

    answer(latency="hard", state="unknown")
    before = text(reviewer)
    answer(state="none")

    assert ">Close without answering <span" in before
    assert ">Done <span" in text(reviewer)


def test_last_twenty_that_are_done_are_shown(cast: Cast, reviewer: Client) -> None:
    for number in range(25):
        close(reviewer, ask(cast, section="cost", message=f"{number}"))

    assert text(reviewer).count("Done just now") == 20


@pytest.mark.once
@pytest.mark.parametrize("markup", MARKUP)
def test_message_and_names_stay_text(cast: Cast, reviewer: Client, markup: str) -> None:
    tenant = cast.ours
    tenant.contributor.name = markup[:80]
    tenant.contributor.save()
    with scope(organization=tenant.organization):
        audit = register(
            tenant.organization, tenant.contributor, tenant.team, markup[:80]
        )
        ask_colleague(
            audit=audit,
            by=tenant.contributor,
            of=tenant.people[Role.REVIEWER],
            section="cost",
            message=markup,
        )

    page = text(reviewer)

    assert markup not in page
    assert f'<p dir="auto">{escape(markup)}</p>' in page
    assert f"<bdi>{escape(markup[:80])}</bdi>" in page
    assert page.count("<li hx-disable>") == 2


@pytest.mark.once
@pytest.mark.parametrize("more", [0, 29])
def test_many_asks_cost_no_more_queries(
    cast: Cast,
    reviewer: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        for number in range(more):
            audit = register(
                tenant.organization, tenant.contributor, tenant.team, f"Case {number}"
            )
            ask_colleague(
                audit=audit,
                by=tenant.contributor,
                of=tenant.people[Role.REVIEWER],
                section="cost",
                question="latency",
            )
            Audit.objects.filter(pk=audit.pk).update(answers=tenant.draft.answers)

    with django_assert_num_queries(QUERIES):
        assert text(reviewer).count("<li hx-disable>") == 1 + more


def test_header_counts_what_waits_for_me(
    cast: Cast, reviewer: Client, client_of: ClientOf
) -> None:
    use_cases = reverse("use_cases")
    ask(cast, section="cost")
    assert ">Inbox (2)</a>" in text(reviewer, use_cases)
    assert ">Inbox</a>" in text(client_of(Role.ADMIN), use_cases)
    assert 'href="/inbox/"' not in text(Client(), "/")

    close(reviewer, cast.ours.ask)

    assert ">Inbox (1)</a>" in text(reviewer, use_cases)
    assert ">Inbox (1)</a>" in text(reviewer, "/no-such-page/")


@pytest.mark.once
def test_part_of_a_page_does_not_count(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    portfolio = reverse("portfolio")

    with django_assert_num_queries(11):
        client.get(portfolio)
    with django_assert_num_queries(6):
        client.get(portfolio, headers={"HX-Request": "true"})

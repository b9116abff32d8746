"""The inbox: requests to a person, and the page around all kinds of rows."""

import re
from datetime import timedelta
from html import escape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.frameworks.loading.loader import current
from audits.models import AnswerRequest, Audit, Role
from audits.services.answers.answers import save_answers
from audits.services.discussion.answer_requests import ask_colleague
from tests.casting import Cast, register
from tests.discussion.conftest import MARKUP, ClientOf
from tests.discussion.inboxes import INBOX, lead_of, mark_all, rows
from tests.examples import some_of
from tests.pages import html_of
from tests.scoring.money.test_measuring_money import UNTESTED

# Session, person, membership; the numbers, the rows, and the requests among them.
QUERIES = 6


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


def to_notice(asked: AnswerRequest) -> str:
    return reverse("notice", args=["asked", asked.pk])


@pytest.mark.thorough
@pytest.mark.once
def test_row_says_what_is_asked_by_whom_and_where_to_answer(
    cast: Cast, reviewer: Client
) -> None:
    with scope(organization=cast.ours.organization):
        AnswerRequest.objects.update(at=timezone.now() - timedelta(days=2, hours=3))
    one = ask(cast, section="cost", question="latency", message="One\ntwo")

    page = text(reviewer, f"{INBOX}?show=asked")

    draft = cast.ours.draft.pk
    assert "<bdi>Northgate triage</bdi>: The job and the fault" in page
    assert "<bdi>Northgate triage</bdi>: Speed needed" in page
    assert "asked by <bdi>Northgate contributor</bdi>, 2 days ago" in page
    assert "asked by <bdi>Northgate contributor</bdi>, just now" in page
    assert '<p dir="auto">One<br>two</p>' in page
    for asked, place in (
        (cast.ours.ask, f"/audits/{draft}/sections/purpose/"),
        (one, f"/audits/{draft}/questions/latency/"),
    ):
        assert f'href="{to_notice(asked)}"' in page
        assert reviewer.get(to_notice(asked))["Location"] == place


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


@pytest.mark.thorough
def test_inbox_has_only_what_is_asked_of_me(cast: Cast, client_of: ClientOf) -> None:
    ask(cast, Role.ADMIN, section="cost", message="For the admin")

    for role in (Role.CONTRIBUTOR, Role.VIEWER):
        assert lead_of(client_of(role)) == "Nothing waits for you."
        assert rows(client_of(role)) == []
    assert "For the admin" not in text(client_of(Role.REVIEWER))
    assert "Northgate waits for it" not in text(client_of(Role.ADMIN))


@pytest.mark.on_both
def test_what_is_done_is_read_and_waits_no_more(cast: Cast, reviewer: Client) -> None:
    ask(cast, section="cost")

    there = close(reviewer, cast.ours.ask)

    page = text(reviewer, f"{INBOX}?show=asked")
    assert there == INBOX
    assert lead_of(reviewer) == "2 things wait for you. 2 are unread."
    assert page.count(">Close without answering <span") == 1
    assert page.count("Done just now") == 1
    assert page.index("Cost and") < page.index("The job")


@pytest.mark.thorough
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


@pytest.mark.once
@pytest.mark.parametrize("markup", some_of(MARKUP, 2))
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
    assert page.count(" hx-disable>") == 3


@pytest.mark.once
@pytest.mark.parametrize("more", [0, 29])
def test_many_rows_cost_no_more_queries_and_have_pages(
    cast: Cast,
    reviewer: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        asked_of = tenant.people[Role.REVIEWER]
        by, questions = tenant.contributor, current().questions[:10]
        for number in range(more):
            if number % len(questions) == 0:
                audit = register(tenant.organization, by, tenant.team, f"No. {number}")
                Audit.objects.filter(pk=audit.pk).update(answers=tenant.draft.answers)
            what = questions[number % len(questions)]
            place = {"section": what.section, "question": what.id}
            ask_colleague(audit=audit, by=by, of=asked_of, **place)

    asked = f"{INBOX}?show=asked"
    with django_assert_num_queries(QUERIES):
        first = rows(reviewer, asked)
    second = rows(reviewer, f"{asked}&page=2")

    assert len(first) == min(25, 1 + more)
    if not more:
        assert second == first  # the only page
        assert "Next page" not in text(reviewer, asked)
        return
    assert len(second) == 5
    assert "The job and the fault" in second[-1]
    assert {*first}.isdisjoint(second)
    assert 'href="?show=asked&amp;page=2"' in text(reviewer, asked)
    assert 'href="?show=asked&amp;page=1"' in text(reviewer, f"{asked}&page=2")


@pytest.mark.on_both
def test_header_counts_what_is_unread(
    cast: Cast, reviewer: Client, client_of: ClientOf
) -> None:
    def count(client: Client, there: str = reverse("use_cases")) -> str:
        [found] = re.findall(r">Inbox( \(.*?)?</a>", text(client, there))
        return str(found)

    hidden = '<span class="show-md"><span class="visually-hidden"> unread</span></span>'
    unread = f' ({{}}<span class="hide-md"> unread</span>{hidden})'
    ask(cast, section="cost")
    # Two requests, and a verdict that waits for a reviewer.
    assert count(reviewer) == unread.format(3)
    assert count(client_of(Role.ADMIN)) == unread.format(1)
    assert count(client_of(Role.CONTRIBUTOR)) == ""
    assert 'href="/inbox/"' not in text(Client(), "/")

    close(reviewer, cast.ours.ask)

    draft, submitted = cast.ours.draft.pk, cast.ours.submitted.pk
    pages = ["/no-such-page/", INBOX, reverse("result", args=[submitted])]
    pages += [reverse("section", args=[draft, "purpose"]), reverse("portfolio")]
    assert {count(reviewer, page) for page in pages} == {unread.format(2)}
    mark_all(reviewer)
    assert {count(reviewer, page) for page in pages} == {""}


@pytest.mark.once
def test_part_of_a_page_does_not_count(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    portfolio = reverse("portfolio")

    with django_assert_num_queries(13):
        client.get(portfolio)
    # Without the inbox, saved views, and the owners and tags of the filter.
    with django_assert_num_queries(9):
        client.get(portfolio, headers={"HX-Request": "true"})


def test_queries_of_the_first_page_are_written_once(
    cast: Cast, reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(cast, section="cost", message="Who pays?")
    chosen = ("", "?show=unread", "?show=asked", "?show=met")
    before = [rows(reviewer, INBOX + show) for show in chosen]
    # The templates of these queries are known now, so nothing lists the sources again.
    monkeypatch.setattr("audits.models.inbox.sources.sources", None)
    ask(cast, section="cost", question="latency", message="How fast?")

    after = [rows(reviewer, INBOX + show) for show in chosen]

    numbers = [(len(old), len(new)) for old, new in zip(before, after, strict=True)]
    assert [new - old for old, new in numbers] == [1, 1, 1, 0]

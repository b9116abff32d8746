"""A reviewer who sends an audit back points at questions to answer again."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, Event, Review, Role
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.evidence import add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.points import points_of
from audits.services.reviews.reviews import review_audit, submission_of
from audits.wizard.forms.answers_form import versions_of
from tests.casting import Cast
from tests.outcomes.signed import CANDIDATES, submitted
from tests.pages import html_of
from tests.queued_mails import send_queued_mails
from tests.reviews.conftest import client_of, read_of, signed

SAID = "Who counted the <test> set?"
ESCAPED = "Who counted the &lt;test&gt; set?"


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def author(cast: Cast) -> Client:
    return client_of(cast, Role.CONTRIBUTOR)


def label(question: str) -> str:
    return current().question_by_id[question].label


def seen(client: Client, name: Any, *args: Any) -> str:
    return re.sub(r"\s+", " ", html_of(client.get(reverse(name, args=args))))


@pytest.mark.on_both
def test_author_finds_the_questions_everywhere_until_they_are_answered_again(
    cast: Cast, reviewer: Client, author: Client, url: str
) -> None:
    audit, by = cast.ours.submitted, cast.ours.contributor
    form = html_of(reviewer.get(url))
    sent = {"points": "goal", "point_knowledge_size": SAID}
    answer = reviewer.post(url, signed("sent_back", **read(audit), **sent))

    audit = Audit.objects.get(pk=audit.pk)
    before = [seen(author, *place) for place in places(audit)]
    send_queued_mails()

    assert answer.status_code == 302
    deciding = form.split("Other questions (")[0]
    assert 'name="points"' in deciding
    assert form.count('name="points"') == form.count('name="point_')
    review = Review.objects.get(audit=audit)
    assert review.words == ""
    assert [(x["question"], x["words"]) for x in review.points] == [
        ("goal", ""),
        ("knowledge_size", SAID),
    ]
    line = Event.objects.get(verb="audit.sent_back").details
    assert line["points"] == ["goal", "knowledge_size"]
    [told] = [each.body for each in mail.outbox if each.subject.startswith("Sent back")]
    assert f"- {label('goal')}" in told
    assert f"> {SAID}" in told
    assert "writes:" not in told
    inbox, tasks, goal, size = before
    for page in (inbox, tasks):
        for question in ("goal", "knowledge_size"):
            assert f'href="{reverse("question", args=[audit.pk, question])}"' in page
        assert ESCAPED in page
    assert "Answer again: 2 questions" in tasks
    assert "asks to answer this again" in goal
    assert ESCAPED in size

    save_answers(audit=audit, by=by, answers={"goal": ["style"]})
    where = "https://example.org/count"
    add_link(audit=audit, by=by, question="knowledge_size", link=where, name="Count")
    inbox, tasks, goal, size = [seen(author, *place) for place in places(audit)]

    assert "To answer again" not in inbox
    assert "All that the review points at is answered again" in tasks
    assert "asks to answer this again" not in goal + size
    again = submit_audit(audit=Audit.objects.get(pk=audit.pk), by=by)
    assert ESCAPED in seen(reviewer, "review", again.pk)


def places(audit: Audit) -> list[tuple[Any, ...]]:
    return [
        ("inbox",),
        ("tasks", audit.pk),
        ("question", audit.pk, "goal"),
        ("section", audit.pk, current().question_by_id["knowledge_size"].section),
    ]


def test_saved_page_loses_the_note_at_once(cast: Cast, author: Client) -> None:
    audit = cast.ours.submitted
    send(cast, audit, {"goal": SAID, "knowledge_size": SAID})
    audit = Audit.objects.get(pk=audit.pk)
    there = reverse("question", args=[audit.pk, "goal"])
    known = versions_of(audit, "goal")
    sent = {"shown": "goal", "v-goal": known, "goal": "style"}

    saved = html_of(author.post(there, sent, headers={"HX-Request": "true"}))

    assert '<div id="pointed-goal" hx-swap-oob="innerHTML"></div>' in saved
    assert [each.question for each in points_of(fresh(audit)) if each.is_open] == [
        "knowledge_size"
    ]


def test_saved_question_leads_to_the_next_that_the_reviewer_points_at(
    cast: Cast, author: Client
) -> None:
    audit = cast.ours.submitted
    send(cast, audit, {"goal": SAID, "eval": "", "knowledge_size": ""})
    pages = {
        each: reverse("question", args=[audit.pk, each])
        for each in ("goal", "knowledge_size", "eval")
    }
    never = "asks to answer this."
    assert never in html_of(author.get(pages["eval"]))
    tasks = reverse("tasks", args=[audit.pk])

    def after(question: str, *answers: str) -> str:
        sent = {"shown": question, f"v-{question}": versions_of(fresh(audit), question)}
        response = author.post(pages[question], sent | {question: [*answers]})
        return str(response.headers["Location"])

    given = fresh(audit).given_codes["goal"]
    assert after("goal", *given) == pages["eval"]
    assert "nothing about it has changed" in html_of(author.get(tasks))
    assert after("goal", "style") == pages["eval"]
    assert after("eval", "small_set") == pages["knowledge_size"]
    for name in ("result", "check"):
        page = seen(author, name, audit.pk)
        left, _, answered = page.partition("To answer again:")[2].partition("</ul>")
        assert label("knowledge_size") in left
        assert label("goal") not in left
        # It leads there, and on the result so does the button, before submitting.
        there = f'href="{pages["knowledge_size"]}">'
        assert f"{there}{label('knowledge_size')}</a>" in left
        answered = answered.partition("Answered since:")[2].partition("</ul>")[0]
        style = current().words("goal", {"goal": "style"})
        said = " ".join(strip_tags(answered).split())
        assert f"{label('goal')}: {style}; the review said: Who counted" in said
        assert label("eval") in answered
    first = f"Answer “{label('knowledge_size')}” again</a>"
    assert first in html_of(author.get(tasks))
    actions = seen(author, "result", audit.pk).partition('aria-label="Actions"')[2]
    assert first in actions.partition("Check and submit")[0]
    assert after("knowledge_size", "small") == tasks


def test_words_or_a_sentence_about_a_question_are_needed(
    cast: Cast, reviewer: Client, url: str
) -> None:
    audit = cast.ours.submitted

    ticked = reviewer.post(url, signed("sent_back", **read(audit), points="goal"))

    assert ticked.status_code == 422
    assert re.search(r'value="goal"[^>]*checked', html_of(ticked))
    with pytest.raises(ValidationError):
        send(cast, audit, {"no_question": "Why?"})
    send(cast, audit, {"goal": SAID}, words="Again, please.", outcome="approved")
    assert Review.objects.get(audit=audit).points == []


def send(
    cast: Cast, audit: Audit, points: dict[str, str], words: str = "", **given: str
) -> None:
    review_audit(
        audit=audit,
        by=cast.ours.people[Role.REVIEWER],
        outcome=given.get("outcome", "sent_back"),
        words=words,
        submission=submission_of(audit),
        points=points,
    )


def read(audit: Audit) -> dict[str, str]:
    return {"submission": read_of(audit)}


def fresh(audit: Audit) -> Audit:
    found: Audit = Audit.objects.get(pk=audit.pk)
    return found


def test_question_that_results_answer_is_asked_on_their_page_too(
    cast: Cast, author: Client
) -> None:
    audit, by = submitted(cast.ours), cast.ours.contributor
    send(cast, audit, {"quality_gap": SAID, "goal": "Why?"})
    asked = f"<strong>{label('quality_gap')}</strong>"

    before = seen(author, "candidates", audit.pk)
    retested = {"c1": CANDIDATES["c1"] | {"passed": 191}}
    sent = {("candidate", k): Sent(value=x) for k, x in retested.items()}
    save_entries(audit=fresh(audit), by=by, sent=sent, sender=Sender())

    assert "asks to answer this again." in before.partition(asked)[2]
    assert ESCAPED in before
    assert "Why?" not in before
    assert asked not in seen(author, "candidates", audit.pk)

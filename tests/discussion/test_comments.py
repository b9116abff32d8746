"""Comments on a question: written, refused, resolved and shown."""

from datetime import timedelta
from html import escape

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries, Settings

from audits.models import Audit, Comment, Role
from audits.services.discussion.comments import (
    MOST_SHOWN,
    add_comment,
    discussion_of,
    resolve_comment,
)
from audits.services.verdicts.assessments import framework_of
from tests.casting import CANARY, Cast
from tests.discussion.conftest import MARKUP, ClientOf
from tests.examples import some_of
from tests.pages import html_of
from tests.signed_in import sign_in


def url(audit: Audit, question: str = "goal") -> str:
    return reverse("add_comment", args=[audit.pk, question])


def comments(cast: Cast) -> list[Comment]:
    with scope(organization=cast.ours.organization):
        return list(Comment.objects.with_people().select_related("audit"))


def say(cast: Cast, text: str) -> Comment:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        return add_comment(
            audit=tenant.draft, by=tenant.contributor, question="goal", text=text
        )


def shown(cast: Cast, *, may_contribute: bool = True) -> str:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        context = {
            "audit": audit,
            "question": framework_of(audit).question_by_id["goal"],
            "discussion": discussion_of(audit, "goal"),
            "may_contribute": may_contribute,
        }
        return render_to_string("discussion/comments.html", context, HttpRequest())


def test_comment_is_stored_and_leads_back_to_its_question(
    cast: Cast, client: Client
) -> None:
    response = client.post(url(cast.ours.draft), {"text": "Count again"})

    question = reverse("question", args=[cast.ours.draft.pk, "goal"])
    assert response["Location"] == f"{question}#comments-goal"
    assert [(c.question, c.text, c.by) for c in comments(cast)] == [
        ("goal", "Northgate counted none", cast.ours.contributor),
        ("goal", "Count again", cast.ours.contributor),
    ]


def test_reviewer_comments_on_submitted_answers(
    cast: Cast, client_of: ClientOf
) -> None:
    client_of(Role.REVIEWER).post(url(cast.ours.submitted), {"text": "Which test?"})

    assert [(c.audit, c.text) for c in comments(cast)][1:] == [
        (cast.ours.submitted, "Which test?")
    ]


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n ", "Enter a comment"),
        ("x" * 2001, "Use 2,000 characters or fewer; you used 2,001, 1 too many"),
    ],
)
def test_refused_comment_is_explained_and_kept(
    cast: Cast, client: Client, text: str, message: str
) -> None:
    response = client.post(url(cast.ours.draft), {"text": text})

    page = html_of(response)
    assert response.status_code == 422
    assert "<title>Error: What is wrong – Attune</title>" in page
    assert f'<a href="#comment-goal-text">{message}</a>' in page
    assert f'id="comment-goal-error">{message}</p>' in page
    assert f'-hint comment-goal-error">\n{text}</textarea>' in page
    assert "Northgate counted none" in page
    assert len(comments(cast)) == 1


@pytest.mark.once
def test_lines_end_as_one_character_each(cast: Cast, client: Client) -> None:
    text = "x\r\n" * 1000

    client.post(url(cast.ours.draft), {"text": text})

    assert comments(cast)[1].text == ("x\n" * 1000).strip()


@pytest.mark.once
def test_no_such_question_is_not_found(cast: Cast, client: Client) -> None:
    response = client.post(url(cast.ours.draft, "weather"), {"text": "Rain"})

    assert response.status_code == 404
    assert len(comments(cast)) == 1


def test_viewer_and_stranger_write_nothing(cast: Cast, client_of: ClientOf) -> None:
    stranger = Client()
    sign_in(stranger, cast.theirs.contributor)
    resolve = reverse("resolve_comment", args=[cast.ours.comment.public_id])

    for someone, status in ((client_of(Role.VIEWER), 403), (stranger, 404)):
        for there in (url(cast.ours.draft), resolve):
            response = someone.post(there, {"text": "Mine", "resolved": "yes"})
            assert response.status_code == status

    (comment,) = comments(cast)
    assert not comment.is_resolved


def test_comment_is_resolved_and_opened_again(cast: Cast, client_of: ClientOf) -> None:
    reviewer = client_of(Role.REVIEWER)
    resolve = reverse("resolve_comment", args=[cast.ours.comment.public_id])

    response = reviewer.post(resolve, {"resolved": "yes"})
    (resolved,) = comments(cast)
    reviewer.post(resolve, {"resolved": "no"})
    (opened,) = comments(cast)

    assert response["Location"].endswith("#comments-goal")
    assert resolved.resolved_by == cast.ours.people[Role.REVIEWER]
    assert not opened.is_resolved


def test_open_comments_stand_before_resolved_ones(cast: Cast) -> None:
    done, last = say(cast, "Done with"), say(cast, "Said last")
    with scope(organization=cast.ours.organization):
        resolve_comment(comment=done, by=cast.ours.people[Role.ADMIN])

    page = shown(cast)

    places = [page.index(c.text) for c in (cast.ours.comment, last, done)]
    assert places == sorted(places)
    folded = page[page.index("<details>") : page.index("</details>")]
    assert "1 resolved" in folded
    assert "Done with" in folded
    assert "resolved by <bdi>Northgate admin</bdi>, just now" in folded
    assert ">Open again</button>" in folded
    assert page.count(">Resolve</button>") == 2


def test_viewer_reads_comments_and_is_offered_no_form(cast: Cast) -> None:
    page = shown(cast, may_contribute=False)

    assert "Northgate counted none" in page
    assert "<form" not in page
    assert CANARY not in page


@pytest.mark.once
@pytest.mark.parametrize("text", some_of(MARKUP, 2))
def test_text_stays_text(cast: Cast, client: Client, text: str) -> None:
    tenant = cast.ours
    tenant.contributor.name = text[:80]
    tenant.contributor.save()
    say(cast, f"{text}\nnext line")

    page = shown(cast)
    refused = client.post(url(tenant.draft), {"text": text + "x" * 2000})

    assert f"<p>{escape(text)}<br>next line</p>".replace("<p>", '<p dir="auto">') in (
        page
    )
    assert f"<bdi>{escape(text[:80])}</bdi>" in page
    for html in (page, html_of(refused)):
        assert text not in html
        assert escape(text) in html


@pytest.mark.once
def test_htmx_leaves_all_user_text_alone(cast: Cast) -> None:
    page = shown(cast)

    assert page.count("hx-disable") == page.count("<li") + 1
    assert "hx-get" not in page
    assert "hx-post" not in page


@pytest.mark.once
def test_many_comments_cost_no_more_queries(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        say(cast, f"Remark {number}")

    with django_assert_num_queries(2):  # the audit, its comments
        assert shown(cast).count('class="reveal"') == 31


def say_many(cast: Cast, number: int) -> None:
    """Add many comments at once, each a minute after the one before."""
    tenant = cast.ours
    with scope(organization=tenant.organization):
        Comment.objects.bulk_create(
            Comment(
                organization=tenant.organization,
                audit=tenant.draft,
                question="goal",
                text=f"Remark {each}.",
                by=tenant.contributor,
                at=tenant.comment.at + timedelta(minutes=each),
            )
            for each in range(1, number + 1)
        )


def test_few_comments_are_all_shown_and_no_older_ones_offered(cast: Cast) -> None:
    say_many(cast, MOST_SHOWN - 1)

    page = shown(cast)

    assert page.count('class="reveal"') == MOST_SHOWN
    assert "Older comments" not in page


@pytest.mark.on_both
def test_page_of_a_question_has_the_latest_comments_and_a_link_to_the_others(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    say_many(cast, 1200)
    with scope(organization=cast.ours.organization):
        settled = Comment.objects.filter(text__endswith="00.")
        settled.update(
            resolved_at=cast.ours.comment.at, resolved_by=cast.ours.contributor
        )

    with django_assert_max_num_queries(6):
        part = shown(cast)
    question = html_of(
        client.get(reverse("question", args=[cast.ours.draft.pk, "goal"]))
    )

    assert part.count('class="reveal"') == MOST_SHOWN + 12
    assert "Remark 1199." in part
    assert "Remark 1148." not in part
    assert "12 resolved" in part
    older = reverse("older_comments", args=[cast.ours.draft.pk, "goal"])
    for page in (part, question):
        assert f'href="{older}"' in page
        assert "1,201 comments in all" in page
        assert 'name="comments-shown"' in page
        assert 'value="1201"' in page


@pytest.mark.on_both
def test_older_comments_come_a_page_at_a_time_without_a_script(
    cast: Cast, client: Client
) -> None:
    say_many(cast, 2 * MOST_SHOWN)
    older = reverse("older_comments", args=[cast.ours.draft.pk, "goal"])

    first, last = client.get(older), client.get(f"{older}?page=3")

    assert html_of(first).count('class="reveal"') == MOST_SHOWN
    assert "Remark 100." in html_of(first)
    assert "Up to 2,000 characters." in html_of(first)
    assert 'href="?page=2"' in html_of(first)
    assert html_of(last).count('class="reveal"') == 1
    assert "Northgate counted none" in html_of(last)
    question = reverse("question", args=[cast.ours.draft.pk, "goal"])
    assert f'href="{question}#comments-goal"' in html_of(first)


def test_hourly_limit_keeps_what_was_typed(
    cast: Cast, client: Client, client_of: ClientOf, settings: Settings
) -> None:
    settings.COMMENTS_PER_HOUR = 1
    client.post(url(cast.ours.draft), {"text": "The first"})

    refused = client.post(url(cast.ours.draft), {"text": "The second"})

    assert refused.status_code == 429
    assert 3500 < int(refused["Retry-After"]) <= 3600
    page = html_of(refused)
    assert "You can add 1 comments an hour. Try again in 60 minutes." in page
    assert "The second</textarea>" in page
    assert [c.text for c in comments(cast)][1:] == ["The first"]
    other = client_of(Role.REVIEWER).post(url(cast.ours.draft), {"text": "Mine"})
    assert other.status_code == 302

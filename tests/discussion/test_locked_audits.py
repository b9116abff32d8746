"""Comments on an audit whose answers are locked, and pages that came too late."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Comment, Role
from audits.services.answers.answers import save_answers
from audits.services.discussion.comments import add_comment
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.discussion.conftest import ClientOf
from tests.pages import html_of
from tests.reviews.discarding import discard
from tests.wizard.page_forms import hidden, resend


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def reviewer(client_of: ClientOf) -> Client:
    return client_of(Role.REVIEWER)


@pytest.fixture
def discarded(cast: Cast) -> Audit:
    audit, lead = cast.ours.submitted, cast.ours.contributor
    review_audit(
        audit=audit,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(audit),
    )
    draft = begin_again(audit=audit, by=lead)
    discard(cast, draft)
    return draft


def submit(cast: Cast) -> Audit:
    lead, answers = cast.ours.contributor, {"goal": ["knowledge"]}
    audit, _ = save_answers(audit=cast.ours.draft, by=lead, answers=answers)
    return submit_audit(audit=audit, by=lead)


def list_of(audit: Audit, question: str = "goal") -> str:
    return reverse("older_comments", args=[audit.pk, question])


def add_to(audit: Audit, question: str = "goal") -> str:
    return reverse("add_comment", args=[audit.pk, question])


def texts(audit: Audit) -> list[str]:
    return [comment.text for comment in Comment.objects.filter(audit=audit)]


def test_reviewer_comments_from_the_list_while_the_audit_is_in_review(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    opened = html_of(reviewer.get(list_of(audit)))
    form = hidden(reviewer, list_of(audit))

    told = reviewer.post(add_to(audit), {**form, "text": "Which test?"}, follow=True)

    assert f'action="{add_to(audit)}"' in opened
    assert told.redirect_chain == [(f"{list_of(audit)}#comments-goal", 302)]
    assert "Which test?" in html_of(told)
    assert "Your comment was added." in html_of(told)
    assert texts(audit) == ["Which test?"]


@pytest.mark.once
def test_list_leads_back_to_where_the_answer_is_shown(
    cast: Cast, reviewer: Client
) -> None:
    locked = html_of(reviewer.get(list_of(cast.ours.submitted)))
    draft = html_of(reviewer.get(list_of(cast.ours.draft)))

    answers = reverse("submission", args=[cast.ours.submitted.pk])
    assert f'href="{answers}#q-goal"' in locked
    question = reverse("question", args=[cast.ours.draft.pk, "goal"])
    assert f'href="{question}#comments-goal"' in draft


def test_viewer_reads_the_comments_and_is_offered_no_form(
    cast: Cast, client_of: ClientOf
) -> None:
    viewer = client_of(Role.VIEWER)

    page = html_of(viewer.get(list_of(cast.ours.draft)))

    main = page[page.index("<main") : page.index("</main>")]
    assert "Northgate counted none" in main
    assert "<form" not in main
    answers = reverse("submission", args=[cast.ours.draft.pk])
    assert f'href="{answers}#q-goal"' in main


@pytest.mark.once
def test_resolving_on_a_locked_audit_leads_back_to_the_list(
    cast: Cast, reviewer: Client
) -> None:
    audit = submit(cast)
    comment = cast.ours.comment
    resolve = reverse("resolve_comment", args=[comment.public_id])

    response = reviewer.post(resolve, {"resolved": "yes"})

    assert response["Location"] == f"{list_of(audit)}#comments-goal"


@pytest.mark.thorough
def test_page_sent_after_the_submission_says_what_happened(
    cast: Cast, client: Client
) -> None:
    page = reverse("question", args=[cast.ours.draft.pk, "goal"])
    opened = hidden(client, page)
    submit(cast)

    told = client.post(
        page,
        {**opened, "goal": ["knowledge"], "comment-text": "Late", "add-comment": "1"},
        follow=True,
    )

    said = html_of(told)
    assert "This audit was submitted while your page was open" in said
    assert "Your comment was added." in said


@pytest.mark.thorough
def test_answer_saved_by_itself_after_the_submission_says_what_happened(
    cast: Cast, client: Client
) -> None:
    page = reverse("section", args=[cast.ours.draft.pk, "purpose"])
    opened = hidden(client, page)
    submit(cast)

    sent = resend(client, page, opened, htmx=True, goal=["style"])
    told = html_of(client.get(sent["HX-Redirect"]))

    assert "This audit was submitted while your page was open" in told


@pytest.mark.thorough
def test_numbers_sent_after_the_submission_say_what_happened(
    cast: Cast, client: Client
) -> None:
    page = reverse("numbers", args=[cast.ours.draft.pk])
    opened = hidden(client, page)
    submit(cast)

    told = client.post(page, {**opened, "requests": "100"}, follow=True)

    assert "This audit was submitted while your page was open" in html_of(told)


def test_request_to_a_colleague_after_the_submission_says_that_nobody_was_asked(
    cast: Cast, client: Client
) -> None:
    submit(cast)
    ask = reverse("ask", args=[cast.ours.draft.pk])

    told = client.post(ask, {"section": "purpose"}, follow=True)
    opened = client.get(ask, follow=True)

    said = "Nobody was asked, because the audit was submitted"
    assert said in html_of(told)
    assert said not in html_of(opened)


def test_request_about_a_discarded_draft_says_that_it_was_discarded(
    client: Client, discarded: Audit
) -> None:
    ask = reverse("ask", args=[discarded.pk])

    told = html_of(client.post(ask, {"message": "Who counts?"}, follow=True))

    assert "Nobody was asked, because the draft was discarded" in told
    assert "You wrote: “Who counts?”" in told


def test_comment_on_a_discarded_draft_is_refused_and_given_back(
    client: Client, discarded: Audit
) -> None:
    refused = client.post(add_to(discarded), {"text": "Count again"})

    page = html_of(refused)
    assert refused.status_code == 422
    assert "This draft was discarded, so your comment was not added." in page
    assert "Count again</textarea>" in page
    assert texts(discarded) == []


def test_comment_sent_with_an_answer_to_a_discarded_draft_is_given_back(
    client: Client, discarded: Audit
) -> None:
    page = reverse("question", args=[discarded.pk, "goal"])

    told = client.post(
        page, {"comment-text": "Count again", "add-comment": "1"}, follow=True
    )

    said = html_of(told)
    assert "This draft was discarded, so your comment was not added." in said
    assert "You wrote: “Count again”" in said
    assert "This draft was discarded while your page was open" in said
    assert texts(discarded) == []


@pytest.mark.once
def test_list_of_a_discarded_draft_offers_no_form(
    cast: Cast, reviewer: Client, discarded: Audit
) -> None:
    Comment.objects.create(
        organization=cast.ours.organization,
        audit=discarded,
        question="goal",
        text="Said before",
        by=cast.ours.contributor,
    )

    page = html_of(reviewer.get(list_of(discarded)))

    assert "Said before" in page
    assert add_to(discarded) not in page
    assert "Nobody reads new comments here" in page


def test_audit_that_was_replaced_still_takes_comments(cast: Cast) -> None:
    audit, lead = cast.ours.submitted, cast.ours.contributor
    review_audit(
        audit=audit,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(audit),
    )
    begin_again(audit=audit, by=lead)
    audit.refresh_from_db()

    comment = add_comment(audit=audit, by=lead, question="goal", text="Read this")

    assert comment.text == "Read this"


def test_answer_set_aside_with_a_discarded_draft_says_that_it_was_discarded(
    cast: Cast, client: Client, discarded: Audit
) -> None:
    page = reverse("question", args=[discarded.pk, "goal"])
    sent = {"shown": "goal", "goal": ["style"], "v-goal": "1.0.0", "tab": "a"}
    client.post(page, sent)

    listed = html_of(client.get(reverse("conflicts", args=[discarded.pk])))

    assert "This draft was discarded, so neither answer counts." in listed
    assert "submitted before you could choose" not in listed
    assert "Keep yours" not in listed

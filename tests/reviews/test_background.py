"""What led to an audit and what followed it, on its result and its review page."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.access.audits import audit_with_notices
from audits.models import Audit, Review, Role
from audits.services.answers.answers import save_answers
from audits.services.discussion.comments import add_comment, resolve_comment
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.lineage import lineage_of
from audits.services.reviews.reviews import review_audit, submission_of
from tests import conditions
from tests.casting import Cast, Tenant
from tests.conditions import decided
from tests.pages import html_of
from tests.replayed import replayed
from tests.reviews.conftest import client_of
from tests.reviews.discarding import discard

PAGES = ("result", "review")


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    return client_of(cast, Role.REVIEWER)


def decide(cast: Cast, audit: Audit, outcome: str, words: str) -> Review:
    reviewer = cast.ours.people[Role.REVIEWER]
    return conditions.decide(audit, reviewer, **decided(audit, outcome, words))


def submitted_again(cast: Cast, audit: Audit) -> Audit:
    audit.refresh_from_db()
    return submit_audit(audit=audit, by=cast.ours.contributor)


def renewed(cast: Cast) -> Audit:
    """Sign the submitted audit off with a condition, and submit one that follows."""
    _renew(cast.ours)
    return Audit.objects.with_use_case().get(supersedes=cast.ours.submitted.pk)


@replayed
def _renew(tenant: Tenant) -> None:
    review_audit(
        audit=tenant.submitted,
        by=tenant.people[Role.REVIEWER],
        **decided(tenant.submitted, "conditions", "Count again in March."),
        submission=submission_of(tenant.submitted),
    )
    new = begin_again(audit=tenant.submitted, by=tenant.contributor)
    new.refresh_from_db()
    submit_audit(audit=new, by=tenant.contributor)


def shown(client: Client, view: str, audit: Audit) -> str:
    return html_of(client.get(reverse(view, args=[audit.pk])))


@pytest.mark.thorough
def test_every_earlier_review_stays_readable_once_there_is_one(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    one: dict[str, str] = {}
    for reason in ("Who counted?", "Count twice.", "Name the test."):
        decide(cast, audit, "sent_back", reason)
        audit = submitted_again(cast, audit)
        one = one or {view: shown(reviewer, view, audit) for view in PAGES}

    for view, html in one.items():
        assert html.count("Who counted?") == 1, view
        assert "earlier review" not in html
    for view in PAGES:
        html = shown(reviewer, view, audit)
        start = html.index("2 earlier reviews")
        folded = html[start : html.index("</details>", start)]
        assert "Name the test." in html[: html.index("2 earlier reviews")]
        assert folded.index("Count twice.") < folded.index("Who counted?")
        assert folded.count("<strong>Sent back</strong> by") == 2


@pytest.mark.thorough
def test_audit_leads_to_the_one_it_follows(cast: Cast, reviewer: Client) -> None:
    before = cast.ours.submitted
    new = renewed(cast)

    for view in PAGES:
        html = shown(reviewer, view, new)
        part = html[html.index("The audit before this one") :]
        part = part[: part.index("</section>")]
        assert f'href="{reverse("result", args=[before.pk])}"' in part
        assert '<span class="verdict ' in part
        assert "<strong>Signed off with conditions</strong> by" in part
        assert "Northgate reviewer" in part
        assert "Count again in March." in part


@pytest.mark.on_both
def test_audit_leads_to_the_one_that_follows_it(cast: Cast, reviewer: Client) -> None:
    new = renewed(cast)
    decide(cast, new, "approved", "")
    newest = begin_again(audit=new, by=cast.ours.contributor)

    first = shown(reviewer, "result", cast.ours.submitted)
    second = shown(reviewer, "result", new)

    part = first[first.index("The audit after this one") :]
    part = part[: part.index("</section>")]
    assert f'href="{reverse("result", args=[new.pk])}"' in part
    assert "<strong>Signed off</strong> by" in part
    assert "The audit before this one" not in first
    part = second[second.index("The audit after this one") :]
    assert f'href="{reverse("result", args=[newest.pk])}"' in part
    assert "It is still a draft." in part
    assert "The audit before this one" in second


def test_signed_off_audit_leads_to_the_drafts_discarded_after_it(
    cast: Cast, reviewer: Client
) -> None:
    decide(cast, cast.ours.submitted, "approved", "")
    alone = shown(reviewer, "result", cast.ours.submitted)
    draft = begin_again(audit=cast.ours.submitted, by=cast.ours.contributor)
    discard(cast, draft)

    html = shown(reviewer, "result", cast.ours.submitted)

    kept = reverse("submission", args=[draft.pk])
    assert f'<a href="{kept}">Read its answers</a>' in html
    assert "discarded" not in alone
    assert "The audit after this one" not in html


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize("view", PAGES)
def test_page_leads_to_what_was_submitted_and_to_questions_with_comments(
    cast: Cast, reviewer: Client, view: str
) -> None:
    audit, lead = cast.ours.submitted, cast.ours.contributor
    before = shown(reviewer, view, audit)
    for question, text in (("team", "A"), ("goal", "B"), ("goal", "C")):
        comment = add_comment(audit=audit, by=lead, question=question, text=text)
    resolve_comment(comment=comment, by=lead)

    html = shown(reviewer, view, audit)

    there = reverse("submission", args=[cast.ours.submitted.pk])
    assert f'<a href="{there}">Answers, evidence and notes as submitted</a>' in before
    assert " comments on " not in before
    there = reverse("older_comments", args=[audit.pk, "goal"])
    assert "3 comments on 2 questions" in html
    assert f'<a href="{there}">What is wrong</a>' in html
    assert "2 comments, 1 open" in html
    assert html.index(there) < html.index(
        reverse("older_comments", args=[audit.pk, "team"])
    )


@pytest.mark.thorough
@pytest.mark.once
def test_draft_says_that_its_answers_may_still_change(
    cast: Cast, reviewer: Client
) -> None:
    draft = cast.ours.draft
    save_answers(audit=draft, by=cast.ours.contributor, answers={"goal": ["style"]})

    html = shown(reviewer, "result", draft)

    assert "Answers, evidence and notes so far" in html
    assert "as submitted" not in html


@pytest.mark.once
def test_first_draft_costs_no_query_for_what_it_has_not(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = cast.ours.contributor.memberships.get()
    audit = audit_with_notices(member, cast.ours.draft.pk)

    with django_assert_num_queries(0):
        lineage = lineage_of(audit)

    assert (lineage.earlier_reviews, lineage.before, lineage.after) == ((), None, None)


@pytest.mark.once
def test_signed_off_audit_that_nobody_follows_costs_the_query_of_its_reviews(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    decide(cast, cast.ours.submitted, "approved", "Counted.")
    member = cast.ours.contributor.memberships.get()
    audit = audit_with_notices(member, cast.ours.submitted.pk)

    with django_assert_num_queries(1):
        lineage = lineage_of(audit)
        assert lineage.review is not None
        assert lineage.review.organization == cast.ours.organization

    assert (lineage.before, lineage.after, lineage.discarded) == (None, None, ())


@pytest.mark.once
def test_audit_in_the_middle_costs_two_queries(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    new = renewed(cast)
    decide(cast, new, "approved", "Counted.")
    newest = begin_again(audit=new, by=cast.ours.contributor)
    member = cast.ours.contributor.memberships.get()
    audit = audit_with_notices(member, new.pk)

    with django_assert_num_queries(2):
        lineage = lineage_of(audit)

    assert lineage.review is not None
    assert lineage.before is not None
    assert lineage.before.review is not None
    assert lineage.after is not None
    assert lineage.review.audit == audit
    assert lineage.before.audit == cast.ours.submitted
    assert lineage.before.review.audit == cast.ours.submitted
    assert lineage.after.audit == newest
    assert lineage.after.review is None


def test_superseded_audit_leads_to_the_one_in_force_without_another_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = client_of(cast, Role.VIEWER)
    oldest, second = cast.ours.submitted, renewed(cast)
    decide(cast, second, "approved", "Counted.")
    third = begin_again(audit=second, by=cast.ours.contributor)
    third = submitted_again(cast, third)
    decide(cast, third, "conditions", "Counted again.")
    begin_again(audit=third, by=cast.ours.contributor)
    shown(viewer, "result", oldest)

    # Session, person, member, audit, other audits, reviews, answers that wait, the
    # conditions of the sign-off with what became of them, the board's decision, and
    # second opinions, which may give another verdict.
    with django_assert_num_queries(11):
        html = shown(viewer, "result", oldest)

    there = reverse("result", args=[third.pk])
    assert "A newer audit has replaced this one" in html
    assert f'<a href="{there}">Read the current audit</a>' in html
    part = html[html.index("The audit after this one") :]
    part = part[: part.index("</section>")]
    assert f'href="{reverse("result", args=[second.pk])}"' in part
    assert "Counted." in part
    assert "Read the current audit" not in shown(viewer, "result", third)


@pytest.mark.thorough
@pytest.mark.once
def test_discarded_draft_leads_to_the_audit_that_stayed_in_force(
    cast: Cast, reviewer: Client
) -> None:
    decide(cast, cast.ours.submitted, "approved", "")
    draft = begin_again(audit=cast.ours.submitted, by=cast.ours.contributor)
    discard(cast, draft)
    begin_again(audit=cast.ours.submitted, by=cast.ours.contributor)

    html = shown(reviewer, "result", draft)

    there = reverse("result", args=[cast.ours.submitted.pk])
    assert "This draft was discarded." in html
    assert f'<a href="{there}">Read the current audit</a>' in html

"""A reviewer other than the author signs off, or sends back with a reason."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.utils import timezone
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Event, PortfolioRow, Review, Role, User
from audits.services.answers.answers import AuditLocked, save_answers
from audits.services.answers.evidence import digest_of_evidence
from audits.services.reviews.audits import digest_of_entries, reopen_audit, submit_audit
from audits.services.reviews.reviews import (
    NotInReview,
    OwnSubmission,
    latest_review,
    review_audit,
    submission_of,
)
from tests.casting import Cast
from tests.conditions import decided
from tests.queued_mails import send_queued_mails


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def test_approval_signs_off_for_a_year_at_most(cast: Cast, reviewer: User) -> None:
    audit = cast.ours.submitted

    review = review_audit(
        audit=audit, by=reviewer, outcome="approved", submission=submission_of(audit)
    )

    audit.refresh_from_db()
    assert (audit.state, audit.signed_off_at) == (Audit.State.SIGNED_OFF, review.at)
    assert audit.valid_until
    today = timezone.localdate()
    assert today < audit.valid_until <= today + timedelta(days=366)
    assert (review.verdict, review.entries) == (audit.verdict, digest_of_entries(audit))
    found = PortfolioRow.objects.get(use_case=audit.use_case_id)
    assert (found.state, found.due_on) == ("signed_off", audit.valid_until)


def test_review_leaves_an_event_with_what_was_signed(
    cast: Cast, reviewer: User
) -> None:
    review = review_audit(
        audit=cast.ours.submitted,
        by=reviewer,
        **decided(cast.ours.submitted, "conditions", "Test it."),
        submission=submission_of(cast.ours.submitted),
    )

    event = Event.objects.get(verb="audit.conditions")
    assert (event.actor, event.subject) == (reviewer, str(cast.ours.submitted.pk))
    assert event.details == {
        "review": str(review.pk),
        "verdict": review.verdict,
        "entries": review.entries,
        "evidence": digest_of_evidence(Review.objects.get().evidence),
        "submission": submission_of(cast.ours.submitted),
        "conditions": 1,
    }


@pytest.mark.parametrize("outcome", ["conditions", "sent_back"])
@pytest.mark.parametrize("words", ["", " \n "])
def test_conditions_need_one_and_sending_back_needs_words(
    cast: Cast, reviewer: User, outcome: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        review_audit(
            audit=cast.ours.submitted,
            by=reviewer,
            outcome=outcome,
            words=words,
            submission=submission_of(cast.ours.submitted),
        )

    missing = "words" if outcome == "sent_back" else "conditions"
    assert list(refusal.value.message_dict) == [missing]
    assert not Review.objects.exists()
    cast.ours.submitted.refresh_from_db()
    assert cast.ours.submitted.state == Audit.State.IN_REVIEW


def test_who_submitted_cannot_review(cast: Cast) -> None:
    with pytest.raises(OwnSubmission):
        review_audit(
            audit=cast.ours.submitted,
            by=cast.ours.contributor,
            outcome="approved",
            submission=submission_of(cast.ours.submitted),
        )

    assert not Review.objects.exists()


def test_draft_cannot_be_reviewed(cast: Cast, reviewer: User) -> None:
    with pytest.raises(NotInReview):
        review_audit(
            audit=cast.ours.draft,
            by=reviewer,
            outcome="approved",
            submission=submission_of(cast.ours.draft),
        )


@pytest.mark.parametrize("outcome", ["approved", "sent_back"])
@pytest.mark.on_both
def test_twice_is_as_good_as_once(cast: Cast, reviewer: User, outcome: str) -> None:
    audit = cast.ours.submitted
    first = review_audit(
        audit=audit,
        by=reviewer,
        outcome=outcome,
        words="So",
        submission=submission_of(audit),
    )

    again = review_audit(
        audit=audit,
        by=reviewer,
        outcome=outcome,
        words="So",
        submission=submission_of(audit),
    )

    assert again == first
    assert Review.objects.count() == 1
    assert Event.objects.filter(verb=f"audit.{outcome}").count() == 1


@pytest.mark.thorough
def test_same_reason_for_the_next_submission_is_not_swallowed(
    cast: Cast, reviewer: User
) -> None:
    lead, audit = cast.ours.contributor, cast.ours.submitted
    send_back = partial(review_audit, by=reviewer, outcome="sent_back", words="Fix it.")
    send_back(audit=audit, submission=submission_of(audit))
    audit = submit_audit(audit=audit, by=lead)
    read = submission_of(audit)
    reopen_audit(audit=audit, by=lead)

    with pytest.raises(NotInReview):
        send_back(audit=audit, submission=read)
    audit = submit_audit(audit=audit, by=lead)
    send_back(audit=audit, submission=submission_of(audit))

    assert Review.objects.count() == 2


@pytest.mark.on_both
def test_second_reviewer_does_not_overrule_the_first(
    cast: Cast, reviewer: User
) -> None:
    audit = cast.ours.submitted
    review_audit(
        audit=audit, by=reviewer, outcome="approved", submission=submission_of(audit)
    )

    with pytest.raises(NotInReview):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.ADMIN],
            outcome="sent_back",
            words="No",
            submission=submission_of(audit),
        )

    audit.refresh_from_db()
    assert audit.state == Audit.State.SIGNED_OFF


@pytest.mark.on_both
def test_only_what_the_reviewer_has_read_is_signed(cast: Cast, reviewer: User) -> None:
    read = submission_of(cast.ours.submitted)
    lead = cast.ours.contributor
    audit = reopen_audit(audit=cast.ours.submitted, by=lead)
    save_answers(audit=audit, by=lead, answers={"state": "planned"})
    submit_audit(audit=audit, by=lead)

    with pytest.raises(NotInReview):
        review_audit(audit=audit, by=reviewer, outcome="approved", submission=read)

    assert not Review.objects.exists()


def test_sending_back_makes_a_draft_and_mails_the_author(
    cast: Cast,
    reviewer: User,
    settings: Settings,
    mailoutbox: list[EmailMessage],
) -> None:
    settings.SITE_URL = "https://attune.example.org"
    audit = cast.ours.submitted
    review_audit(
        audit=audit,
        by=reviewer,
        outcome="sent_back",
        words="Who counted?\n\nSay how.",
        submission=submission_of(audit),
    )
    send_queued_mails()

    audit.refresh_from_db()
    assert (audit.state, audit.assessment) == (Audit.State.DRAFT, None)
    assert PortfolioRow.objects.get(use_case=audit.use_case_id).state == "draft"
    (mail,) = mailoutbox
    assert mail.subject == "Sent back: Northgate handbook"
    assert mail.to == ["contributor@northgate.example"]
    assert mail.reply_to == ["reviewer@northgate.example"]
    assert "> Who counted?\n> \n> Say how.\n" in mail.body
    assert f"https://attune.example.org/audits/{audit.pk}/\n" in mail.body


def test_approval_mails_who_submitted_it_and_not_who_gave_it(
    cast: Cast,
    reviewer: User,
    mailoutbox: list[EmailMessage],
) -> None:
    review_audit(
        audit=cast.ours.submitted,
        by=reviewer,
        outcome="approved",
        submission=submission_of(cast.ours.submitted),
    )
    send_queued_mails()

    assert [mail.to for mail in mailoutbox] == [[cast.ours.contributor.email]]


@pytest.mark.on_both
def test_review_stands_where_the_mail_server_does_not(
    cast: Cast,
    reviewer: User,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    backend = "tests.discussion.broken_mail.RefusingBackend"
    settings.MAILERS = {"default": {"BACKEND": backend}}
    with caplog.at_level(logging.ERROR):
        review = review_audit(
            audit=cast.ours.submitted,
            by=reviewer,
            outcome="sent_back",
            words="Why?",
            submission=submission_of(cast.ours.submitted),
        )
        send_queued_mails()

    assert latest_review(cast.ours.submitted) == review
    assert f"The mail about the review {review.pk} was not sent" in caplog.text


def test_signed_off_audit_cannot_be_opened_again(cast: Cast, reviewer: User) -> None:
    audit = cast.ours.submitted
    review_audit(
        audit=audit, by=reviewer, outcome="approved", submission=submission_of(audit)
    )

    with pytest.raises(AuditLocked):
        reopen_audit(audit=audit, by=cast.ours.contributor)

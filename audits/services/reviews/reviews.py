"""Signs audits off, or sends them back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from audits.models import Audit, Cover, Membership, Review, User
from audits.models.fields.text import fitting_text
from audits.scoring.explaining.completeness import Provisional
from audits.scoring.sentences.cannot_be_right import in_one_line
from audits.services.answers.answers import locked_audit
from audits.services.answers.evidence import digest_of_evidence, evidence_behind
from audits.services.conditions.conditions import (
    CONDITION_NEEDED,
    Term,
    add_conditions,
    checked_terms,
    words_with,
)
from audits.services.discussion.answer_requests import close_signed
from audits.services.people.mails import mail_sent_back
from audits.services.people.sign_off_mails import mail_signed
from audits.services.portfolio.rows import end_renewal, update_portfolio_row
from audits.services.read_files.outcomes import compare_again
from audits.services.record import events
from audits.services.reviews.audits import digest_of_entries, open_again
from audits.services.reviews.drift import validity_of
from audits.services.reviews.opinions.second_opinions import (
    opinions_on,
    require_opinion,
)
from audits.services.reviews.points import checked_points
from audits.services.reviews.separation import separation_of
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.services.verdicts.opening import NEEDS_OPENING, to_open

MOST_CHARACTERS = 1000
WORDS_NEEDED = "Enter the reason, so that the author knows what to do"
_CONTRADICT = "Its entries contradict each other:"
_SEND_BACK = "Send it back for the team to correct them."


class OwnSubmission(Exception):  # noqa: N818 - the state it is in, not a fault
    """The submitter of an audit cannot review it."""


class NotReady(Exception):  # noqa: N818 - the state it is in, not a fault
    """Only the team can make the verdict one to sign off; the text says how."""


class OwnAnswers(Exception):  # noqa: N818 - the state it is in, not a fault
    """People who answered an audit cannot sign it off."""


class NotInReview(Exception):  # noqa: N818 - the state it is in, not a fault
    """There is nothing to review, or it changed after the reviewer read it."""


@transaction.atomic
def review_audit(
    *,
    audit: Audit,
    by: User,
    outcome: str,
    submission: str,
    words: str = "",
    conditions: Sequence[Term] = (),
    opened: bool = False,
    points: Mapping[str, str] | None = None,
) -> Review:
    """Sign off a submitted audit, or send it back; a repetition has no effect.

    Args:
        audit: The audit; its row is read again and locked.
        by: The reviewer.
        outcome: One of `Review.Outcome`.
        submission: The result of `submission_of` when the reviewer read it.
        words: The reason to send it back; else a comment, which may be empty.
        conditions: What an approval with conditions asks for.
        opened: Whether the reviewer opened the links and files behind a verdict to
            train, which is needed to sign one off.
        points: The questions to answer again if it is sent back, each with what the
            reviewer writes about it, which may be empty.

    Raises:
        NotInReview: It is not in review, or it, its use case or its page 1 changed
            after the reviewer read it.
        OwnSubmission: The reviewer submitted it.
        OwnAnswers: The reviewer answered a question of it, would sign it off, and the
            organization does not allow that. They may send it back.
        LacksOpinion: The organization asks for a second opinion of somebody else, and
            there is none.
        NotReady: The verdict is provisional, or its entries contradict each other, and
            they would sign it off.
        ValidationError: Words are missing or invalid, or nobody opened the links.
    """
    words = fitting_text(words, MOST_CHARACTERS)
    with_conditions = outcome == Review.Outcome.CONDITIONS
    terms = checked_terms(audit, conditions if with_conditions else ())
    words, comment = words_with(words, terms), words
    is_returned = outcome == Review.Outcome.SENT_BACK
    pointed = checked_points(audit, points or {}) if is_returned else []
    audit = locked_audit(audit)
    if audit.state != Audit.State.IN_REVIEW:
        return _same_again(audit, by, (outcome, words, submission, pointed))
    if submission != submission_of(audit):
        raise NotInReview
    if audit.submitted_by_id == by.pk:
        raise OwnSubmission
    _check(outcome, comment or _written(pointed), terms)
    if not is_returned and (why_not := why_not_ready(audit)):
        raise NotReady(why_not)
    if not is_returned:
        require_opinion(audit, by)
    review = Review.objects.create(
        organization=audit.organization,
        audit=audit,
        outcome=outcome,
        words=words,
        verdict=audit.verdict,
        entries=digest_of_entries(audit),
        evidence=evidence_behind(audit),
        submission=submission,
        **_signed_now(audit),
        **_vouched(audit, by, outcome, opened=opened),
        by=by,
        points=pointed,
    )
    asked = add_conditions(review, terms)
    if is_returned:
        _send_back(audit, review)
    else:
        _sign_off(audit, review, {each.owner_id for each in asked})
    _record(audit, review, len(terms))
    return review


def _opened(audit: Audit, outcome: str, *, opened: bool) -> int:
    """Return how many links and files a sign-off of training says to be opened."""
    if outcome == Review.Outcome.SENT_BACK:
        return 0
    number = len(to_open(audit, assessment_of(audit)))
    if number and not opened:
        raise ValidationError({"opened": NEEDS_OPENING})
    return number


def _record(audit: Audit, review: Review, conditions: int) -> None:
    own = review.own_answers
    events.record(
        organization=audit.organization,
        actor=review.by,
        verb=f"audit.{review.outcome}",
        subject=str(audit.pk),
        review=str(review.pk),
        verdict=review.verdict,
        entries=review.entries,
        evidence=digest_of_evidence(review.evidence),
        submission=review.submission,
        **({"own_answers": own} if own else {}),
        **({"conditions": conditions} if conditions else {}),
        **({"opened": review.opened} if review.opened else {}),
        **({"points": [x["question"] for x in review.points]} if review.points else {}),
    )


def submission_of(audit: Audit, cover: Cover | None = None) -> str:
    """Return the SHA-256 of the signed content.

    This is the answers, the links and files behind them, their use case and page 1 of
    the paper. It differs between
    submissions, also of the same content.

    Args:
        audit: The audit.
        cover: The words of page 1 that a page shows; the stored ones, if not given.
    """
    use_case = audit.use_case
    cover = cover or _cover_of(audit)
    signed = [
        *(str(audit.submitted_at), use_case.name, use_case.summary),
        *(str(use_case.team), str(use_case.owner), use_case.stage),
        *(digest_of_entries(audit), cover.words),
        digest_of_evidence(evidence_behind(audit)),
    ]
    # Who signs has read each second opinion.
    signed += opinions_on(audit)
    text = json.dumps(signed, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def may_be_reviewed(audit: Audit, member: Membership) -> bool:
    """Return whether a member can review an audit now."""
    is_theirs = audit.submitted_by_id == member.user_id
    is_waiting = audit.state == Audit.State.IN_REVIEW
    return member.may_review and is_waiting and not is_theirs


def missing_in(audit: Audit) -> Provisional | None:
    """Return what a submitted verdict lacks; None if nothing."""
    return assessment_of(audit).provisional


def why_not_ready(audit: Audit) -> str:
    """Say what keeps a submitted verdict from being signed off; empty if nothing.

    No board can vote on one whose entries contradict each other, as portfolio and pack
    say, so nobody signs it.
    """
    if missing := missing_in(audit):
        return missing.sentence
    wrong = in_one_line(framework_of(audit), assessment_of(audit))
    return f"{_CONTRADICT} {wrong} {_SEND_BACK}" if wrong else ""


def latest_review(audit: Audit) -> Review | None:
    """Return the latest review of an audit, for any submission."""
    found: Review | None = (
        Review.objects.filter(audit=audit)
        .select_related("by", "organization")
        .order_by("-at")
        .first()
    )
    if found is not None:
        found.audit = audit
    return found


def _cover_of(audit: Audit) -> Cover:
    return Cover.objects.filter(audit=audit).first() or Cover()


def _signed_now(audit: Audit) -> dict[str, Any]:
    """Return what a review keeps of the use case and of page 1, which may change."""
    use_case = audit.use_case
    return {
        "name": use_case.name,
        "summary": use_case.summary,
        "team": str(use_case.team),
        "owner": use_case.owner,
        "stage": use_case.stage,
        "page_one": _cover_of(audit).as_stored,
    }


def _vouched(audit: Audit, by: User, outcome: str, *, opened: bool) -> dict[str, Any]:
    """Return what the reviewer answered and opened of what they sign off."""
    own = 0 if outcome == Review.Outcome.SENT_BACK else _own_answers(audit, by)
    allowed = audit.organization.answerers_may_sign_since if own else None
    return {
        "own_answers": own,
        "allowed_since": allowed,
        "opened": _opened(audit, outcome, opened=opened),
    }


def _own_answers(audit: Audit, by: User) -> int:
    """Count the questions that the reviewer answered, if that is allowed."""
    separation = separation_of(audit, by)
    if not separation.may_sign:
        raise OwnAnswers
    return len(separation.own)


def _check(outcome: str, words: str, conditions: Sequence[Term]) -> None:
    if outcome not in Review.Outcome.values:
        raise ValidationError({"outcome": "Choose your decision"})
    if outcome == Review.Outcome.CONDITIONS and not conditions:
        raise ValidationError({"conditions": CONDITION_NEEDED})
    if outcome == Review.Outcome.SENT_BACK and not words:
        raise ValidationError({"words": WORDS_NEEDED})


def _written(points: list[dict[str, str]]) -> str:
    """Return what is written about questions, if anything is."""
    return " ".join(each["words"] for each in points if each["words"])


def _same_again(audit: Audit, by: User, sent: tuple[Any, ...]) -> Review:
    """Return the review sent earlier, for example by a double click."""
    last = latest_review(audit)
    if last is None or last.by_id != by.pk:
        raise NotInReview
    if (last.outcome, last.words, last.submission, last.points) != sent:
        raise NotInReview
    return last


def _send_back(audit: Audit, review: Review) -> None:
    author = audit.submitted_by
    open_again(audit)
    if author is not None:
        mail_sent_back.enqueue(str(audit.organization_id), str(review.pk), author.pk)


def _sign_off(audit: Audit, review: Review, asked: set[int]) -> None:
    """Sign an audit off, and email its readers and the owners of its conditions."""
    if audit.supersedes_id is not None:
        old = locked_audit(Audit(pk=audit.supersedes_id))
        old.state = Audit.State.SUPERSEDED
        old.save(update_fields=["state"])
        end_renewal(audit)
    audit.state = Audit.State.SIGNED_OFF
    audit.signed_off_at = review.at
    audit.valid_until = validity_of(audit, timezone.localdate(review.at))
    audit.review_due_at, audit.review_cause = None, ""
    audit.save(
        update_fields=[
            *("state", "signed_off_at", "valid_until"),
            *("review_due_at", "review_cause"),
        ]
    )
    update_portfolio_row(audit, assessment_of(audit))
    compare_again(audit.use_case)
    close_signed(audit=audit, by=review.by)
    readers = {audit.submitted_by_id, audit.use_case.owner_id} | asked
    for reader in readers - {review.by_id}:
        if reader is not None:
            mail_signed.enqueue(str(audit.organization_id), str(review.pk), reader)

"""Discards a draft that follows a signed-off audit, and tells whose work is in it."""

import hashlib
import json
from collections.abc import Iterator, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list

from audits.models import (
    AnswerRequest,
    Audit,
    Comment,
    CoverVersion,
    Evidence,
    Membership,
    RemovedEvidence,
    Review,
    Role,
    Submission,
    User,
    Version,
)
from audits.services.answers.answers import locked_audit
from audits.services.discussion.answer_requests import close_ask
from audits.services.people.mails import mail_discarded
from audits.services.portfolio.rows import end_renewal
from audits.services.record import events
from audits.services.reviews.audits import digest_of_entries
from audits.services.use_cases.dropped_results import keep_of_draft
from audits.services.verdicts.assessments import framework_of

_YOUR_SIGN_OFF = (
    "You signed off the audit before this draft, and {others} worked on the draft or "
    "submitted it. So only somebody else can discard it. You can go on with it, or ask "
    "a colleague."
)
_SUBMITTED = (
    "This draft was submitted before, so only {who} can discard it. You can go on with "
    "it, or ask one of them."
)
_ADMIN = "an administrator"

# The keys of the numbers and of page 1 of the board paper in `Work`.
NUMBERS, PAGE_ONE = "", "page 1"
CANDIDATES = "candidates"
_TOGETHER: dict[str, str] = {
    Version.Kind.NUMBER: NUMBERS,
    Version.Kind.CANDIDATE: CANDIDATES,
}
_LABELS = {NUMBERS: "The numbers", CANDIDATES: "The candidates"}

# What each person worked on: ids of questions and the like, and their labels.
type Work = Mapping[User, Mapping[str, str]]


class NothingToGoBackTo(Exception):  # noqa: N818 - the state it is in, not a fault
    """The draft is the first audit of its use case, or it is no longer a draft."""


class DraftChanged(Exception):  # noqa: N818 - the state it is in, not a fault
    """Somebody worked on the draft, or submitted it, after it was read."""


def why_not_discard(draft: Audit, member: Membership) -> str:
    """Return why a member may not discard a draft; empty if they may.

    The earlier sign-off stays in force then. So who signed it off never discards what
    anybody else entered or submitted. Of the others, only an administrator discards a
    draft that was submitted before, or who submitted it, if only the signer did too.
    """
    me, signer = member.user, _signer(draft)
    if signer == me:
        others = [person for person in authors_of(draft) if person != me]
        return _YOUR_SIGN_OFF.format(others=_named(others)) if others else ""
    submitters = _submitters(draft)
    if not submitters or member.acts_as == Role.ADMIN:
        return ""
    authors = [person for person in submitters if person != signer]
    if authors == [me]:
        return ""
    who = f"{authors[0]} or {_ADMIN}" if len(authors) == 1 else _ADMIN
    return _SUBMITTED.format(who=who)


@transaction.atomic
def discard_draft(*, audit: Audit, by: User, read: str | None = None) -> Audit:
    """Give up a draft that was to replace a signed-off audit, which stays in force.

    The answers of the draft stay stored, and its authors get an email. Its requests to
    colleagues are closed. What its results files said is kept without their cases.

    Args:
        audit: The draft; its row is read again and locked.
        by: Who discards it; the caller has checked that they may.
        read: The result of `digest_of_draft` when they read it; None for any.

    Raises:
        NothingToGoBackTo: It is not a draft, or it is the first audit of its use case.
        DraftChanged: It is not as they read it.
    """
    new = locked_audit(audit)
    if not new.is_draft or new.supersedes_id is None:
        raise NothingToGoBackTo
    if read is not None and read != digest_of_draft(new):
        raise DraftChanged
    old = Audit.objects.get(pk=new.supersedes_id)
    new.state = Audit.State.SUPERSEDED
    new.discarded_at, new.discarded_by = timezone.now(), by
    new.save(update_fields=["state", "discarded_at", "discarded_by"])
    keep_of_draft(new, by)
    end_renewal(new)
    for ask in (
        AnswerRequest.objects.open().filter(audit=new).select_related("organization")
    ):
        close_ask(ask=ask, by=by)
    events.record(
        organization=new.organization,
        actor=by,
        verb="audit.discarded",
        subject=str(new.pk),
        back_to=str(old.pk),
    )
    for author in authors_of(new):
        if author != by:
            mail_discarded.enqueue(str(new.organization_id), str(new.pk), author.pk)
    return old


def digest_of_draft(draft: Audit) -> str:
    """Return the SHA-256 of all that a draft holds, and of its submissions."""
    rows = [
        [str(key) for key in found.order_by("pk").values_list("pk", flat=True)]
        for found in (
            Evidence.objects.filter(audit=draft),
            RemovedEvidence.objects.filter(audit=draft),
            Comment.objects.filter(audit=draft),
            CoverVersion.objects.filter(audit=draft),
            AnswerRequest.objects.filter(audit=draft),
            Submission.objects.filter(audit=draft),
        )
    ]
    # One that was set aside is not among the entries.
    versions = Version.objects.filter(audit=draft).count()
    held = [digest_of_entries(draft), versions, *rows]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()


def work_in(draft: Audit) -> Work:
    """Return what each person entered in a draft itself, or on page 1 of its paper.

    What it began with is older than the draft. A request to a colleague counts, as a
    comment does: somebody wrote it for this draft, and it is closed with it.
    """
    framework = framework_of(draft)
    found: dict[User, dict[str, str]] = {}
    for by, question in _entered(draft):
        label = _LABELS.get(question) or framework.answerable[question].label
        found.setdefault(by, {})[question] = label
    for version in CoverVersion.objects.filter(audit=draft).select_related("by"):
        found.setdefault(version.by, {})[PAGE_ONE] = "Page 1 of the board paper"
    for ask in AnswerRequest.objects.filter(audit=draft).select_related("by", "of"):
        found.setdefault(ask.by, {})[f"ask {ask.pk}"] = f"A request to {ask.of}"
    return found


def authors_of(draft: Audit) -> list[User]:
    """Return who entered something in a draft, and who submitted it."""
    return list(dict.fromkeys([*work_in(draft), *_submitters(draft)]))


def _submitters(draft: Audit) -> list[User]:
    """Return who ever submitted a draft, the first one first."""
    submissions = Submission.objects.filter(audit=draft).select_related("by")
    return list(dict.fromkeys(submission.by for submission in submissions))


def _signer(draft: Audit) -> User | None:
    """Return who signed off the audit that stays in force if a draft is discarded."""
    reviews = Review.objects.filter(audit=draft.supersedes_id).select_related("by")
    last = reviews.order_by("-at").first()
    return last.by if last else None


def _named(people: list[User]) -> str:
    return get_text_list([str(person) for person in people], "and")


def _entered(draft: Audit) -> Iterator[tuple[User, str]]:
    versions = Version.objects.filter(audit=draft, at__gte=draft.created_at)
    for version in versions.select_related("by").order_by("pk"):
        yield version.by, _TOGETHER.get(version.kind, version.item)
    added = Evidence.objects.filter(audit=draft, added_at__gte=draft.created_at)
    for evidence in added.select_related("added_by"):
        yield evidence.added_by, evidence.question
    for gone in RemovedEvidence.objects.filter(audit=draft).with_people():
        if gone.added_at >= draft.created_at:
            yield gone.added_by, gone.question
        yield gone.removed_by, gone.question
    for comment in Comment.objects.filter(audit=draft).select_related("by"):
        yield comment.by, comment.question

"""Writes comments on questions, and reads them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.models import Audit, Comment, User
from audits.models.text import fitting_text
from audits.services.record import events

MOST_CHARACTERS = 2000


def comments_of(audit: Audit) -> dict[str, list[Comment]]:
    """Return an audit's comments by question, each list from old to new."""
    found: dict[str, list[Comment]] = {}
    for comment in Comment.objects.with_people().filter(audit=audit):
        found.setdefault(comment.question, []).append(comment)
    return found


@transaction.atomic
def add_comment(
    *, audit: Audit, by: User, question: str, text: str, shown: int | None = None
) -> Comment:
    """Comment on a question of an audit, whatever state the audit is in.

    Args:
        audit: The audit.
        by: Who comments.
        question: The id of a question of its framework.
        text: What they say.
        shown: How many comments on the question they had before them. If they have
            said the same since, their page was sent twice, and nothing is added. None
            for a comment that no page sends.

    Returns:
        The comment, or the one that says the same.

    Raises:
        ValidationError: The text is empty, too long or cannot be stored.
    """
    text = fitting_text(text, MOST_CHARACTERS)
    if not text:
        message = "Enter a comment"
        raise ValidationError(message, code="required")
    if shown is not None:
        said = _said_since(audit, by, question, text, shown)
        if said is not None:
            return said
    comment = Comment.objects.create(
        organization=audit.organization,
        audit=audit,
        question=question,
        text=text,
        by=by,
    )
    _record(comment, by, "comment.added")
    return comment


def _said_since(
    audit: Audit, by: User, question: str, text: str, shown: int
) -> Comment | None:
    """Return a comment that says the same; two requests for one audit take turns."""
    Audit.objects.select_for_update(of=("self",)).get(pk=audit.pk)
    since = Comment.objects.filter(audit=audit, question=question)[shown:]
    return next((c for c in since if (c.by_id, c.text) == (by.pk, text)), None)


@transaction.atomic
def resolve_comment(*, comment: Comment, by: User) -> Comment:
    """Note that nothing is left to do about a comment; twice is as good as once."""
    comment = _locked(comment)
    if not comment.is_resolved:
        comment.resolved_by = by
        comment.resolved_at = timezone.now()
        comment.save(update_fields=["resolved_by", "resolved_at"])
        _record(comment, by, "comment.resolved")
    return comment


@transaction.atomic
def reopen_comment(*, comment: Comment, by: User) -> Comment:
    """Take it back that a comment is resolved; twice is as good as once."""
    comment = _locked(comment)
    if comment.is_resolved:
        comment.resolved_by = comment.resolved_at = None
        comment.save(update_fields=["resolved_by", "resolved_at"])
        _record(comment, by, "comment.reopened")
    return comment


def _record(comment: Comment, by: User, verb: str) -> None:
    events.record(
        organization=comment.organization,
        actor=by,
        verb=verb,
        subject=str(comment.pk),
        audit=str(comment.audit_id),
        question=comment.question,
    )


def _locked(comment: Comment) -> Comment:
    locked: Comment = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=comment.pk)
    )
    return locked

"""Writes comments on questions, and reads them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from audits.frameworks.questions import Question
from audits.models import Audit, Comment, CommentQuerySet, User
from audits.models.fields.text import fitting_text
from audits.models.queries.written_once import written_once
from audits.services.discussion.mentions import mentioned_in
from audits.services.record import events
from audits.services.verdicts.assessments import framework_of

MOST_CHARACTERS = 2000
# The most open comments of a page, and the most resolved ones.
MOST_SHOWN = 50
MOST_RESOLVED = 20
_DISCARDED = (
    "This draft was discarded, so your comment was not added. Add it to the audit that "
    "counts now."
)


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comments on a question that a page shows, from old to new.

    Attributes:
        open: The latest of those that are not resolved.
        resolved: The latest of those that are.
        count: How many there are, with those that are not shown.
        count_resolved: How many of them are resolved.
    """

    open: tuple[Comment, ...]
    resolved: tuple[Comment, ...]
    count: int
    count_resolved: int

    @property
    def room(self) -> int:
        """How many characters a comment may have."""
        return MOST_CHARACTERS

    @property
    def has_older(self) -> bool:
        """Whether some are not shown."""
        return len(self.open) + len(self.resolved) < self.count


@dataclass(frozen=True, slots=True)
class Commented:
    """A question with comments: how many there are, and how many are open."""

    question: Question
    count: int
    open: int


@dataclass(frozen=True, slots=True)
class CommentedQuestions:
    """The questions of an audit that have comments, in their order."""

    rows: tuple[Commented, ...]

    @property
    def count(self) -> int:
        """How many comments there are."""
        return sum(row.count for row in self.rows)


def commented_questions(audit: Audit) -> CommentedQuestions:
    """Return the questions of an audit that have comments, with their numbers."""
    counts = {question: numbers for question, *numbers in _counted(audit=audit)}
    return CommentedQuestions(
        tuple(
            Commented(question, *counts[question.id])
            for question in framework_of(audit).questions
            if question.id in counts
        )
    )


@written_once
def _counted(*, audit: Audit) -> Any:
    own = Comment.objects.filter(audit=audit).order_by()
    return own.values_list("question").annotate(
        count=Count("pk"), open=Count("pk", filter=Q(resolved_at=None))
    )


def comments_on(audit: Audit, question: str) -> CommentQuerySet:
    """Return all comments on a question, the latest first."""
    own = Comment.objects.with_people().filter(audit=audit, question=question)
    return own.order_by("-at", "-pk")


def discussion_of(audit: Audit, question: str) -> Discussion:
    """Return what a page shows of the comments on a question, however many there are.

    Note: one query for MOST_SHOWN or fewer, and five for more.
    """
    comments = comments_on(audit, question)
    latest = list(comments[: MOST_SHOWN + 1])
    if len(latest) <= MOST_SHOWN:
        resolved = [comment for comment in latest if comment.is_resolved]
        still_open = [comment for comment in latest if not comment.is_resolved]
        return _discussion(still_open, resolved, len(latest), len(resolved))
    of_open = comments.filter(resolved_at=None)
    of_resolved = comments.exclude(resolved_at=None)
    return _discussion(
        list(of_open[:MOST_SHOWN]),
        list(of_resolved[:MOST_RESOLVED]),
        comments.count(),
        of_resolved.count(),
    )


def _discussion(
    still_open: list[Comment], resolved: list[Comment], count: int, count_resolved: int
) -> Discussion:
    return Discussion(
        tuple(reversed(still_open)), tuple(reversed(resolved)), count, count_resolved
    )


@transaction.atomic
def add_comment(
    *, audit: Audit, by: User, question: str, text: str, shown: int | None = None
) -> Comment:
    """Comment on a question of an audit, unless it is a draft that was discarded.

    Args:
        audit: The audit.
        by: Who comments. Members whom the text names after an “@” are stored with it.
        question: The id of a question of its framework.
        text: The comment.
        shown: How many comments on the question their page showed. If they have said
            the same since, the page was sent twice, and nothing is added. None for a
            comment without a page.

    Returns:
        The comment, or the one that says the same.

    Raises:
        ValidationError: The text is empty, too long or cannot be stored; or the draft
            was discarded, with the code "discarded".
    """
    if audit.is_discarded:
        raise ValidationError(_DISCARDED, code="discarded")
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
    if mentioned := mentioned_in(text, audit.organization):
        comment.mentioned.set(mentioned)
    _record(comment, by, "comment.added")
    return comment


def _said_since(
    audit: Audit, by: User, question: str, text: str, shown: int
) -> Comment | None:
    """Return a comment that says the same; two requests for one audit take turns."""
    Audit.objects.select_for_update(of=("self",), no_key=True).get(pk=audit.pk)
    comments = Comment.objects.filter(audit=audit, question=question)
    same = comments.filter(by=by, text=text).last()
    if same is None:
        return None
    before = Q(at__lt=same.at) | Q(at=same.at, pk__lt=same.pk)
    return same if comments.filter(before).count() >= shown else None


@transaction.atomic
def resolve_comment(*, comment: Comment, by: User) -> Comment:
    """Resolve a comment; resolving it twice has no further effect."""
    comment = _locked(comment)
    if not comment.is_resolved:
        comment.resolved_by = by
        comment.resolved_at = timezone.now()
        comment.save(update_fields=["resolved_by", "resolved_at"])
        _record(comment, by, "comment.resolved")
    return comment


@transaction.atomic
def reopen_comment(*, comment: Comment, by: User) -> Comment:
    """Open a resolved comment again; doing so twice has no further effect."""
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
        Comment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=comment.pk)
    )
    return locked

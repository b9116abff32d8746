"""The questions that a reviewer who sends an audit back points at."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from audits.models import Audit, Evidence, Review, Submission, Version
from audits.models.fields.text import fitting_text
from audits.models.sign_offs.reviews import MOST_OF_A_POINT
from audits.scoring.what_if.changes import answer_in_words
from audits.services.verdicts.assessments import framework_of, told_by_candidates

_KINDS = (Version.Kind.ANSWER, Version.Kind.LEVEL, Version.Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Point:
    """A question to answer again, and what the reviewer writes about it.

    `words` may be empty. It `is_open` until its answer, how that is known or its note
    changes, or a link or file is added. It asks for an answer `again` where the
    reviewer read one. Once it is not open, `answer` is what is answered now.
    """

    question: str
    label: str
    words: str
    by: str
    is_open: bool
    again: bool = True
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a review points at: what is still `open`, and what is `answered` since."""

    open: tuple[Point, ...]
    answered: tuple[Point, ...]


def checked_points(audit: Audit, points: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what a review keeps of the questions it points at, in their order.

    Args:
        audit: The audit.
        points: By question, what the reviewer writes about it; may be empty.

    Raises:
        ValidationError: There is no such question, or the words do not fit.
    """
    framework = framework_of(audit)
    if not points.keys() <= framework.question_by_id.keys():
        message = "Choose questions of this audit"
        raise ValidationError(message, code="unknown")
    return [
        {
            "question": question.id,
            "label": question.label,
            "words": fitting_text(points[question.id], MOST_OF_A_POINT),
        }
        for question in framework.questions
        if question.id in points
    ]


def points_of(audit: Audit) -> tuple[Point, ...]:
    """Return what the last review of a draft points at; none if it did not.

    Note: one query, and two more if there are any.
    """
    if not audit.is_draft:
        return ()
    reviews = Review.objects.filter(audit=audit).select_related("by")
    last = reviews.order_by("at").last()
    return points_in(last, audit) if last else ()


def points_in(review: Review, audit: Audit) -> tuple[Point, ...]:
    """Return what a review points at, and whether that is still open.

    Note: two queries if there are any.
    """
    if not review.points:
        return ()
    found = Submission.objects.filter(audit=audit, at__lte=review.at)
    submitted = found.order_by("at", "pk").last()
    again = _answered_again(submitted, audit) if submitted else set()
    then = submitted.versions.get(Version.Kind.ANSWER, {}) if submitted else {}
    framework, codes = framework_of(audit), audit.codes
    answers = {
        question: answer_in_words(framework, question, codes)
        for question in again & framework.question_by_id.keys()
    }
    return tuple(
        Point(
            question=point["question"],
            label=point["label"],
            words=point["words"],
            by=str(review.by),
            is_open=point["question"] not in again,
            again=submitted is None or point["question"] in then,
            answer=answers.get(point["question"], ""),
        )
        for point in review.points
    )


def left_of(review: Review | None, audit: Audit) -> Left | None:
    """Return what of a review is still to answer; None if it points at nothing.

    Args:
        review: The review, if there is one.
        audit: Its audit as it is now.

    Note: two queries if it points at any.
    """
    points = points_in(review, audit) if review else ()
    if not points:
        return None
    return Left(
        open=tuple(point for point in points if point.is_open),
        answered=tuple(point for point in points if not point.is_open),
    )


def _answered_again(submitted: Submission, audit: Audit) -> set[str]:
    """Return the questions of which something changed since what was submitted."""
    added = Evidence.objects.filter(audit=audit, added_at__gt=submitted.at)
    again = set(added.order_by().values_list("question", flat=True))
    for kind in _KINDS:
        again |= _changed(audit, submitted, kind)
    if _changed(audit, submitted, Version.Kind.CANDIDATE):
        again |= told_by_candidates(audit).keys()
    return again


def _changed(audit: Audit, submitted: Submission, kind: str) -> set[str]:
    """Return the items of a kind that have a newer version than the submitted one."""
    then = submitted.versions.get(kind, {})
    return {
        item
        for item, entry in audit.entries(kind).items()
        if entry.get("version", 0) > then.get(item, 0)
    }

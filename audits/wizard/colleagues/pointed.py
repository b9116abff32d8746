"""Which questions of a page a reviewer points at, and which comes next."""

from collections.abc import Container

from django.contrib import messages
from django.urls import reverse

from audits.access.members import MemberRequest
from audits.models import Audit
from audits.services.reviews.points import Point, points_of
from audits.wizard.pages import AnswerPage, question_url

_UNCHANGED = (
    "“{}” is still to answer: nothing about it has changed. To stay with your answer, "
    "say why in its note, say how it is known, or add a link or file."
)


def pointed_on(page: AnswerPage, audit: Audit) -> tuple[Point, ...]:
    """Return what a reviewer asks about the questions of a page.

    Args:
        page: The page; an audit that was read for one knows whether there is any.
        audit: Its audit as it is now, which a save may have changed.
    """
    if not getattr(page.audit, "has_points", True):
        return ()
    here = {question.id for question in page.questions}
    return tuple(point for point in points_of(audit) if point.question in here)


def pointed_among(audit: Audit, questions: Container[str]) -> tuple[Point, ...]:
    """Return what a reviewer asks about some questions that is still to answer."""
    if not getattr(audit, "has_points", True):
        return ()
    return tuple(x for x in points_of(audit) if x.is_open and x.question in questions)


def after_pointed(request: MemberRequest, page: AnswerPage, audit: Audit) -> str:
    """Return where to go from a question that a reviewer points at; else empty.

    It is the next one of those, then the list of sections. An answer that stays as it
    was is no new one: the page says what would make it one.

    Args:
        request: The request that saved the question.
        page: The page of one question.
        audit: Its audit as it is now.
    """
    if not getattr(page.audit, "has_points", True):
        return ""
    points, asked = points_of(audit), page.questions[0].id
    here = next((point for point in points if point.question == asked), None)
    if here is None:
        return ""
    if here.is_open:
        messages.info(request, _UNCHANGED.format(here.label))
    others = [x for x in points if x.is_open and x.question != asked]
    if others:
        return question_url(audit, others[0].question)
    return page.url if here.is_open else reverse("tasks", args=(audit.pk,))

"""Which questions of a page a reviewer points at."""

from audits.models import Audit
from audits.services.reviews.points import Point, points_of
from audits.wizard.pages import AnswerPage


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

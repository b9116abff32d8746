"""Which colleagues were asked for what is on a page."""

from audits.models import AnswerRequest
from audits.services.answers.answer_requests import open_asks
from audits.wizard.pages import AnswerPage


def asked_on(page: AnswerPage) -> list[tuple[AnswerRequest, str]]:
    """Return the open requests for a page, and the label of the question of each.

    The label is empty if a whole section is asked for. An audit that was read for a
    page knows whether there is any.
    """
    if not getattr(page.audit, "has_open_asks", True):
        return []
    here = {"", *(question.id for question in page.questions)}
    return [
        (ask, page.framework.question_by_id[ask.question].label if ask.question else "")
        for ask in open_asks(page.audit).get(page.section.id, ())
        if ask.question in here
    ]

"""Which colleagues were asked for what is on a page."""

from uuid import UUID

from django.contrib import messages

from audits.access.members import MemberRequest
from audits.models import AnswerRequest
from audits.scoring.explaining.completeness import named
from audits.services.discussion.answer_requests import open_asks, questions_left
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


def tell_asked(request: MemberRequest, page: AnswerPage) -> bool:
    """Say whether who asked was told that all they asked for on a page is answered.

    Returns:
        Whether the page is left for the inbox: nobody else's sections follow.
    """
    sent = _ids(request.POST.getlist("asked"))
    if not sent:
        return False
    asks = AnswerRequest.objects.filter(audit=page.audit, pk__in=sent, of=request.user)
    found = list(asks.select_related("by", "audit"))
    answered = AnswerRequest.ClosedAs.ANSWERED
    if met := [ask for ask in found if ask.closed_as == answered]:
        messages.success(request, f"Done. {_who(met)} was told.")
        return page.kind != "next"
    waits = [ask for ask in found if ask.is_open and not ask.question]
    if waits and page.kind == "section":
        messages.info(request, f"Saved. {_left(waits)}, {_who(waits)} is told.")
        return True
    return False


def _left(asks: list[AnswerRequest]) -> str:
    """Say which questions are left of a section, and how many."""
    labels = questions_left(asks[0])
    if not labels:
        return "Once one question of this section is answered again"
    if len(labels) == 1:
        left, once = "1 question of this section is left", "Once it is answered"
    else:
        left = f"{len(labels)} questions of this section are left"
        once = "Once they are answered"
    return f"{left}: {named(labels)}. {once}"


def _who(asks: list[AnswerRequest]) -> str:
    return ", ".join(sorted({str(ask.by) for ask in asks}))


def _ids(sent: list[str]) -> list[UUID]:
    """Return what a page sent that is an id."""
    found = []
    for text in sent:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found

"""A comment that was written on the page of a question, and is sent with its answer."""

from django.contrib import messages
from django.http import QueryDict

from audits.access.members import MemberRequest
from audits.services.answers.comments import add_comment
from audits.wizard.forms import ADD_COMMENT, COMMENT, AnswersForm
from audits.wizard.pages import AnswerPage
from audits.wizard.senders import whole


def add_written_comment(
    request: MemberRequest, page: AnswerPage, form: AnswersForm
) -> bool:
    """Add what was written, if it fits, and say so; return whether it was added."""
    text = form.cleaned_data.get(COMMENT)
    if not text:
        return False
    add_comment(
        audit=page.audit,
        by=request.user,
        question=page.questions[0].id,
        text=text,
        shown=whole(request.POST.get("comments-shown", "")),
    )
    messages.info(request, "Your comment was added.")
    return True


def without_comment(sent: QueryDict) -> QueryDict:
    """Return what was sent without the comment, which is among the others now."""
    kept = sent.copy()
    kept.pop(COMMENT, None)
    kept.pop(ADD_COMMENT, None)
    return kept

"""A comment on the page of a question, sent together with its answer."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict

from audits.access.members import MemberRequest
from audits.limits import COMMENTS, Refusal, mark_as_refused
from audits.services.discussion.comments import add_comment
from audits.wizard.forms.answers_form import ADD_COMMENT, COMMENT, AnswersForm
from audits.wizard.forms.senders import whole
from audits.wizard.pages import AnswerPage


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a comment: it was added, refused for now, or there was none."""

    is_added: bool = False
    refusal: Refusal | None = None

    def marked(self, response: HttpResponse) -> HttpResponse:
        """Return a page that shows the comment again, marked if it was refused."""
        return mark_as_refused(response, self.refusal) if self.refusal else response


def add_written_comment(
    request: MemberRequest, page: AnswerPage, form: AnswersForm
) -> Written:
    """Add what was written, if it fits and is not too much, and say so."""
    text = form.cleaned_data.get(COMMENT)
    if not text:
        return Written()
    if refusal := COMMENTS.refusal(request.user.pk):
        said = f"Your comment was not added. {refusal.sentence}"
        messages.warning(request, said)
        return Written(refusal=refusal)
    try:
        add_comment(
            audit=page.audit,
            by=request.user,
            question=page.questions[0].id,
            text=text,
            shown=whole(request.POST.get("comments-shown", "")),
        )
    except ValidationError as error:
        messages.warning(request, f"{' '.join(error.messages)} You wrote: “{text}”")
        return Written()
    messages.info(request, "Your comment was added.")
    return Written(is_added=True)


def without_comment(sent: QueryDict) -> QueryDict:
    """Return the sent values without the comment, which is now in the list."""
    kept = sent.copy()
    kept.pop(COMMENT, None)
    kept.pop(ADD_COMMENT, None)
    return kept

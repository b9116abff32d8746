"""Comments on answers, and requests to colleagues for answers."""

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from audits.access.audits import audit_for_editing, audit_for_viewing
from audits.access.discussion import ask_for_closing, comment_for_editing
from audits.access.members import MemberRequest, members_only
from audits.discussion.asks import row_of
from audits.discussion.forms import AskForm, CommentForm
from audits.frameworks.questions import Question, Section
from audits.frameworks.schema import Framework
from audits.given_back import shortened
from audits.held_forms import held_as
from audits.limits import (
    COMMENT_CHANGES,
    COMMENTS,
    REQUESTS,
    limited,
    mark_as_refused,
    too_many,
)
from audits.models import Audit
from audits.services.discussion import answer_requests, comments
from audits.services.people.mails import path_to_answer
from audits.services.verdicts.assessments import framework_of

_DIGITS = 9
_ASKED_ALREADY = (
    "{by} has already asked {of} this, so your message was not sent. Add it as a "
    "comment on the question, or ask again after that request is withdrawn."
)
_NOBODY_ASKED = "Nobody was asked, because the {what} while your page was open."
_LOCKED = (
    "Your comment was added. The audit has been submitted, so its answers are locked."
)


@dataclass(frozen=True, slots=True)
class Matter:
    """The section or question to answer; no section while none is chosen."""

    section: Section | None
    question: Question | None

    @property
    def query(self) -> dict[str, str]:
        """The query of the page about it."""
        parts = {"section": self.section, "question": self.question}
        return {name: part.id for name, part in parts.items() if part}


@held_as("A comment on a question")
@members_only
@require_POST
def add_comment(request: MemberRequest, audit_id: UUID, question: str) -> HttpResponse:
    audit = audit_for_editing(request.membership, audit_id)
    asked = _question(framework_of(audit), question)
    form = CommentForm(request.POST, auto_id=f"comment-{asked.id}-%s")
    refusal = COMMENTS.refusal(request.user.pk)
    if refusal:
        form.add_error("text", refusal.sentence)
    if form.is_valid():
        try:
            comments.add_comment(
                audit=audit,
                by=request.user,
                question=asked.id,
                text=form.cleaned_data["text"],
                shown=_comments_shown(request),
            )
        except ValidationError as error:
            form.add_error("text", error)
        else:
            if not audit.is_draft:
                messages.info(request, _LOCKED)
            return redirect(_discussion(audit, asked))
    context = {
        "audit": audit,
        "nav": "use_cases",
        "question": asked,
        "discussion": comments.discussion_of(audit, asked.id),
        "may_contribute": True,
        "form": form,
        "back": _discussion(audit, asked),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    page = render(request, "discussion/add_comment.html", context, status=status)
    return mark_as_refused(page, refusal) if refusal else page


@members_only
@require_GET
def older_comments(
    request: MemberRequest, audit_id: UUID, question: str
) -> HttpResponse:
    """Show all comments on a question, a page at a time, in any state of the audit."""
    audit = audit_for_viewing(request.membership, audit_id)
    asked = _question(framework_of(audit), question)
    pages = Paginator(comments.comments_on(audit, asked.id), comments.MOST_SHOWN)
    context = {
        "audit": audit,
        "nav": "use_cases",
        "question": asked,
        "page": pages.get_page(request.GET.get("page")),
        "discussion": {"count": pages.count, "room": comments.MOST_CHARACTERS},
        "may_contribute": request.membership.may_contribute,
        "back": _answer(request, audit, asked),
    }
    return render(request, "discussion/older_comments.html", context)


@members_only
@require_POST
@limited(COMMENT_CHANGES)
def resolve_comment(request: MemberRequest, comment_id: UUID) -> HttpResponse:
    """Resolve a comment, or open it again."""
    comment = comment_for_editing(request.membership, comment_id)
    if request.POST.get("resolved") == "no":
        comments.reopen_comment(comment=comment, by=request.user)
    else:
        comments.resolve_comment(comment=comment, by=request.user)
    question = _question(framework_of(comment.audit), comment.question)
    return redirect(_discussion(comment.audit, question))


@held_as("A request to a colleague")
@members_only
@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Ask a colleague, and show the open requests."""
    audit = audit_for_editing(request.membership, audit_id)
    if not audit.is_draft:
        if request.method == "POST":
            _give_back(request, audit)
        return redirect("result", audit.pk)
    framework = framework_of(audit)
    posted = request.POST if request.method == "POST" else None
    matter = _matter(framework, request.GET if posted is None else posted)
    form = AskForm(
        posted,
        colleagues=answer_requests.colleagues_to_ask(audit=audit, by=request.user),
        why_not=partial(answer_requests.why_not_asked, member=request.membership),
        sections=() if matter.section else framework.sections,
        answerers_may_sign=audit.organization.answerers_may_sign_since is not None,
    )
    if form.is_bound and form.is_valid():
        if refusal := REQUESTS.refusal(request.user.pk):
            return too_many(request, refusal)
        try:
            return _asked(request, audit, matter, form)
        except ValidationError as error:
            form.add_error(None, error)
    return _render_ask(request, audit, matter, form)


@members_only
@require_POST
def close_ask(request: MemberRequest, ask_id: UUID) -> HttpResponse:
    """Withdraw a request, or mark it as done."""
    closed = ask_for_closing(request.membership, ask_id)
    answer_requests.close_ask(ask=closed, by=request.user)
    if closed.of_id == request.user.pk:
        return redirect("inbox")
    matter = {"section": closed.section, "question": closed.question}
    query = {name: value for name, value in matter.items() if value}
    return redirect(reverse("ask", args=(closed.audit_id,), query=query))


def _give_back(request: MemberRequest, audit: Audit) -> None:
    """Say that nobody was asked, as nobody can answer now, and return the words."""
    what = "draft was discarded" if audit.is_discarded else "audit was submitted"
    said = _NOBODY_ASKED.format(what=what)
    if words := request.POST.get("message", "").strip():
        said = f"{said} You wrote: “{shortened(words)}”"
    messages.warning(request, said)


def _asked(
    request: MemberRequest, audit: Audit, matter: Matter, form: AskForm
) -> HttpResponse:
    made = answer_requests.ask_colleague(
        audit=audit,
        by=request.user,
        of=form.cleaned_data["of"],
        message=form.cleaned_data["message"],
        **matter.query,
    )
    message = form.cleaned_data["message"].strip()
    if message and made.message != message:
        raise ValidationError(_ASKED_ALREADY.format(of=made.of, by=made.by))
    return redirect(reverse("ask", args=(audit.pk,), query=matter.query))


def _render_ask(
    request: MemberRequest, audit: Audit, matter: Matter, form: AskForm
) -> HttpResponse:
    waiting = answer_requests.open_asks(audit).get(matter.query.get("section", ""), [])
    context = {
        "audit": audit,
        "nav": "use_cases",
        "use_case": audit.use_case,
        "section": matter.section,
        "question": matter.question,
        "rows": [row_of(ask) for ask in waiting],
        "colleagues": form.colleagues,
        "form": form,
        "back": _back(audit, matter),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "discussion/ask.html", context, status=status)


def _back(audit: Audit, matter: Matter) -> str:
    if matter.section is None:
        return reverse("resume", args=(audit.pk,))
    return path_to_answer(audit.pk, **matter.query)


def _matter(framework: Framework, query: QueryDict) -> Matter:
    """Return the section or question that the address names, or raise Http404."""
    section_id, question_id = query.get("section"), query.get("question")
    question = _question(framework, question_id) if question_id else None
    if question is not None:
        section_id = section_id or question.section
    section = next((s for s in framework.sections if s.id == section_id), None)
    if (section_id and section is None) or (
        question is not None and question.section != section_id
    ):
        message = "No such section"
        raise Http404(message)
    return Matter(section, question)


def _question(framework: Framework, question_id: str) -> Question:
    question = framework.question_by_id.get(question_id)
    if question is None:
        message = "No such question"
        raise Http404(message)
    return question


def _comments_shown(request: MemberRequest) -> int | None:
    """Return how many comments the page showed; None if unknown."""
    said = request.POST.get("comments-shown", "")
    return int(said) if said.isdecimal() and len(said) < _DIGITS else None


def _discussion(audit: Audit, question: Question) -> str:
    """Return the address of a question's comments, wherever they can be read."""
    path = path_to_answer(audit.pk, question.section, question.id)
    if not audit.is_draft:
        path = reverse("older_comments", args=(audit.pk, question.id))
    return f"{path}#comments-{question.id}"


def _answer(request: MemberRequest, audit: Audit, question: Question) -> str:
    """Return where a reader of the comments finds the answer."""
    if audit.is_draft and request.membership.may_contribute:
        return _discussion(audit, question)
    return reverse("submission", args=(audit.pk,), fragment=f"q-{question.id}")

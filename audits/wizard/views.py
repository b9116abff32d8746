"""The wizard: its task list, its pages of questions, the check and the submission."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from audits.access.audits import (
    audit_for_answering,
    audit_for_editing,
    audit_for_saving,
)
from audits.access.members import MemberRequest, members_only
from audits.access.sent_forms import back_to
from audits.frameworks.questions import Section
from audits.held_forms import shows_held
from audits.limits import STEPS, limited, too_many
from audits.models import Audit
from audits.models.audits import values
from audits.scoring import Assessment
from audits.scoring.money.of_assessment import is_plan_missing
from audits.scoring.money.states import plan_state
from audits.scoring.numbers.proposal_fields import what_lacks
from audits.scoring.summary.answers_apart import answers_apart, uncounted_answers
from audits.scoring.summary.vouched import vouched_answers
from audits.scoring.summary.wrong_files import wrong_files
from audits.services.answers.answer_requests import open_asks
from audits.services.answers.answers import AuditLocked
from audits.services.answers.comments import commented_questions
from audits.services.answers.evidence import for_other_answers
from audits.services.people.people import choose_layout
from audits.services.read_files.compared_results import missing_told
from audits.services.read_files.seen_months import seen_beside
from audits.services.read_files.told_results import told_of_results
from audits.services.reviews.audits import (
    ChangedSinceRead,
    ConflictsOpen,
    NothingAnswered,
    digest_of_audit,
    reopen_audit,
    submit_audit,
)
from audits.services.reviews.discarding import why_not_discard
from audits.services.reviews.newer_versions import newer_version_of
from audits.services.reviews.renewals import renewal_of
from audits.services.reviews.resubmissions import sent_back_with
from audits.services.reviews.reviews import latest_review
from audits.services.verdicts.assessments import (
    assessment_of,
    framework_of,
    panel_assessment_of,
)
from audits.wizard.answering import answer, answer_list, wizard_context
from audits.wizard.changes import changes_of_mine
from audits.wizard.colleagues.against import conflicts_of
from audits.wizard.colleagues.earlier import fallen_levels
from audits.wizard.forms.submit_form import SubmitForm
from audits.wizard.open_points import open_points
from audits.wizard.pages import (
    after_section,
    first_open,
    next_page,
    next_url,
    open_question,
    question_page,
    section_page,
)
from audits.wizard.submissions import candidates_of, numbers_of


@members_only
@require_GET
def tasks(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the sections with their status, and how long the rest takes."""
    audit = audit_for_answering(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    renewal, review = renewal_of(audit), latest_review(audit)
    context = {
        **wizard_context(audit, request.user, panel_assessment_of(audit)),
        "asks": [ask for asks in open_asks(audit).values() for ask in asks],
        "review": review,
        "commented": commented_questions(audit) if review else None,
        "renewal": renewal,
        "newer": newer_version_of(audit),
        "may_discard": renewal and not why_not_discard(audit, request.membership),
    }
    return render(request, "wizard/tasks.html", context)


@members_only
@require_GET
def resume(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Continue at the first open question."""
    audit = audit_for_editing(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    deciding = open_points(framework_of(audit), panel_assessment_of(audit)).next_asked
    if deciding:
        return redirect(next_url(audit, deciding.id))
    return redirect(first_open(audit, request.user))


@members_only
@require_GET
def ask_next(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Ask what can still change the verdict, or say that nothing can."""
    audit = audit_for_answering(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    context = wizard_context(audit, request.user, panel_assessment_of(audit))
    points = context["panel"].points
    if points.next_asked:
        return redirect(next_url(audit, points.next_asked.id))
    if not points.is_enough:  # a version that has no order to ask in
        return redirect(first_open(audit, request.user))
    return render(request, "wizard/settled.html", context | {"told_above": True})


@shows_held
@members_only
@require_http_methods(["GET", "POST"])
def section(request: MemberRequest, audit_id: UUID, section_id: str) -> HttpResponse:
    """Show a section on one page, or redirect to its questions if so chosen."""
    page = section_page(_audit(request, audit_id), section_id)
    if request.method == "GET" and request.user.one_question_a_page:
        question = open_question(page)
        if question is not None:
            return redirect("question", audit_id, question.id)
    return answer(request, page)


@shows_held
@members_only
@require_http_methods(["GET", "POST"])
def question(request: MemberRequest, audit_id: UUID, question_id: str) -> HttpResponse:
    return answer(request, question_page(_audit(request, audit_id), question_id))


@shows_held
@members_only
@require_http_methods(["GET", "POST"])
def next_question(
    request: MemberRequest, audit_id: UUID, question_id: str
) -> HttpResponse:
    """Ask one question, then what can still change the verdict."""
    return answer(request, next_page(_audit(request, audit_id), question_id))


@members_only
@require_GET
def section_check(
    request: MemberRequest, audit_id: UUID, section_id: str
) -> HttpResponse:
    """Show the answers of one section before the next."""
    audit = audit_for_answering(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    page = section_page(audit, section_id)
    assessment = panel_assessment_of(audit)
    [rows] = [
        rows
        for part, rows in answer_list(page.framework, assessment)
        if part == page.section
    ]
    context = {
        **wizard_context(audit, request.user, assessment),
        "section": page.section,
        "rows": rows,
        "after": after_section(page.framework, audit, page.section, request.user),
    }
    return render(request, "wizard/submission/section_check.html", context)


@members_only
@require_GET
def check(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show every answer, the open questions first, before the audit is submitted."""
    audit = audit_for_answering(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    return _show_check(request, audit, SubmitForm())


def _show_check(
    request: MemberRequest, audit: Audit, form: SubmitForm, status: int = 200
) -> HttpResponse:
    assessment = assessment_of(audit)
    context = {
        **wizard_context(audit, request.user, assessment),
        "answers": _with_levels(audit, assessment),
        "vouched": vouched_answers(framework_of(audit), assessment),
        "numbers": numbers_of(audit),
        "candidates": candidates_of(audit),
        "wrong_files": wrong_files(framework_of(audit), assessment),
        "results_told": told_of_results(audit, assessment) + missing_told(audit),
        "offer_lacks": what_lacks(values(audit.numbers)),
        "other_unknowns": [
            each for each in assessment.unknowns if not each.could_become
        ],
        "seen_months": seen_beside(audit, assessment),
        "uncounted": uncounted_answers(
            framework_of(audit), audit.given_codes, audit.codes
        ),
        "apart": answers_apart(
            framework_of(audit), assessment, plan_state(audit.use_case.stage)
        ),
        "is_plan_missing": is_plan_missing(
            assessment, plan_state(audit.use_case.stage)
        ),
        "changes": changes_of_mine(audit, request.user),
        "conflicts": conflicts_of(audit, request.user),
        "earlier": for_other_answers(audit),
        "fallen": fallen_levels(audit),
        "step": "check",
        "read": digest_of_audit(audit),
        "form": form,
        "sent_back": sent_back_with(audit),
    }
    return render(request, "wizard/submission/check.html", context, status=status)


def _with_levels(audit: Audit, assessment: Assessment) -> list[tuple[Section, Any]]:
    """Return every answer in words and how it is known, by section."""
    levels = assessment.levels
    return [
        (section, [(q, words, levels.get(q.id, "")) for q, words in rows])
        for section, rows in answer_list(framework_of(audit), assessment)
    ]


@members_only
@require_POST
@limited(STEPS)
def submit(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_editing(request.membership, audit_id)
    read, form = request.POST.get("read", ""), SubmitForm(request.POST)
    if not form.is_valid() and audit.is_draft:
        shown = audit_for_answering(request.membership, audit_id)
        return _show_check(request, shown, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    words = form.cleaned_data.get("words", "")
    try:
        submit_audit(audit=audit, by=request.user, read=read, words=words)
    except NothingAnswered:
        return redirect("resume", audit.pk)
    except ConflictsOpen:
        _give_back(request, words)
        messages.warning(request, _CONFLICTS)
        return redirect("check", audit.pk)
    except ChangedSinceRead:
        _give_back(request, words)
        return _read_again(request, audit_id, "submitted")
    return redirect("result", audit.pk)


def _give_back(request: MemberRequest, words: str) -> None:
    """Return an answer to the reviewer that was not stored."""
    if words:
        messages.warning(request, f"Your answer was not sent: “{words}”")


@members_only
@require_http_methods(["GET", "POST"])
def reopen(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Confirm and take an audit back from review, so that its answers may change."""
    audit = audit_for_editing(request.membership, audit_id)
    if request.method == "GET":
        return _confirm_reopening(request, audit)
    if refusal := STEPS.refusal(request.user.pk):
        return too_many(request, refusal)
    read = request.POST.get("read", "")
    try:
        reopen_audit(audit=audit, by=request.user, read=read)
    except (AuditLocked, ChangedSinceRead):
        return _read_again(request, audit_id, "taken back")
    messages.success(request, _REOPENED)
    return redirect("check", audit.pk)


def _confirm_reopening(request: MemberRequest, audit: Audit) -> HttpResponse:
    """Say what taking an audit back does, and to whom, before it is done."""
    if audit.state != Audit.State.IN_REVIEW:
        return redirect("check" if audit.is_draft else "result", audit.pk)
    by = audit.submitted_by
    context = {
        "audit": audit,
        "nav": "use_cases",
        "read": digest_of_audit(audit),
        "told": by if by != request.user else None,
    }
    return render(request, "wizard/submission/reopen.html", context)


def _read_again(request: MemberRequest, audit_id: UUID, done: str) -> HttpResponse:
    """Say that nothing was done, and lead to the page as it is now."""
    audit = audit_for_editing(request.membership, audit_id)
    is_open = audit.is_draft and done == "taken back"
    messages.warning(request, _OPEN if is_open else _NOT_AS_READ.format(done=done))
    return redirect("check" if audit.is_draft else "result", audit_id)


_CONFLICTS = (
    "Two people answered the same question differently, so nothing was submitted. "
    "Settle that first."
)
_NOT_AS_READ = (
    "This audit was changed, submitted, taken back or reviewed after you opened the "
    "page, so it was not {done}. Read it again, then decide."
)
_REOPENED = (
    "You took this audit back from review. Change its answers, then submit it again."
)
_OPEN = (
    "This audit was taken back or sent back after you opened the page, so its answers "
    "are open already. Read them again before you change them."
)


@members_only
@require_POST
def layout(request: MemberRequest) -> HttpResponse:
    """Store whether this person wants a section or one question a page."""
    one = request.POST.get("layout") == "question"
    choose_layout(user=request.user, one_question_a_page=one)
    there = request.POST.get("next", "")
    if not one and url_has_allowed_host_and_scheme(there, None):
        return HttpResponseRedirect(there)
    return HttpResponseRedirect(back_to(request))


def _audit(request: MemberRequest, audit_id: UUID) -> Audit:
    if request.method == "GET":
        return audit_for_answering(request.membership, audit_id)
    load = audit_for_saving if request.htmx else audit_for_editing
    return load(request.membership, audit_id)

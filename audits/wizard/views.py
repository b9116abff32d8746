"""The wizard: its task list, its pages of questions, and its layout."""

from uuid import UUID

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
from audits.held_forms import shows_held
from audits.models import Audit, Review
from audits.pages import render_in_pieces
from audits.scoring.summary.sureness import sureness
from audits.services.conditions.against import against_verdict
from audits.services.discussion.answer_requests import open_asks
from audits.services.discussion.comments import commented_questions
from audits.services.people.people import choose_layout
from audits.services.reviews.drafts.discarding import why_not_discard
from audits.services.reviews.drafts.renewals import renewal_of
from audits.services.reviews.newer_versions import newer_version_of
from audits.services.reviews.points import points_of
from audits.services.reviews.reviews import latest_review
from audits.services.verdicts.assessments import (
    framework_of,
    panel_assessment_of,
)
from audits.wizard.answer_lists import answer_list
from audits.wizard.answering import answer, wizard_context
from audits.wizard.candidates.target_first import asks_target_first, target_context
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
from audits.written_fields.notations import notation_of


@members_only
@require_GET
def tasks(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the sections with their status, and how long the rest takes."""
    audit = audit_for_answering(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    renewal, review = renewal_of(audit), latest_review(audit)
    pointed = points_of(audit) if getattr(audit, "has_points", True) else ()
    context = {
        **wizard_context(audit, request.user, panel_assessment_of(audit)),
        "pointed": pointed,
        "to_answer": [point for point in pointed if point.is_open],
        "asks": [ask for asks in open_asks(audit).values() for ask in asks],
        "review": review,
        "sent_back": bool(review and review.outcome == Review.Outcome.SENT_BACK),
        "commented": commented_questions(audit) if review else None,
        "renewal": renewal,
        "against_verdict": against_verdict(audit),
        "newer": newer_version_of(audit),
        "may_discard": renewal and not why_not_discard(audit, request.membership),
    }
    return render_in_pieces(request, "wizard/tasks.html", context)


@members_only
@require_GET
def resume(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Continue at the first open question."""
    audit = audit_for_editing(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    deciding = open_points(framework_of(audit), panel_assessment_of(audit)).next_asked
    if deciding and asks_target_first(audit, deciding.id):
        return redirect("next", audit.pk)
    if deciding:
        return redirect(next_url(audit, deciding.id))
    return redirect(first_open(audit, request.user))


@members_only
@require_GET
def ask_next(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Ask what can still change the verdict, or say that nothing can.

    Before the first question about tests, it asks for the target.
    """
    audit = audit_for_answering(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    context = wizard_context(audit, request.user, panel_assessment_of(audit))
    points = context["panel"].points
    if points.next_asked and asks_target_first(audit, points.next_asked.id):
        context |= target_context(audit, points.next_asked.id, notation_of(request))
        return render(request, "wizard/target_page.html", context)
    if points.next_asked:
        return redirect(next_url(audit, points.next_asked.id))
    if not points.is_enough:  # a version that has no order to ask in
        return redirect(first_open(audit, request.user))
    sure = sureness(framework_of(audit), context["assessment"])
    context |= {"told_above": True, "sure": sure}
    return render(request, "wizard/settled.html", context)


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
    """Ask one question; a step of the evidence plan that led here is led back to."""
    audit, step = _audit(request, audit_id), request.GET.get("step", "")
    return answer(request, question_page(audit, question_id, step))


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
        for part, rows in answer_list(page.framework, assessment, audit)
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

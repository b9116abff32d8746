"""The wizard: sections of questions, saved as they are answered."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)
from django_htmx.http import HttpResponseClientRedirect

from audits.access import MemberRequest, audit_for_editing, members_only
from audits.frameworks import flow
from audits.frameworks.progress import progress
from audits.frameworks.questions import Question, Section
from audits.frameworks.schema import Framework
from audits.models import Audit
from audits.scoring import Assessment
from audits.services.answers import AuditLocked, save_answers
from audits.services.assessments import assessment_of, framework_of
from audits.services.audits import NothingAnswered, reopen_audit, submit_audit
from audits.wizard.forms import SectionForm


@dataclass(frozen=True, slots=True)
class Page:
    """One section of one audit."""

    framework: Framework
    section: Section
    questions: tuple[Question, ...]

    def asked(self, audit: Audit) -> list[str]:
        """The ids of this section's questions that apply to the audit."""
        applicable = flow.applicable(self.framework, audit.codes)
        return [q.id for q in applicable if q.section == self.section.id]


@members_only
@require_GET
def resume(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Go on where the open questions begin."""
    audit = audit_for_editing(request.membership, audit_id)
    framework = framework_of(audit)
    section = progress(framework, flow.relevant(framework, audit.codes)).next_section
    if not audit.is_draft:
        return redirect("result", audit.pk)
    if section is None:
        return redirect("check", audit.pk)
    return redirect("section", audit.pk, section.id)


@members_only
@require_http_methods(["GET", "POST"])
def section(request: MemberRequest, audit_id: UUID, section_id: str) -> HttpResponse:
    audit = audit_for_editing(request.membership, audit_id)
    if not audit.is_draft:
        return _to_result(request, audit)
    page = _page(audit, section_id)
    if request.method == "GET":
        form = SectionForm(page.questions, page.asked(audit), audit.codes)
        return _render(request, audit, page, form)
    form = SectionForm(
        page.questions, request.POST.getlist("shown"), audit.codes, request.POST
    )
    if not form.is_valid() and not request.htmx:
        return _render(request, audit, page, form)
    try:
        audit, assessment = save_answers(
            audit=audit, by=request.user, answers=form.answers
        )
    except AuditLocked:
        return _to_result(request, audit)
    if request.htmx:
        return _saved(request, audit, page, form, assessment)
    return redirect(_next_url(audit, page, form))


@members_only
@require_GET
def check(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show every answer, the open questions first, before the audit is submitted."""
    audit = audit_for_editing(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    return render(request, "wizard/check.html", _context(audit, assessment_of(audit)))


@members_only
@require_POST
def submit(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_editing(request.membership, audit_id)
    try:
        submit_audit(audit=audit, by=request.user)
    except NothingAnswered:
        return redirect("resume", audit.pk)
    return redirect("result", audit.pk)


@members_only
@require_POST
def reopen(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_editing(request.membership, audit_id)
    try:
        reopen_audit(audit=audit, by=request.user)
    except AuditLocked:
        return redirect("result", audit.pk)
    return redirect("check", audit.pk)


def _page(audit: Audit, section_id: str) -> Page:
    framework = framework_of(audit)
    for section in framework.sections:
        if section.id == section_id:
            return Page(framework, section, framework.in_section(section_id))
    message = "No such section"
    raise Http404(message)


def _to_result(request: MemberRequest, audit: Audit) -> HttpResponse:
    """Leave the wizard, whose answers are locked; also from within an autosave."""
    if request.htmx:
        return HttpResponseClientRedirect(reverse("result", args=(audit.pk,)))
    return redirect("result", audit.pk)


def _next_url(audit: Audit, page: Page, form: SectionForm) -> str:
    """Return where to go: to a question that came to apply here, else onwards."""
    appeared = [q for q in page.asked(audit) if q not in form.asked]
    if appeared:
        here = reverse("section", args=(audit.pk, page.section.id))
        return f"{here}#slot-{appeared[0]}"
    codes = flow.relevant(page.framework, audit.codes)
    after = progress(page.framework, codes).after(page.section)
    if after is None:
        return reverse("check", args=(audit.pk,))
    return reverse("section", args=(audit.pk, after.id))


def _render(
    request: MemberRequest, audit: Audit, page: Page, form: SectionForm
) -> HttpResponse:
    context = {
        **_context(audit, assessment_of(audit)),
        "section": page.section,
        "form": form,
    }
    return render(request, "wizard/section.html", context)


def _saved(
    request: MemberRequest,
    audit: Audit,
    page: Page,
    form: SectionForm,
    assessment: Assessment,
) -> HttpResponse:
    """Answer an autosave: the panel, the saved line, and the slots that changed."""
    asked = page.asked(audit)
    changed = [q for q in page.questions if (q.id in asked) != (q.id in form.asked)]
    context = {
        **_context(audit, assessment),
        "section": page.section,
        "slots": SectionForm(changed, asked, audit.codes, swapped=True),
        "changed": changed,
        "problems": [error for errors in form.errors.values() for error in errors],
        "saved_at": timezone.localtime(),
    }
    return render(request, "wizard/saved.html", context)


def _context(audit: Audit, assessment: Assessment) -> dict[str, Any]:
    framework = framework_of(audit)
    return {
        "audit": audit,
        "nav": "use_cases",
        "use_case": audit.use_case,
        "framework": framework,
        "assessment": assessment,
        "progress": progress(framework, assessment.codes),
        "answers": _answer_list(framework, assessment),
    }


def _answer_list(
    framework: Framework, assessment: Assessment
) -> list[tuple[Section, list[tuple[Question, str]]]]:
    """Pair every applicable question with its answer in words, by section."""
    applicable = flow.applicable(framework, assessment.codes)
    return [
        (
            section,
            [
                (question, framework.words(question.id, assessment.codes))
                for question in applicable
                if question.section == section.id
            ],
        )
        for section in framework.sections
    ]

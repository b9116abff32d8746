"""The page that asks a team for its main risks before it submits; it can be skipped."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.audits import audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.held_forms import held_as
from audits.limits import COVERS, mark_as_refused
from audits.models import Audit
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from audits.services.due.covers import cover_of
from audits.services.papers.covers import CoverChanged, save_cover
from audits.services.papers.page_one_words import risks_otherwise
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.wizard.forms.risks_form import RisksForm


@held_as("The main risks of a use case")
@members_only
@require_http_methods(["GET", "POST"])
def risks(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Ask for up to three risks, beside those that are derived from the answers."""
    audit = audit_for_editing(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    cover = cover_of(audit)
    if request.method == "GET":
        return _show(request, audit, RisksForm(cover))
    form = RisksForm(cover, request.POST)
    if not form.is_valid():
        return _show(request, audit, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if refusal := COVERS.refusal(request.user.pk):
        form.add_error(None, f"The risks were not saved. {refusal.sentence}")
        return mark_as_refused(_show(request, audit, form), refusal)
    fields, shown = {"risks": form.places}, {"risks": form.shown}
    try:
        save_cover(audit=audit, by=request.user, fields=fields, shown=shown)
    except CoverChanged as change:
        beside = form.beside(cover_of(audit), change)
        return _show(request, audit, beside, HTTPStatus.CONFLICT)
    messages.success(request, "The risks are saved. Page 1 prints them as yours.")
    return redirect("check", audit.pk)


def _show(
    request: MemberRequest, audit: Audit, form: RisksForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    assessment = assessment_of(audit)
    money = money_of(assessment, plan_state(audit.use_case.stage))
    *derived, _ = risks_otherwise(framework_of(audit), assessment, money)
    context = {
        "audit": audit,
        "nav": "use_cases",
        "form": form,
        "derived": derived if audit.codes else (),
    }
    page = "wizard/submission/risks.html"
    return render(request, page, context, status=status)

"""The explained result of one audit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from audits.access.audits import audit_for_viewing, audit_with_notices
from audits.access.members import MemberRequest, members_only
from audits.charts.bars import diverging
from audits.limits import EXPORTS, limited
from audits.models import Audit, Evidence
from audits.results.first_action import first_action
from audits.results.kit import kit
from audits.scoring import Assessment
from audits.scoring.exchange import document
from audits.scoring.explaining.advice_rows import outcome_lines
from audits.scoring.money import money_of
from audits.services.answers.comments import commented_questions
from audits.services.answers.set_aside import number_waiting
from audits.services.papers.covers import cover_of
from audits.services.record.downloads import record_download
from audits.services.reviews.discarding import discarded_after, work_in
from audits.services.reviews.lineage import lineage_of
from audits.services.reviews.renewals import current_of
from audits.services.reviews.reviews import latest_review, may_be_reviewed
from audits.services.reviews.separation import signing_of
from audits.services.verdicts.assessments import assessment_of, framework_of


@members_only
@require_GET
def result(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit: Any = audit_with_notices(request.membership, audit_id)
    if not audit.codes:
        return _not_scored(request, audit)
    assessment = assessment_of(audit)
    framework = framework_of(audit)
    lost = Evidence.objects.lost_of(audit) if audit.has_lost_files else ()
    is_waiting = audit.state == Audit.State.IN_REVIEW
    bars = diverging([item.total for item in assessment.pushes])
    context = {
        "audit": audit,
        "nav": _nav(request, audit),
        "use_case": audit.use_case,
        "framework": framework,
        "lost": [
            (item, framework.question_by_id[item.question].label) for item in lost
        ],
        "assessment": assessment,
        "first": first_action(framework, assessment),
        "forbidding": _forbidding(assessment),
        "open_reasons": assessment.may_train
        and not (assessment.reasons_measured or assessment.reasons_claimed),
        "outcome_lines": outcome_lines(assessment),
        "money": money_of(assessment),
        "pushes": list(zip(assessment.pushes, bars, strict=True)),
        "may_contribute": request.membership.may_contribute,
        "may_review": may_be_reviewed(audit, request.membership),
        "page_one_changed": cover_of(audit).changed_after
        if audit.signed_off_at
        else "",
        "signing": signing_of(audit, request.membership) if is_waiting else None,
        "review": latest_review(audit) if audit.has_reviews else None,
        "lineage": lineage_of(audit),
        "commented": commented_questions(audit),
        "waiting": number_waiting(audit, request.user) if audit.has_set_aside else 0,
        "follows": current_of(audit) if audit.state == "superseded" else None,
        **_discarded(audit),
    }
    return render(request, "results/result.html", context)


def _nav(request: MemberRequest, audit: Audit) -> str:
    """Return the list that the page belongs to: the person's own, or everybody's."""
    is_own = audit.use_case.owner_id == request.user.pk
    return "use_cases" if is_own else "portfolio"


def _forbidding(assessment: Assessment) -> frozenset[str]:
    """Return what the blockers read that forbid training now."""
    return frozenset(
        reading.id
        for step in assessment.trace.blockers
        if step.outcome == "fired"
        for reading in step.read
    )


def _discarded(audit: Any) -> dict[str, Any]:
    """Return the draft that was discarded after an audit, or whose work one held."""
    is_signed = audit.has_discarded and audit.state == Audit.State.SIGNED_OFF
    work = work_in(audit) if audit.discarded_at else {}
    return {
        "discarded": discarded_after(audit) if is_signed else None,
        "work": [(by, labels.items()) for by, labels in work.items()],
    }


def _not_scored(request: MemberRequest, audit: Audit) -> HttpResponse:
    """Redirect people who may answer to the questions; show the state to others."""
    if request.membership.may_contribute and audit.is_draft:
        return redirect("resume", audit.pk)
    context = {"nav": "portfolio", "use_case": audit.use_case}
    return render(request, "results/not_scored.html", context)


@members_only
@limited(EXPORTS)
@require_GET
def result_json(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Send the whole assessment as a JSON document."""
    audit = audit_for_viewing(request.membership, audit_id)
    response = JsonResponse(document.dump(assessment_of(audit)))
    _record_export(request, audit, "json")
    name = f"{audit.use_case.reference}-assessment.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@members_only
@limited(EXPORTS)
@require_GET
def action_kit(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Send the texts that a team starts with."""
    audit = audit_for_viewing(request.membership, audit_id)
    content = kit(framework_of(audit), audit, assessment_of(audit))
    _record_export(request, audit, "kit")
    name = f"{audit.use_case.reference}-kit.zip"
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _record_export(request: MemberRequest, audit: Audit, kind: str) -> None:
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="audit.exported",
        subject=str(audit.pk),
        kind=kind,
    )

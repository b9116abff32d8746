"""The answers, levels, notes and numbers of an audit, to read only."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.access.audits import audit_for_viewing, list_of
from audits.access.members import MemberRequest, members_only
from audits.limits import EXPORTS, limited
from audits.models import Audit
from audits.scoring.exchange.provenance import answers_hash
from audits.scoring.told.undocumented import COUNT_AS
from audits.services.answers.levels import undocumented
from audits.services.papers.annexed import about_of
from audits.services.papers.entries import candidates_of, numbers_of, sections_of
from audits.services.papers.exported_answers import exported_answers
from audits.services.record.downloads import record_download
from audits.services.verdicts.assessments import assessment_of


@members_only
@require_GET
def submission(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show all entries of an audit, as they were signed once it is signed off."""
    audit = audit_for_viewing(request.membership, audit_id)
    about = about_of(audit)
    context = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": list_of(request.user, audit),
        "title": _title(audit),
        "sections": [
            (section, [(row, about.said_of(row.question.id)) for row in rows])
            for section, rows in sections_of(audit)
        ],
        "count_as": COUNT_AS if undocumented(audit) else "",
        "numbers": [
            (said, about.said_of(said.item, "number")) for said in numbers_of(audit)
        ],
        "candidates": [
            (said, about.said_of(said.item, "candidate"))
            for said in candidates_of(audit)
        ],
        "answers_hash": _hash_of(audit),
        "may_contribute": request.membership.may_contribute,
    }
    return render(request, "wizard/submission/submission.html", context)


@members_only
@limited(EXPORTS)
@require_GET
def answers_json(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Send all entries of an audit with their files, comments and history."""
    audit = audit_for_viewing(request.membership, audit_id)
    response = JsonResponse(exported_answers(audit))
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="audit.exported",
        subject=str(audit.pk),
        kind="answers",
    )
    name = f"{audit.use_case.reference}-answers.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _hash_of(audit: Audit) -> str:
    """Return the hash that the board paper prints; empty for a draft."""
    if audit.submitted_at is None:
        return ""
    return answers_hash(assessment_of(audit), audit.given_codes)


def _title(audit: Audit) -> str:
    if audit.is_discarded:
        return "Answers of a discarded draft"
    return "Answers so far" if audit.is_draft else "Answers as submitted"

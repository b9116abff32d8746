"""What happened with a use case, and what changed between two of its audits."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.access.audits import audit_for_viewing, list_of
from audits.access.members import MemberRequest, members_only
from audits.models import Audit
from audits.services.reviews.between_audits import between_audits
from audits.services.timelines.timeline import audits_of, timeline_of


@members_only
@require_GET
def timeline(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_viewing(request.membership, audit_id)
    context = {
        "nav": list_of(request.user, audit),
        "audit": audit,
        "moments": timeline_of(audit.use_case),
        "others": _others(audit),
    }
    return render(request, "results/timeline/timeline.html", context)


@members_only
@require_GET
def changes(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Compare an audit with another one of its use case, by default the one before."""
    audit = audit_for_viewing(request.membership, audit_id)
    others = _others(audit)
    chosen = _chosen(request.GET.get("since", ""), audit, others)
    context = {
        "nav": list_of(request.user, audit),
        "audit": audit,
        "others": others,
        "chosen": chosen,
    }
    if chosen:
        other = audit_for_viewing(request.membership, chosen.pk)
        before, after = sorted((other, audit), key=lambda each: each.created_at)
        context["between"] = between_audits(before, after)
    return render(request, "results/timeline/changes.html", context)


def _others(audit: Audit) -> list[Audit]:
    """Return the other audits that have answers, the newest first."""
    found = reversed(audits_of(audit.use_case))
    return [each for each in found if each.pk != audit.pk and each.answered]


def _chosen(since: str, audit: Audit, others: list[Audit]) -> Audit | None:
    """Return the audit to compare with; raise Http404 for one that is none of them."""
    if since:
        found = next((each for each in others if str(each.pk) == since), None)
        if found is None:
            message = "No such audit of this use case"
            raise Http404(message)
        return found
    if not audit.answered:
        return None
    earlier = [each for each in others if each.created_at < audit.created_at]
    signed = (each for each in earlier if each.signed_off_at)
    return next(signed, earlier[0] if earlier else None)

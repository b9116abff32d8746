"""What happened with a use case, and what changed between two of its audits."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.access.audits import audit_for_viewing, list_of
from audits.access.members import MemberRequest, members_only
from audits.models import Audit
from audits.services.reviews.between_audits import between_audits
from audits.services.timelines.comparable import Comparable, comparable_of
from audits.services.timelines.timeline import timeline_of


@members_only
@require_GET
def timeline(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_viewing(request.membership, audit_id)
    context = {
        "nav": list_of(request.user, audit),
        "audit": audit,
        "moments": timeline_of(
            audit.use_case, with_shares=bool(request.membership.may_review)
        ),
        "may_compare": len(comparable_of(audit.use_case)) > 1,
    }
    return render(request, "results/timeline/timeline.html", context)


@members_only
@require_GET
def changes(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Compare two audits of a use case, or submissions: by default this and before."""
    audit = audit_for_viewing(request.membership, audit_id)
    found = comparable_of(audit.use_case)
    until = _named(request.GET.get("until", ""), found) or _own(audit, found)
    since = _named(request.GET.get("since", ""), found) or _before(until, found)
    context = {
        "nav": list_of(request.user, audit),
        "audit": audit,
        "choices": found[::-1],
        "since": since,
        "until": until,
    }
    if since and until and since != until:
        sides = [
            each.read(audit_for_viewing(request.membership, each.audit.pk))
            for each in found
            if each in (since, until)
        ]
        context["between"] = between_audits(*sides)
    return render(request, "results/timeline/changes.html", context)


def _named(key: str, found: Sequence[Comparable]) -> Comparable | None:
    """Return what an address names; raise Http404 for what is none of them."""
    chosen = next((each for each in found if each.key == key), None)
    if key and chosen is None:
        message = "No such audit of this use case"
        raise Http404(message)
    return chosen


def _own(audit: Audit, found: Sequence[Comparable]) -> Comparable | None:
    """Return the audit as it is; None without answers."""
    return next((each for each in found if each.key == str(audit.pk)), None)


def _before(until: Comparable | None, found: Sequence[Comparable]) -> Comparable | None:
    """Return what to compare with: the last signed audit before, or what was last.

    Submissions of the same audit count only if there is no audit before.
    """
    if until is None:
        return None
    earlier = [*found[: found.index(until)]][::-1]
    audits = [x for x in earlier if not x.submission and x.audit != until.audit]
    signed = (each for each in audits if each.audit.signed_off_at)
    return next(signed, next(iter(audits or earlier), None))

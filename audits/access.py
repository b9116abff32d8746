"""The only place that turns (member, id) into an object.

Queries run inside the member's organisation, so another organisation's id is as
unknown as one that never was: 404 for both. 403 is for a role that is too small,
inside one's own organisation only.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails
from django_scopes import scopes_disabled

from audits.models import Ask, Audit, Comment, Membership, Report, User


class MemberRequest(HttpRequest):
    """A request of someone who is signed in and belongs to an organisation."""

    user: User
    membership: Membership
    htmx: HtmxDetails


type View = Callable[..., HttpResponseBase]


def membership_of(user: User) -> Membership | None:
    """Return the membership a person works under, or None.

    This is asked before there is a scope to ask in.
    """
    with scopes_disabled():
        return (
            Membership.objects.select_related("organization")
            .filter(user=user)
            .order_by("pk")
            .first()
        )


def members_only(view: View) -> View:
    """Let members through; others sign in first, or have to be invited."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if getattr(request, "membership", None) is None:
            message = "You do not belong to an organisation yet. Ask for an invitation."
            raise PermissionDenied(message)
        return view(cast("MemberRequest", request), *args, **kwargs)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send the browser to the sign-in page, and back to this page afterwards.

    A part of a page that htmx asked for is no place for it: the whole page goes.
    """
    if not getattr(request, "htmx", None):
        return redirect_to_login(request.get_full_path())
    back = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
    return HttpResponseClientRedirect(redirect_to_login(back)["Location"])


def require_contributor(member: Membership) -> None:
    """Refuse a member who may only read."""
    if not member.may_contribute:
        message = "You may read here. Ask an administrator for the right to contribute."
        raise PermissionDenied(message)


def audit_for_viewing(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit of the member's organisation, or raise Http404."""
    audit = Audit.objects.with_use_case().filter(pk=audit_id).first()
    if audit is None or audit.organization_id != member.organization_id:
        message = "No such audit"
        raise Http404(message)
    return audit


def audit_for_editing(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit the member may answer; 403 for a member who may only read."""
    audit = audit_for_viewing(member, audit_id)
    require_contributor(member)
    return audit


def report_for_viewing(member: Membership, report_id: UUID) -> Report:
    """Return a report of the member's organisation, or raise Http404."""
    report = (
        Report.objects.select_related("audit__use_case").filter(pk=report_id).first()
    )
    if report is None or report.organization_id != member.organization_id:
        message = "No such report"
        raise Http404(message)
    return report


def comment_for_editing(member: Membership, comment_id: int) -> Comment:
    """Return a comment the member may resolve; 403 for one who may only read."""
    comment = Comment.objects.select_related("audit").filter(pk=comment_id).first()
    if comment is None or comment.organization_id != member.organization_id:
        message = "No such comment"
        raise Http404(message)
    require_contributor(member)
    return comment


def ask_for_closing(member: Membership, ask_id: UUID) -> Ask:
    """Return an ask the member made or is asked; 403 for everybody else."""
    ask = Ask.objects.with_audit().filter(pk=ask_id).first()
    if ask is None or ask.organization_id != member.organization_id:
        message = "No such ask"
        raise Http404(message)
    if member.user_id not in (ask.of_id, ask.by_id):
        message = "Only who is asked and who asked can close this."
        raise PermissionDenied(message)
    return ask

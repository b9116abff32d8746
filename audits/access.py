"""The only place that turns (member, id) into an object.

Queries run inside the member's organisation, so another organisation's id is as
unknown as one that never was: 404 for both. 403 is for a role that is too small,
inside one's own organisation only.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails
from django_scopes import scopes_disabled

from audits.held_forms import sign_in_page
from audits.models import (
    AnswerRequest,
    Audit,
    BoardPack,
    Comment,
    Evidence,
    Feed,
    Import,
    Membership,
    Report,
    Rescore,
    Role,
    User,
    Version,
)


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
    """Ask for a sign-in, which leads back to this page.

    A page that was sending something must not lose it. From within a page that saves
    as one types, the person signs in again in place; what a whole form sent travels
    with the sign-in page.
    """
    if getattr(request, "htmx", None):
        if request.method == "POST":
            return render(request, "people/sign_in_again.html", status=401)
        back = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponseClientRedirect(redirect_to_login(back)["Location"])
    if request.POST or request.FILES:
        return sign_in_page(request)
    return redirect_to_login(request.get_full_path())


def require_contributor(member: Membership) -> None:
    """Refuse a member who may only read."""
    if not member.may_contribute:
        message = "You may read here. Ask an administrator for the right to contribute."
        raise PermissionDenied(message)


def audit_for_viewing(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit of the member's organisation, or raise Http404."""
    found = Audit.objects.with_use_case().filter(pk=audit_id).first()
    return _own(member, found, "audit")


def audit_with_notices(member: Membership, audit_id: UUID) -> Audit:
    """Return the same, with whether there is more to tell this member of it."""
    audits = Audit.objects.with_use_case().with_notices(member.user)
    return _own(member, audits.filter(pk=audit_id).first(), "audit")


class _Owned(Protocol):
    """What belongs to an organisation."""

    organization_id: Any
    organization: Any


def _own[Found: _Owned](member: Membership, found: Found | None, noun: str) -> Found:
    """Return what was found if it is the member's organisation's."""
    if found is None or found.organization_id != member.organization_id:
        message = f"No such {noun}"
        raise Http404(message)
    found.organization = member.organization  # read already
    return found


def audit_for_editing(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit the member may answer; 403 for a member who may only read."""
    audit = audit_for_viewing(member, audit_id)
    require_contributor(member)
    return audit


def audit_for_saving(member: Membership, audit_id: UUID) -> Audit:
    """Return the same, with no more than saving an answer needs."""
    audits = Audit.objects.with_open_asks().select_related("portfolio_row")
    audit = _own(member, audits.filter(pk=audit_id).first(), "audit")
    require_contributor(member)
    return audit


def audit_for_review(member: Membership, audit_id: UUID) -> Audit:
    """Return an audit the member may review; 403 for a member who is no reviewer."""
    audit = audit_for_viewing(member, audit_id)
    if not member.may_review:
        message = "Only a reviewer can sign off. Ask an administrator for that role."
        raise PermissionDenied(message)
    return audit


def require_administrator(member: Membership) -> None:
    """Refuse a member who does not look after the whole organisation."""
    if member.role != Role.ADMIN:
        message = "Only an administrator can see this. Ask one of yours."
        raise PermissionDenied(message)


def version_for_editing(member: Membership, version_id: UUID) -> Version:
    """Return a version of an answer in the member's organisation, or raise Http404."""
    version = (
        Version.objects.select_related("audit__use_case", "audit__organization")
        .filter(public_id=version_id)
        .first()
    )
    version = _own(member, version, "answer")
    require_contributor(member)
    return version


def set_aside_version(member: Membership, version_id: UUID) -> Version:
    """Return a version that waits for this member to choose, or raise Http404."""
    version = version_for_editing(member, version_id)
    if not version.set_aside or version.by_id != member.user_id:
        message = "No such answer"
        raise Http404(message)
    return version


def report_for_viewing(member: Membership, report_id: UUID) -> Report:
    """Return a report of the member's organisation, or raise Http404."""
    report = (
        Report.objects.select_related("audit__use_case").filter(pk=report_id).first()
    )
    return _own(member, report, "report")


def rescore_for_viewing(member: Membership, rescore_id: UUID) -> Rescore:
    """Return a re-scoring of the member's organisation, or raise Http404."""
    rescore = Rescore.objects.defer("result").filter(pk=rescore_id).first()
    return _own(member, rescore, "re-scoring")


def rescore_for_cancelling(member: Membership, rescore_id: UUID) -> Rescore:
    """Return a re-scoring that the member may cancel; 403 for any other."""
    return _cancellable(member, rescore_for_viewing(member, rescore_id))


def pack_for_viewing(member: Membership, pack_id: UUID) -> BoardPack:
    """Return a board pack of the member's organisation, or raise Http404."""
    packs = BoardPack.objects.light().select_related("organization", "requested_by")
    pack: BoardPack | None = packs.filter(pk=pack_id).first()
    return _own(member, pack, "pack")


def pack_for_cancelling(member: Membership, pack_id: UUID) -> BoardPack:
    """Return a pack that the member may cancel; 403 for any other."""
    return _cancellable(member, pack_for_viewing(member, pack_id))


def may_cancel(member: Membership, work: BoardPack | Rescore) -> bool:
    """Say whether a member asked for this work, or may contribute."""
    return work.requested_by_id == member.user_id or member.may_contribute


def _cancellable[Work: (BoardPack, Rescore)](member: Membership, work: Work) -> Work:
    if not may_cancel(member, work):
        require_contributor(member)
    return work


def evidence_for_viewing(member: Membership, evidence_id: UUID) -> Evidence:
    """Return a piece of evidence of the member's organisation, or raise Http404."""
    evidence = (
        Evidence.objects.select_related("audit__use_case", "added_by")
        .filter(pk=evidence_id)
        .first()
    )
    return _own(member, evidence, "evidence")


def evidence_for_editing(member: Membership, evidence_id: UUID) -> Evidence:
    """Return evidence the member may remove; 403 for a member who may only read."""
    evidence = evidence_for_viewing(member, evidence_id)
    require_contributor(member)
    return evidence


def import_for_editing(member: Membership, import_id: UUID) -> Import:
    """Return an import of the member's organisation; 403 for one who may only read.

    Its rows are read where they are asked for: a page that waits does not.
    """
    imports = Import.objects.select_related("organization", "by")
    light = imports.defer("rows", "lines", "found")
    found: Import | None = light.filter(pk=import_id).first()
    found = _own(member, found, "import")
    require_contributor(member)
    return found


def comment_for_editing(member: Membership, comment_id: UUID) -> Comment:
    """Return a comment the member may resolve; 403 for one who may only read."""
    comments = Comment.objects.select_related("audit")
    comment = _own(member, comments.filter(public_id=comment_id).first(), "comment")
    require_contributor(member)
    return comment


def ask_for_closing(member: Membership, ask_id: UUID) -> AnswerRequest:
    """Return an ask the member made or is asked; 403 for everybody else."""
    ask = AnswerRequest.objects.with_audit().filter(pk=ask_id).first()
    ask = _own(member, ask, "ask")
    if member.user_id not in (ask.of_id, ask.by_id):
        message = "Only who is asked and who asked can close this."
        raise PermissionDenied(message)
    return ask


def feed_by_secret(secret: str) -> Feed:
    """Return the calendar with a secret, or raise Http404.

    A program asks without signing in, so before there is a scope to ask in. It gets no
    more than its owner would, who has to be a member still.
    """
    with scopes_disabled():
        feeds = Feed.objects.select_related("organization", "view")
        feed: Feed | None = feeds.filter(
            digest=Feed.digest_of(secret), user__is_active=True
        ).first()
        if feed is None or not Membership.objects.filter(
            user=feed.user_id, organization=feed.organization_id
        ):
            message = "No such calendar"
            raise Http404(message)
    return feed

"""The page on which a reviewer shares a paper or a pack, and ends that."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.members import MemberRequest, members_only
from audits.access.papers import pack_for_sharing, report_for_sharing
from audits.access.shares import share_for_ending
from audits.confirming.fresh import ask_to_confirm, is_fresh
from audits.limits import SHARES, too_many
from audits.models import BoardPack, Event, Report, Role, Share
from audits.reports.sharing.forms import LinkForm, ReaderForm
from audits.services.papers.sharing import (
    OPENED,
    REFUSED,
    copies_said,
    copies_stay,
    end_share,
    is_out_of_date,
    readers_of,
    share_by_link,
    share_with_reader,
    shares_of,
    tries_of,
)

_TOLD_ONCE = "link_of_share"
_OPENINGS = 20


@members_only
@require_http_methods(["GET", "POST"])
def share_paper(request: MemberRequest, report_id: UUID) -> HttpResponseBase:
    """Show with whom a paper is shared, and share it."""
    return _share(request, report_for_sharing(request.membership, report_id))


@members_only
@require_http_methods(["GET", "POST"])
def share_pack(request: MemberRequest, pack_id: UUID) -> HttpResponseBase:
    """Show with whom a pack is shared, and share it."""
    return _share(request, pack_for_sharing(request.membership, pack_id))


@members_only
@require_POST
def end(request: MemberRequest, share_id: UUID) -> HttpResponse:
    """Let what was shared open no more."""
    share = share_for_ending(request.membership, share_id)
    end_share(share=share, by=request.user)
    said = f"It is not shared with {share} any more. {copies_stay(share)}"
    messages.success(request, said.strip())
    return redirect(_page_of(share.job))


def _share(request: MemberRequest, job: Report | BoardPack) -> HttpResponseBase:
    member, wanted = request.membership, request.POST.get("do")
    to_reader = ReaderForm(member, request.POST if wanted == "reader" else None)
    by_link = LinkForm(request.POST if wanted == "link" else None)
    form = by_link if wanted == "link" else to_reader
    if form.is_valid():
        if not is_fresh(request, here=True):
            return ask_to_confirm(request)
        if refusal := SHARES.refusal(request.user.pk):
            return too_many(request, refusal)
        try:
            _shared(request, job, form)
        except ValidationError as refused:
            form.add_error(None, refused.messages[0])
        else:
            return redirect(_page_of(job))
    is_refused = bool(request.method == "POST" and not form.is_valid())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    context = _context(request, job) | {
        "form": form,
        "to_reader": to_reader,
        "by_link": by_link,
    }
    return render(request, "reports/sharing/sharing.html", context, status=status)


def _shared(
    request: MemberRequest, job: Report | BoardPack, form: ReaderForm | LinkForm
) -> None:
    member, given = request.membership, form.cleaned_data
    if isinstance(form, ReaderForm):
        share_with_reader(job=job, by=member, reader=given["reader"])
        messages.success(request, f"It is shared with {given['reader']}.")
        return
    _, secret = share_by_link(job=job, by=member, **given)
    address = f"{settings.SITE_URL}{reverse('shared_link', args=[secret])}"
    request.session[_TOLD_ONCE] = address


def _context(request: MemberRequest, job: Report | BoardPack) -> dict[str, Any]:
    shares = list(shares_of(job))
    lines: dict[tuple[str, str], list[Event]] = {}
    for line in tries_of(shares):
        lines.setdefault((line.subject, line.verb), []).append(line)
    is_pack = isinstance(job, BoardPack)
    return {
        "page": reverse("pack" if is_pack else "paper", args=[job.pk]),
        "noun": "pack" if isinstance(job, BoardPack) else job.noun,
        "readers": readers_of(request.membership).exists(),
        "is_fresh": is_fresh(request, here=True),
        "here": _page_of(job),
        "address": request.session.pop(_TOLD_ONCE, ""),
        "rows": [_row(share, lines) for share in shares],
        "is_old": is_out_of_date(job),
        "is_unsigned": isinstance(job, Report) and job.audit.signed_off_at is None,
        "may_invite": request.membership.role == Role.ADMIN,
    }


def _row(share: Share, lines: dict[tuple[str, str], list[Event]]) -> dict[str, Any]:
    """Return what was shared, and how often it was opened or refused, the last ones."""
    opened, refused = (
        lines.get((str(share.public_id), verb), []) for verb in (OPENED, REFUSED)
    )
    return {
        "share": share,
        "tries": [
            (said, len(found), found[:_OPENINGS])
            for said, found in (("Opened", opened), ("Wrong passphrase", refused))
            if found
        ],
        "is_opened": bool(opened),
        "stays": copies_said(len(opened)),
    }


def _page_of(job: Report | BoardPack) -> str:
    name = "share_pack" if isinstance(job, BoardPack) else "share_paper"
    return reverse(name, args=[job.pk])

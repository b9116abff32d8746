"""What a board reader sees, and what a link opens for who knows its passphrase."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods
from django_scopes import scope

from audits.access.members import MemberRequest, for_readers, members_only
from audits.access.shares import share_by_secret, share_for_reading
from audits.checked_files import StorageSilent
from audits.limits import DOWNLOADS, client_address, limited
from audits.models import Job, Share, User
from audits.pages import storage_silent
from audits.reports.downloads import sent
from audits.reports.sharing.forms import PassphraseForm
from audits.services.files.file_checks import FileLost, open_checked
from audits.services.papers.sharing import (
    is_out_of_date,
    is_passphrase,
    record_opening,
    record_refusal,
)
from audits.services.people.sign_in_limits import (
    TooManyAttempts,
    begin_attempt,
    take_back,
)

_PRIVATE = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_TICKETS = TimestampSigner(salt="passphrase of a shared link")
_VALID = timedelta(minutes=5)
_WRONG = "This passphrase is wrong. Enter it as you were told."


@members_only
@for_readers
@require_GET
def shared_with_me(request: MemberRequest) -> HttpResponse:
    """List the papers and packs that are shared with a member."""
    shares = Share.objects.open().with_file().filter(reader=request.user)
    rows = [(share, is_out_of_date(share.job)) for share in shares]
    context = {"nav": "shared", "shares": rows}
    return render(request, "reports/sharing/shared.html", context)


@members_only
@for_readers
@require_GET
@limited(DOWNLOADS)
def shared_file(request: MemberRequest, share_id: UUID) -> HttpResponseBase:
    """Send a board reader a paper or a pack that is shared with them."""
    share = share_for_reading(request.membership, share_id)
    return _file(request, share, request.user) or _not_there(request)


@require_http_methods(["GET", "POST"])
def shared_link(request: HttpRequest, link: str) -> HttpResponseBase:
    """Ask for the passphrase of a link, then send what it opens."""
    share = share_by_secret(link)
    with scope(organization=share.organization):
        response = _opened(request, share)
    for name, value in _PRIVATE.items():
        response.headers[name] = value
    return response


def _opened(request: HttpRequest, share: Share) -> HttpResponseBase:
    if share.state != "open":
        status = HTTPStatus.GONE
        over = {"state": share.state}
        return render(request, "reports/sharing/over.html", over, status=status)
    if _is_ticket(request.POST.get("ticket", ""), share):
        return _file(request, share, None) or _not_there(request)
    form = PassphraseForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "share": share, "is_old": is_out_of_date(share.job)}
    if form.is_valid():
        try:
            _require_passphrase(request, share, form.cleaned_data["passphrase"])
        except ValidationError as refused:
            form.add_error("passphrase", refused)
        else:
            if not request.POST.get("again"):
                return _file(request, share, None) or _not_there(request)
            # A download would leave the page with its error.
            context["ticket"] = _TICKETS.sign(str(share.public_id))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "reports/sharing/link.html", context, status=status)


def _is_ticket(ticket: str, share: Share) -> bool:
    """Return whether a form proves that its passphrase was right a moment ago."""
    try:
        found = _TICKETS.unsign(ticket, max_age=_VALID)
    except BadSignature:
        return False
    return found == str(share.public_id)


def _require_passphrase(request: HttpRequest, share: Share, typed: str) -> None:
    """Check a passphrase, within limits of the link and of a network address.

    Raises:
        ValidationError: It is wrong, or too many were wrong recently.
    """
    address = client_address(request)
    try:
        attempt = begin_attempt(
            what="shared link",
            account=str(share.public_id),
            address=address,
            is_known_device=False,
            place=address,
        )
    except TooManyAttempts as too_many:
        raise ValidationError(str(too_many)) from too_many
    if not is_passphrase(share, typed):
        record_refusal(share=share)
        raise ValidationError(_WRONG)
    take_back(attempt)


def _file(
    request: HttpRequest, share: Share, by: User | None
) -> HttpResponseBase | None:
    """Record an opening and return the file; None if there is none now."""
    if share.job.state != Job.State.READY:
        return None
    try:
        content = open_checked(share.job)
    except StorageSilent:
        return storage_silent(request)
    except FileLost:
        return None
    record_opening(share=share, by=by)
    return sent(share.job, content)


def _not_there(request: HttpRequest) -> HttpResponse:
    status = HTTPStatus.GONE
    context = {"state": "no file"}
    return render(request, "reports/sharing/over.html", context, status=status)

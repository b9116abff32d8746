"""People who belong to several organizations: what is of one is not of the others.

A page and a form are of one of them, and so is what its provider says.

What is of another own organization is as unknown as anybody's, but its member is
offered to switch to it.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django_scopes import scope

from audits.access.opened_pages import is_of_organization
from audits.access.sent_forms import entered, what_was_sent
from audits.models import Invitation, Membership

type View = Callable[..., HttpResponseBase]


def works_here_alone(organization_id: UUID, member: Membership | None) -> bool:
    """Return whether somebody belongs to no other organization now.

    Args:
        organization_id: The organization.
        member: The membership a person works under, with their others; None of somebody
            who belongs to none.
    """
    own = [member, *member.others] if member else []
    return all(each.organization_id == organization_id for each in own)


def vouches_in(proof: Mapping[str, Any], where: Membership | Invitation) -> bool:
    """Return whether a provider's proof is one in the organization of a member."""
    return bool(proof.get("organization") == str(where.organization_id))


def refuse_form_of_another(
    request: HttpRequest, member: Membership
) -> HttpResponse | None:
    """Refuse a form from a page that was made in another own organization."""
    own = member.organization_id
    if not member.others or is_of_organization(request.POST, own):
        return None
    sentence = (
        "This page was opened in another organization. You work in "
        f"{member.organization} now, so nothing was saved."
    )
    status = HTTPStatus.CONFLICT
    if getattr(request, "htmx", None):
        return HttpResponse(sentence, status=status, content_type="text/plain")
    sent = what_was_sent(request)
    context = {"sentence": sentence, "entered": entered(sent), "page": ""}
    return render(request, "people/other_organization.html", context, status=status)


def offer_switch(
    request: HttpRequest,
    view: View,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    may_work_in: Callable[[Membership], bool],
) -> HttpResponse | None:
    """Offer to switch if a page that was not found is of another own organization.

    None if it is of none, or of one in which they may not work with this session. The
    page is asked for as that organization's member would. A file,
    whose address has a dot, is not: its download would be recorded.
    """
    member: Membership = request.membership  # type: ignore[attr-defined]
    if request.method != "GET" or not kwargs or getattr(request, "htmx", None):
        return None
    if "." in request.path:
        return None
    own = [each for each in member.others if each.sees_all and may_work_in(each)]
    try:
        for other in own:
            request.membership = other  # type: ignore[attr-defined]
            with scope(organization=other.organization):
                if _is_there(request, view, args, kwargs):
                    break
        else:
            return None
    finally:
        request.membership = member  # type: ignore[attr-defined]
    page = request.get_full_path()
    context = {"other": other, "page": page}
    status = HTTPStatus.CONFLICT
    return render(request, "people/other_organization.html", context, status=status)


def _is_there(
    request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> bool:
    try:
        answer = view(request, *args, **kwargs)
    except Http404:
        return False
    except PermissionDenied:
        return True
    # A file is closed; `close()` would also end the request for the database.
    for close in getattr(answer, "_resource_closers", ()):
        close()
    return True

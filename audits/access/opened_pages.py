"""Whose page a form was sent from: what it sends is never taken in another's name.

A page may stay open while its person signs out and a colleague signs in, in another
tab or in place. Each form of a member's page has a signed ticket that says whom the
page was made for (`audits.templatetags.page_tokens`), and `members_only` lets in no
other's. What outlives a sign-in needs the ticket: a form that a sign-in page carries,
and a page that gets a new token.
"""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from audits.access.sent_forms import PAGE_OF, back_to, entered, what_was_sent
from audits.models import Membership, User

_VALID_FOR = timedelta(days=14)
_SIGNER = TimestampSigner(salt=PAGE_OF)


def ticket_of(person: User, member: Membership | None = None) -> str:
    """Return the ticket of a page that is made for a person now.

    That of who belongs to several organizations says for which one, too.
    """
    of = str(person.public_id)
    if member is not None and member.others:
        of = f"{of}/{member.organization_id}"
    return _SIGNER.sign(of)


def is_of_another(sent: QueryDict, reader: User) -> bool:
    """Return whether a form has a ticket that is not the reader's."""
    own = str(reader.public_id)
    return any(opener.partition("/")[0] != own for opener in _openers(sent))


def is_of_organization(sent: QueryDict, organization: UUID) -> bool:
    """Return whether a form names no other organization as that of its page."""
    named = (opener.partition("/")[2] for opener in _openers(sent))
    return {*named} <= {"", str(organization)}


def is_own(sent: QueryDict, reader: User) -> bool:
    """Return whether a form proves that its page was made for the reader."""
    return PAGE_OF in sent and not is_of_another(sent, reader)


def refuse_page_of_another(
    request: HttpRequest,
    reader: User,
    sent: QueryDict | None = None,
    back: str | None = None,
) -> HttpResponse:
    """Say whose page it is, and show what was entered, which is not saved.

    Args:
        request: The request.
        reader: Who is signed in.
        sent: What the page sent; what this request has, if not given.
        back: Where the page is; where this request came from, if not given.
    """
    sent = what_was_sent(request) if sent is None else sent
    opener = _opener(request, sent)
    said = f"This page was opened by {opener}."
    if not opener:
        said = "This page does not prove who opened it."
    sentence = f"{said} You are signed in as {reader}, so nothing was saved."
    status = HTTPStatus.CONFLICT
    if getattr(request, "htmx", None):
        said = f"{sentence} Reload the page to answer in your own name."
        return HttpResponse(said, status=status, content_type="text/plain")
    context = {
        "sentence": sentence,
        "is_known": bool(opener),
        "entered": entered(sent),
        "back": back_to(request) if back is None else back,
    }
    return render(request, "people/page_of_another.html", context, status=status)


def _opener(request: HttpRequest, sent: QueryDict) -> str:
    """Return the name of whom the page was made for; empty if that is not known."""
    found = _openers(sent)
    if not found or "" in found:
        return ""
    if getattr(request, "membership", None) is not None:
        others = Membership.objects.exclude(user=request.user.pk)
        for member in others.select_related("user"):
            if str(member.user.public_id) in {x.partition("/")[0] for x in found}:
                return str(member.user)
    return "somebody else"


def _openers(sent: QueryDict) -> list[str]:
    """Return whom the tickets of a form name; empty for a forged or old one."""
    return [_named(ticket) for ticket in sent.getlist(PAGE_OF)]


def _named(ticket: str) -> str:
    try:
        return _SIGNER.unsign(ticket, max_age=_VALID_FOR)
    except BadSignature:
        return ""

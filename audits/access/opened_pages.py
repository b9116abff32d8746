"""Whose page a form was sent from: what it sends is never taken in another's name.

A page may stay open while its person signs out and a colleague signs in, in another
tab or in place. Each form of a member's page says whom the page was made for
(`audits.templatetags.page_tokens`), and `members_only` lets in no other's.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from audits.access.sent_forms import PAGE_OF, back_to, entered, what_was_sent
from audits.models import Membership, User


def is_of_another(sent: QueryDict, reader: User) -> bool:
    """Return whether a form is of a page that was made for somebody else."""
    return any(said != str(reader.public_id) for said in sent.getlist(PAGE_OF))


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
    sentence = (
        f"This page was opened by {_opener(request, sent)}. You are signed in as "
        f"{reader}, so nothing was saved."
    )
    status = HTTPStatus.CONFLICT
    if getattr(request, "htmx", None):
        said = f"{sentence} Reload the page to answer in your own name."
        return HttpResponse(said, status=status, content_type="text/plain")
    context = {
        "sentence": sentence,
        "entered": entered(sent),
        "back": back_to(request) if back is None else back,
    }
    return render(request, "people/page_of_another.html", context, status=status)


def _opener(request: HttpRequest, sent: QueryDict) -> str:
    """Return the name of whom the page was made for, if it is a colleague's."""
    if getattr(request, "membership", None) is not None:
        others = Membership.objects.exclude(user=request.user.pk)
        for member in others.select_related("user"):
            if str(member.user.public_id) in sent.getlist(PAGE_OF):
                return str(member.user)
    return "somebody else"

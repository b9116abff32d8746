"""What somebody sent while nobody was signed in.

It is not stored for them: the sign-in page that answers carries it in a hidden field,
and the sign-in brings it back. Only then is it kept, in the session of who signed in,
who may look at it and send it. Files cannot be carried, and passwords are not.

Only what a view is marked for is carried. A decision, such as a review, never is: who
signs in would send what they have not read. They get the page of it instead.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from allauth.account.forms import LoginForm
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from audits.access.opened_pages import is_of_another, refuse_page_of_another
from audits.access.sent_forms import back_to, entered, what_was_sent
from audits.models import User

FIELD = "held"
_MOST = 64 * 1024  # characters
# A form writes a character with up to twelve; the longest note is 10,000 characters.
_MOST_ENCODED = 160 * 1024
_SESSION = "held_form"
_SHOWN_BY_ITSELF = "Answers"


def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in, on a page that carries what was sent if it may be carried."""
    sent = what_was_sent(request)
    body, is_carried = sent.urlencode(), may_be_sent_again(request)
    fits = _fits(body)
    signed_out = "not sent"
    if is_carried:
        signed_out = "kept" if fits else "too long"
    context = {
        "form": LoginForm(request=request),
        "redirect_field_name": REDIRECT_FIELD_NAME,
        "redirect_field_value": (
            request.get_full_path() if is_carried else back_to(request)
        ),
        "held": body if is_carried and fits else "",
        "signed_out": signed_out,
        "entered": () if is_carried else entered(sent),
        "had_file": bool(request.FILES),
    }
    response = render(
        request, "account/login.html", context, status=HTTPStatus.UNAUTHORIZED
    )
    add_never_cache_headers(response)
    return response


def carried(request: HttpRequest) -> str:
    """Return what a sign-in carries for the page before it, as a form is encoded."""
    body = request.POST.get(FIELD, "")
    return body if _fits(body) else ""


def _fits(body: str) -> bool:
    if body.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return False
    return len(body) <= _MOST_ENCODED and len(unquote(body)) <= _MOST


def after_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep what a sign-in carried for who is in now, and lead to where it is shown.

    Args:
        request: The sign-in.
        response: Its answer. It leads to the page that the form was sent to, which
            allauth has made sure is one of ours.
    """
    if not request.user.is_authenticated:
        request.session.flush()  # a right password to a closed account
        return response
    page, body = response.get("Location", ""), carried(request)
    if not body or not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return response
    try:
        view = resolve(urlsplit(page).path).func
    except Resolver404:
        return response
    if not _held_as(view):
        return response
    request.session[_SESSION] = {"page": page, "body": body}
    shows_it = _held_as(view) == _SHOWN_BY_ITSELF
    is_own = not is_of_another(QueryDict(body), request.user)
    return response if shows_it and is_own else redirect("send_held")


def held_as[View: Callable[..., Any]](words: str) -> Callable[[View], View]:
    """Mark a view whose form may be held, and sent once its person has seen it.

    Args:
        words: What is sent, as the page that offers to send it says.
    """

    def mark(view: View) -> View:
        view.held_as = words  # type: ignore[attr-defined]
        return view

    return mark


def shows_held[View: Callable[..., Any]](view: View) -> View:
    """Mark a page that shows what was held for it by itself, still unsaved."""
    return held_as(_SHOWN_BY_ITSELF)(view)


def may_be_sent_again(request: HttpRequest) -> bool:
    """Return whether what was sent to this view may be held, and sent once more."""
    match = request.resolver_match
    return match is not None and bool(_held_as(match.func))


def _held_as(view: Callable[..., Any]) -> str:
    return getattr(view, "held_as", "")


def held_answers(request: HttpRequest) -> QueryDict | None:
    """Return what this person sent to this page while nobody was signed in, once."""
    held = request.session.get(_SESSION)
    if not held or urlsplit(held["page"]).path != request.path:
        return None
    del request.session[_SESSION]
    sent = QueryDict(held["body"])
    return None if is_of_another(sent, cast("User", request.user)) else sent


def offer_to_send(request: HttpRequest) -> HttpResponse | None:
    """Show what was sent while nobody was signed in, to whom sent it; None for nothing.

    What another's page sent is shown, and cannot be sent.
    """
    held = request.session.get(_SESSION)
    if not held:
        return None
    page, sent = held["page"], QueryDict(held["body"])
    reader = cast("User", request.user)
    if is_of_another(sent, reader):
        return refuse_page_of_another(request, reader, sent, back="")
    context = {
        "page": page,
        "sent": sent,
        "entered": entered(sent),
        "what": _held_as(resolve(urlsplit(page).path).func),
    }
    return render(request, "people/send_held.html", context)

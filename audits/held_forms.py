"""Keeps a form that somebody sent while signed out.

Attune stores nothing: the sign-in page that answers carries the form in a hidden field,
and the sign-in returns it. Only then is it kept, in the session of the person who
signed in, who can check it and send it. It never holds files or passwords.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from allauth.account.forms import LoginForm
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "held"
_MOST = 64 * 1024  # characters
# A form writes a character with up to twelve; the longest note is 10,000 characters.
_MOST_ENCODED = 160 * 1024
_SESSION = "held_form"


def what_was_sent(request: HttpRequest) -> QueryDict:
    """Return the fields of a form without its token and without passwords."""
    sent = request.POST.copy()
    for name in request.POST:
        if name == "csrfmiddlewaretoken" or "password" in name:
            del sent[name]
    return sent


def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in, on a page that carries the sent form."""
    body = what_was_sent(request).urlencode()
    fits = _fits(body)
    context = {
        "form": LoginForm(request=request),
        "redirect_field_name": REDIRECT_FIELD_NAME,
        "redirect_field_value": request.get_full_path(),
        "held": body if fits else "",
        "signed_out": "kept" if fits else "too long",
        "had_file": bool(request.FILES),
    }
    response = render(
        request, "account/login.html", context, status=HTTPStatus.UNAUTHORIZED
    )
    add_never_cache_headers(response)
    return response


def carried(request: HttpRequest) -> str:
    """Return the earlier form that a sign-in carries, as form-encoded text."""
    body = request.POST.get(FIELD, "")
    return body if _fits(body) else ""


def _fits(body: str) -> bool:
    if body.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return False
    return len(body) <= _MOST_ENCODED and len(unquote(body)) <= _MOST


def after_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep the carried form for the person now signed in, and lead to its page.

    Args:
        request: The sign-in.
        response: Its answer. It leads to the page that the form was sent to; allauth
            has checked that this page is ours.
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
    request.session[_SESSION] = {"page": page, "body": body}
    return response if getattr(view, "shows_held", False) else redirect("send_held")


def shows_held[View: Callable[..., Any]](view: View) -> View:
    """Mark a page that itself shows the form that was held for it, still unsaved."""
    view.shows_held = True  # type: ignore[attr-defined]
    return view


def held_answers(request: HttpRequest) -> QueryDict | None:
    """Return, once, the form that this person sent to this page while signed out."""
    held = request.session.get(_SESSION)
    if not held or urlsplit(held["page"]).path != request.path:
        return None
    del request.session[_SESSION]
    return QueryDict(held["body"])


def held_form(request: HttpRequest) -> tuple[str, QueryDict] | None:
    """Return the page that a form was sent to while signed out, and its fields."""
    held = request.session.get(_SESSION)
    return (held["page"], QueryDict(held["body"])) if held else None

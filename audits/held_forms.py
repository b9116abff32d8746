"""Keeps a form that somebody sent while signed out.

Attune stores nothing for a visitor: the sign-in page carries the form in a hidden
field, and the sign-in returns it. Only then is it kept, in the session of the person
who signed in, until they send or discard it: a reloaded page shows it again, and a page
that cannot show it leads to one that can. It never holds files or passwords.

A form goes on only with the ticket of who signs in (`audits.access.opened_pages`): any
other is shown to them, and cannot be saved.

Only marked views allow this. A decision, such as a review, is never carried: the person
who signs in would send what they have not read. They get its page instead.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Literal, NotRequired, TypedDict, cast
from urllib.parse import unquote, urlsplit

from allauth.account.forms import LoginForm
from allauth.account.internal.stagekit import unstash_login
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import get_random_string
from django.utils.http import url_has_allowed_host_and_scheme

from audits.access.opened_pages import is_own, refuse_page_of_another
from audits.access.sent_forms import (
    HELD_FORM,
    back_to,
    entered,
    what_was_sent,
)
from audits.models import User

FIELD = "held"
_MOST = 64 * 1024  # characters
# A form writes a character with up to twelve; the longest note is 10,000 characters.
_MOST_ENCODED = 160 * 1024
_SESSION = "held_forms"
_UNTIL_CODE = "held_until_code"
_MOST_FORMS = 10
_LONGEST_PAGE = 2000  # characters
_SHOWN_BY_ITSELF = "Answers"

type View = Callable[..., HttpResponseBase]


class Held(TypedDict):
    """A form in the session: its name there, its page and its fields.

    It `waits_for` a sign-in, or a proof of who is signed in; `about` is what changes.
    A form that sends a file is kept once it `was_sent`: its page stays on the screen.
    """

    id: str
    page: str
    body: str
    waits_for: NotRequired[Literal["proof"]]
    about: NotRequired[str]
    was_sent: NotRequired[bool]


def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in, on a page that carries the sent form if that is allowed."""
    sent = what_was_sent(request)
    body, is_carried = sent.urlencode(), may_be_sent_again(request)
    fits = _fits(body)
    signed_out = "not sent"
    if is_carried:
        signed_out = "kept" if fits else "too long"
    page = request.get_full_path() if is_carried else back_to(request)
    more = {
        "signed_out": signed_out,
        "entered": () if is_carried else entered(sent),
        "had_file": bool(request.FILES),
    }
    return _ask_to_sign_in(request, page, body if is_carried and fits else "", **more)


def _ask_to_sign_in(
    request: HttpRequest, page: str, body: str, **more: Any
) -> HttpResponse:
    context = {
        "form": LoginForm(request=request),
        "redirect_field_name": REDIRECT_FIELD_NAME,
        "redirect_field_value": page,
        "held": body,
        **more,
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
    if request.user.is_authenticated:
        page = response.get("Location", "")
        return kept(request, page, carried(request)) or response
    if unstash_login(request, peek=True) is None:
        request.session.flush()  # a right password to a closed account
    else:
        keep_until_code(request, request.POST.get(REDIRECT_FIELD_NAME, ""))
    return response


def keep_until_code(request: HttpRequest, page: str, body: str = "") -> None:
    """Keep what a sign-in carries while the person enters their second factor.

    Their password was right, so they are no visitor any more.
    """
    if body := body or carried(request):
        request.session[_UNTIL_CODE] = {"page": page, "body": body}


def after_code(request: HttpRequest) -> HttpResponse | None:
    """Keep what was carried for who is now signed in; return where it is shown."""
    waiting = request.session.pop(_UNTIL_CODE, None)
    return kept(request, waiting["page"], waiting["body"]) if waiting else None


def hold(request: HttpRequest, about: str = "") -> str:
    """Keep the form that a signed-in person sent; return where it can be sent again.

    It is empty if the view of the form may not be held, or the form is too long;
    `about` is whom or what it changes.
    """
    body, page = what_was_sent(request).urlencode(), request.get_full_path()
    if not may_be_sent_again(request) or not _fits(body):
        return ""
    new: Held = {**_new(page, body), "waits_for": "proof", "about": about}
    _keep(request, _newest([*all_held(request), new]))
    return reverse("send_held", query={"form": new["id"]})


def _new(page: str, body: str) -> Held:
    return {"id": get_random_string(12), "page": page, "body": body}


def already_signed_in(request: HttpRequest) -> HttpResponse | None:
    """Keep what a sign-in carries of who has signed in elsewhere by now."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    return kept(request, request.POST.get(REDIRECT_FIELD_NAME, ""), carried(request))


def kept(request: HttpRequest, page: str, body: str) -> HttpResponse | None:
    """Keep what a sign-in carried for a page; return where it is shown."""
    view = view_that_holds(page)
    if not body or view is None:
        return None
    new = _new(page, body)
    _keep(request, _newest([*all_held(request), new]))
    shows_it = _held_as(view) == _SHOWN_BY_ITSELF
    return redirect(page if shows_it and is_own_held(request, new) else "send_held")


def _newest(forms: list[Held]) -> list[Held]:
    """Return the newest that a session may hold: together as long as one may be."""
    kept: list[Held] = []
    room = _MOST_ENCODED + _LONGEST_PAGE
    for held in reversed(forms[-_MOST_FORMS:]):
        room -= len(held["body"]) + len(held["page"])
        if room < 0:
            break
        kept.insert(0, held)
    return kept


def with_old_token(request: HttpRequest) -> HttpResponse | None:
    """Answer a sign-in that is refused for its token: what it carries goes on.

    Its person has signed in elsewhere since, so they can send it at once; or out again.
    """
    page, body = request.POST.get(REDIRECT_FIELD_NAME, ""), carried(request)
    if not body or view_that_holds(page) is None:
        return None
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request, page, body, signed_out="kept")
    sent = QueryDict(body)
    if not is_own(sent, request.user):
        return refuse_page_of_another(request, request.user, sent, back="")
    context = {"page": page, "sent": sent, "entered": entered(sent)}
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


def held_as[V: View](
    words: str | Callable[[QueryDict], str], *, downloads: str = ""
) -> Callable[[V], V]:
    """Mark a view whose form may be held, and sent once its person has seen it.

    Args:
        words: What is sent, as the page that offers to send it says, or what tells it.
        downloads: The page to go back to, if it changes nothing and sends a file.
    """

    def mark(view: V) -> V:
        view.held_as = words  # type: ignore[attr-defined]
        view.downloads = downloads  # type: ignore[attr-defined]
        return view

    return mark


def shows_held(view: View) -> View:
    """Mark a page that itself shows the form that was held for it, still unsaved.

    If it cannot, because its audit was submitted or it redirects, it leads to the page
    that can.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        held = _latest(request, request.path) if request.method == "GET" else None
        if held is None:
            return view(request, *args, **kwargs)
        elsewhere = redirect(reverse("send_held", query={"form": held["id"]}))
        try:
            response = view(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            return elsewhere
        return response if hasattr(request, "shown_held_form") else elsewhere

    return held_as(_SHOWN_BY_ITSELF)(guarded)


def may_be_sent_again(request: HttpRequest) -> bool:
    """Return whether a form sent to this view may be held and sent again."""
    match = request.resolver_match
    return match is not None and bool(_held_as(match.func))


def held_answers(request: HttpRequest) -> QueryDict | None:
    """Return the form that this person sent to this page while signed out.

    The page that shows it names it, so that sending it removes it.
    """
    held = _latest(request, request.path)
    if held is None:
        return None
    request.shown_held_form = held["id"]  # type: ignore[attr-defined]
    return QueryDict(held["body"])


def held_form_of(request: HttpRequest) -> str:
    """Return the held form that a page shows, or that was sent from it; or nothing."""
    shown: str = getattr(request, "shown_held_form", "")
    return shown or request.POST.get(HELD_FORM, "")


def let_go_of_sent(request: HttpRequest, response: HttpResponseBase) -> None:
    """Remove a held form that was sent now, and saved, set aside or returned."""
    is_done = response.status_code < HTTPStatus.BAD_REQUEST or (
        response.status_code == HTTPStatus.CONFLICT
    )
    name = request.POST.get(HELD_FORM)
    if not name or not is_done:
        return
    if getattr(response, "as_attachment", False):
        _note_sent(request, name)
    else:
        discard_held(request)


def _note_sent(request: HttpRequest, name: str) -> None:
    """Keep a form whose file came: the page that offered it can tell so."""
    forms = all_held(request)
    for held in forms:
        if held["id"] == name:
            held["was_sent"] = True
    _keep(request, forms)


def discard_held(request: HttpRequest) -> None:
    """Remove a held form that its person will not send."""
    name = request.POST.get(HELD_FORM)
    _keep(request, [held for held in all_held(request) if held["id"] != name])


def view_that_holds(page: str) -> View | None:
    """Return the view of a page of ours, if what is sent to it may be held."""
    if len(page) > _LONGEST_PAGE:
        return None
    if not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return None
    try:
        view: View = resolve(urlsplit(page).path).func
    except Resolver404:
        return None
    return view if _held_as(view) else None


def _held_as(view: View | None) -> Any:
    return getattr(view, "held_as", "")


def what_is_held(held: Held) -> str:
    """Say what a held form is, as its view is marked."""
    words = _held_as(view_that_holds(held["page"]))
    return str(words(QueryDict(held["body"])) if callable(words) else words)


def all_held(request: HttpRequest) -> list[Held]:
    """Return the forms that are held for this person, the oldest first."""
    if not request.user.is_authenticated:
        return []
    found: list[Held] = request.session.get(_SESSION, [])
    return found


def _keep(request: HttpRequest, held: list[Held]) -> None:
    if held or _SESSION in request.session:
        request.session[_SESSION] = held


def _latest(request: HttpRequest, path: str) -> Held | None:
    """Return what this person sent to a page the last."""
    for held in reversed(all_held(request)):
        if urlsplit(held["page"]).path == path and is_own_held(request, held):
            return held
    return None


def is_own_held(request: HttpRequest, held: Held) -> bool:
    """Return whether a held form is from a page of this person."""
    return is_own(QueryDict(held["body"]), cast("User", request.user))

"""The page of how a person signs in, and the changes of their second factors."""

import time
from http import HTTPStatus

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from audits.access.directory import decides_alone
from audits.access.members import (
    came_by_provider_alone,
    lacks_factor,
    signed_in_only,
)
from audits.confirming import passkeys
from audits.confirming.fresh import changes_sign_in
from audits.held_forms import held_as
from audits.models import User
from audits.people.factors.drawn import Drawn, new_secret
from audits.people.factors.forms import AppForm, PasskeyForm
from audits.services.people.factors.factors import (
    MOST_PASSKEYS,
    Factors,
    WrongCode,
    add_app,
    add_passkey,
    make_codes,
    remove_factor,
)
from audits.services.people.sessions import end_sessions, sessions_of

_SECRET, _CODES_UNTIL, _CAME_FIRST = "new_app", "codes_shown_until", "factor_came_first"
_CODES_SHOWN = 10 * 60  # seconds
_WRONG = (
    "This code is wrong. Enter the one that the app shows now; if it is refused again, "
    "set the clock of the phone."
)


class SignedInRequest(HttpRequest):
    """A request from somebody who is signed in."""

    user: User


@signed_in_only
@require_GET
def security(request: SignedInRequest) -> HttpResponse:
    """Show how a person signs in, and where they are signed in."""
    own = Factors.of(request.user)
    sessions = sessions_of(request.user, request.session.session_key)
    if _is_of_one_provider(request):
        sessions = [each for each in sessions if each.is_this]
    context = {"own": own, "most": MOST_PASSKEYS, "sessions": sessions}
    return render(request, "people/factors/security.html", context)


def _is_of_one_provider(request: SignedInRequest) -> bool:
    """Return whether a provider alone let in somebody whose account is not its own."""
    member = getattr(request, "membership", None)
    if member is None or not came_by_provider_alone(request):
        return False
    return not decides_alone(member.organization_id, request.user)


@signed_in_only
@changes_sign_in
@require_http_methods(["GET", "POST"])
def app(request: SignedInRequest) -> HttpResponse:
    """Show the secret of a new authenticator app, and take its first code."""
    secret = request.session.setdefault(_SECRET, new_secret())
    form = AppForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            code = "".join(form.cleaned_data["code"].split())
            had = Factors.of(request.user).is_there
            added = add_app(user=request.user, secret=secret, code=code)
        except WrongCode:
            form.add_error("code", _WRONG)
        else:
            del request.session[_SECRET]
            return _after_adding(request, added, "Your authenticator app", had=had)
    is_first = not Factors.of(request.user).is_there
    drawn = Drawn.of(request.user, secret)
    context = {"form": form, "drawn": drawn, "is_first": is_first}
    return _page(request, "people/factors/app.html", context, form.errors)


@signed_in_only
@changes_sign_in
@require_http_methods(["GET", "POST"])
def passkey(request: SignedInRequest) -> HttpResponse:
    """Ask the browser for a new passkey, and add it."""
    own = Factors.of(request.user)
    if len(own.passkeys) >= MOST_PASSKEYS:
        messages.warning(
            request, f"You have {MOST_PASSKEYS} passkeys. Remove one first."
        )
        return redirect("sign_in_security")
    named = {"name": f"Passkey {len(own.passkeys) + 1}"}
    form = PasskeyForm(
        request.POST if request.method == "POST" else None, initial=named
    )
    if form.is_valid():
        added = add_passkey(user=request.user, **form.cleaned_data)
        return _after_adding(request, added, "Your passkey", had=own.is_there)
    asked = passkeys.asked_to_add(request.user)
    context = {"form": form, "asked": asked, "is_first": not own.is_there}
    return _page(request, "people/factors/passkey.html", context, form.errors)


def _after_adding(
    request: SignedInRequest, added: Authenticator, what: str, *, had: bool
) -> HttpResponse:
    """Show the recovery codes to who got some with their first second factor.

    What proved the new factor proves the person, too: nobody is asked again before they
    have seen their codes. The sessions that began without a second factor end. Who was
    led here before anything else goes on from the codes to their first page.
    """
    member = getattr(request, "membership", None)
    request.session[_CAME_FIRST] = bool(member and lacks_factor(request, member))
    said, this = f"{what} is added.", request.session.session_key
    if not had and end_sessions(user=request.user, by=request.user, but=this):
        said = f"{said} You are signed out everywhere else."
    messages.success(request, said)
    post_authentication(request, added, reauthenticated=True)
    codes = Factors.of(request.user).codes
    if codes is None or codes.wrap().did_view:
        return redirect("sign_in_security")
    return _show_codes(request)


def _show_codes(request: SignedInRequest) -> HttpResponse:
    request.session[_CODES_UNTIL] = time.time() + _CODES_SHOWN
    return redirect("recovery_codes")


@signed_in_only
@changes_sign_in
@held_as("Remove a second factor")
@require_POST
def remove(request: SignedInRequest) -> HttpResponse:
    """Ask whether a person is sure, and remove an app or a passkey of theirs."""
    own = Factors.of(request.user)
    every = [x for x in (own.app, *own.passkeys) if x]
    given = request.POST.get("factor")
    chosen = [x for x in every if str(x.pk) == given]
    if not chosen:
        raise Http404
    if "sure" not in request.POST:
        context = {
            "factor": chosen[0],
            "is_app": chosen[0] == own.app,
            "is_last": every == chosen,
        }
        return _page(request, "people/factors/remove.html", context)
    remove_factor(user=request.user, by=request.user, factor=chosen[0])
    what = "Your authenticator app" if chosen[0] == own.app else f"“{chosen[0]}”"
    messages.success(request, f"{what} is removed.")
    return redirect("sign_in_security")


@signed_in_only
@changes_sign_in
@held_as("Make new recovery codes")
@require_http_methods(["GET", "POST"])
def codes(request: SignedInRequest) -> HttpResponse:
    """Show recovery codes just after they were made, and make new ones."""
    if request.method == "POST":
        make_codes(user=request.user)
        request.session.pop(_CAME_FIRST, None)
        return _show_codes(request)
    shown = _codes_to_show(request)
    if shown is None:
        return redirect("sign_in_security")
    onward = "home" if request.session.get(_CAME_FIRST) else "sign_in_security"
    context = {"codes": shown, "minutes": _CODES_SHOWN // 60, "onward": onward}
    return _page(request, "people/factors/codes.html", context)


@signed_in_only
@require_GET
def codes_file(request: SignedInRequest) -> HttpResponse:
    """Send the recovery codes as text, while their page may show them."""
    shown = _codes_to_show(request)
    if shown is None:
        return redirect("sign_in_security")
    lines = [
        f"Recovery codes for Attune, {request.user.email}",
        "Each opens your account once, in place of a code of your app.",
        "",
        *shown,
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    name = "attune-recovery-codes.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    add_never_cache_headers(response)
    return response


def _codes_to_show(request: SignedInRequest) -> list[str] | None:
    """Return the codes, if they were just made in this session."""
    own = Factors.of(request.user)
    if own.codes is None or request.session.get(_CODES_UNTIL, 0) < time.time():
        return None
    own.codes.wrap().mark_as_viewed()
    codes: list[str] = own.codes.wrap().get_unused_codes()
    return codes


def _page(
    request: HttpRequest, template: str, context: dict[str, object], errors: object = ()
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response

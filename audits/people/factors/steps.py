"""The second step of a sign-in, signing in with a passkey, and proving it again."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods

from audits.access.directory import decides_alone
from audits.access.members import signed_in_only
from audits.access.several import works_here_alone
from audits.confirming import passkeys
from audits.confirming.fresh import is_fresh
from audits.confirming.known_devices import remembers_device
from audits.confirming.proofs import WRONG_PASSKEY
from audits.held_forms import after_code
from audits.people.factors.forms import ProofForm, StepForm
from audits.people.factors.views import SignedInRequest
from audits.people.forms import SignInForm
from audits.services.people.factors.factors import Factors
from audits.services.people.sign_in_limits import (
    TooManyAttempts,
    count_sign_in,
    require_few_sign_ins,
)
from audits.services.people.sign_in_log import log_failure
from audits.services.single_sign_on.providers import provider_of

_STEP = AuthenticateStage.key


@remembers_device
@login_stage_required(stage=_STEP, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask who entered the right password for their second factor."""
    stage: LoginStage = request._login_stage  # type: ignore[attr-defined]
    if "other" in request.POST:
        clear_login(request)
        request.session.flush()
        return redirect("account_login")
    sent = request.POST if request.method == "POST" else None
    form = StepForm(request, stage, sent)
    if form.is_valid():
        response: HttpResponse = stage.exit()
        return after_code(request) or response
    return _ask(request, "people/factors/code.html", form)


@remembers_device
@require_http_methods(["GET", "POST"])
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Tell a browser what to sign with a passkey, and sign in with what it signed.

    Nothing says whether a passkey or its account exists.
    """
    if request.method == "GET":
        response: HttpResponse = JsonResponse(passkeys.asked_of_a_visitor())
        add_never_cache_headers(response)
        return response
    if request.user.is_authenticated:
        return redirect("use_cases")
    credential = passkeys.read(request.POST.get("credential", ""))
    found = passkeys.visitor_with(credential, request.POST.get("state", ""))
    if found is None:
        log_failure(None, "passkey")
        return _refused(request, WRONG_PASSKEY)
    try:
        require_few_sign_ins(account=found.user.email)
    except TooManyAttempts as refusal:
        return _refused(request, str(refusal))
    page = request.POST.get(REDIRECT_FIELD_NAME, "")
    safe = page if page and get_adapter().is_safe_url(page) else None
    count_sign_in(account=found.user.email)
    post_authentication(request, found, passwordless=True)
    login = Login(user=found.user, redirect_url=safe)
    answer: HttpResponse = perform_login(request, login)
    if not request.user.is_authenticated:  # a closed account
        request.session.flush()
    return answer


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    form = SignInForm(request=request)
    context = {
        "form": form,
        "passkey_refused": words,
        "redirect_field_name": REDIRECT_FIELD_NAME,
        "redirect_field_value": request.POST.get(REDIRECT_FIELD_NAME, ""),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    response = render(request, "account/login.html", context, status=status)
    add_never_cache_headers(response)
    return response


@signed_in_only
@require_http_methods(["GET", "POST"])
def confirm(request: SignedInRequest) -> HttpResponse:
    """Ask who is signed in to prove again who they are, and lead on from there."""
    given = request.POST or request.GET
    page = given.get(REDIRECT_FIELD_NAME, "")
    page = page if page and get_adapter().is_safe_url(page) else ""
    sent = request.POST if request.method == "POST" else None
    form = ProofForm(request, request.user, sent, again=True)
    if form.is_valid() or (sent is None and is_fresh(request)):
        return redirect(page or "use_cases")
    member = getattr(request, "membership", None)
    provider = provider_of(member.organization) if member else None
    if provider is None:
        return _ask(request, "people/factors/confirm.html", form, page)
    elsewhere = not works_here_alone(provider.organization_id, member)
    alone = decides_alone(provider.organization_id, request.user)
    said = "elsewhere" if elsewhere else "" if alone else "left another"
    about = {"provider": provider, "does_not_count": said}
    return _ask(request, "people/factors/confirm.html", form, page, **about)


@signed_in_only
@require_GET
def first(request: SignedInRequest) -> HttpResponse:
    """Say that a second factor is required, and how to set one up."""
    if Factors.of(request.user).is_there:
        return redirect("use_cases")
    return render(request, "people/factors/first.html")


def _ask(
    request: HttpRequest,
    template: str,
    form: ProofForm,
    page: str = "",
    **about: object,
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        "form": form,
        "asked": form.asked,
        "redirect_field_name": REDIRECT_FIELD_NAME,
        "redirect_field_value": page,
        **about,
    }
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response

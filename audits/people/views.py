"""The front page, the sign-in of the demo and the choice of colours."""

from http import HTTPStatus

from allauth.account.forms import LoginForm
from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)
from django_htmx.http import trigger_client_event

from audits.access.members import membership_of
from audits.access.opened_pages import (
    is_of_another,
    is_own,
    refuse_page_of_another,
)
from audits.access.sent_forms import back_to, entered, what_was_sent
from audits.confirming.known_devices import remembers_device
from audits.frameworks.answering.progress import at_start
from audits.frameworks.loading import loader
from audits.held_forms import (
    after_sign_in,
    discard_held,
    may_be_sent_again,
    with_old_token,
)
from audits.models import Membership, Role, User
from audits.pages import THEMES
from audits.people.factors.forms import StepForm
from audits.people.moved import Moved
from audits.people.offering import offer_to_send
from audits.services.demo.demo import DEMO_PEOPLE, HEAD
from audits.services.demo.sample import SAMPLE_PEOPLE

# The people who sign in without a password, and their first page.
_DEMO_DOORS = {
    person.email: "use_cases" if person.role == Role.CONTRIBUTOR else "portfolio"
    for person in (*DEMO_PEOPLE, *SAMPLE_PEOPLE.values())
}
_DEMO_PAGES = ("time_machine",)
_YEAR = 365 * 24 * 60 * 60


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        member: Membership | None = getattr(request, "membership", None)
        sees_all = member is None or member.sees_all
        return redirect("use_cases" if sees_all else "shared_with_me")
    context = {
        "start": at_start(loader.current()),
        "framework": loader.current(),
        "moved": Moved.until(timezone.localdate()),
        "demo_people": DEMO_PEOPLE if settings.DEMO else (),
        "sample_people": SAMPLE_PEOPLE.values() if settings.DEMO else (),
        "try_as": SAMPLE_PEOPLE["lead"],
        "look_as": HEAD,
    }
    return render(request, "people/home.html", context)


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo people, in demo mode only, and open their first page.

    A page that everybody may open can be asked for in its place.
    """
    if not settings.DEMO:
        raise Http404
    chosen = request.POST.get("person", "")
    if chosen not in _DEMO_DOORS:
        raise Http404
    user = get_object_or_404(User, email=chosen)
    login(request, user, settings.AUTHENTICATION_BACKENDS[0])
    page = request.POST.get("page", "")
    if page in _DEMO_PAGES:
        return redirect(page)
    member = membership_of(user)
    if member is None or not member.sees_all:
        return redirect("home" if member is None else "shared_with_me")
    return redirect(_DEMO_DOORS[chosen])


@remembers_device
@require_http_methods(["GET", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Sign in within a page that has something left to save.

    A page that is not of who signs in gets no token, so it can send nothing.
    """
    step = _second_step(request)
    form = LoginForm(None if step else request.POST or None, request=request)
    if step and step.is_valid():
        step.stage.exit()
    elif request.method == "POST" and form.is_valid():
        after_sign_in(request, form.login(request))
        step = _second_step(request, is_new=True)
    if not request.user.is_authenticated:
        context = {"again": step or form, "step": step}
        return render(request, "people/sign_in_again.html", context)
    response = render(request, "people/signed_in_again.html")
    if is_own(request.POST, request.user):
        token = {"value": get_token(request)}
        response = trigger_client_event(response, "token-renewed", token)
    return trigger_client_event(response, "signed-in")


def _second_step(request: HttpRequest, *, is_new: bool = False) -> StepForm | None:
    """Return the form for a code, where the password was right and a code is needed.

    Who enters an address and a password again begins again.
    """
    if request.user.is_authenticated or ("login" in request.POST and not is_new):
        return None
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return None
    sent = request.POST if request.method == "POST" and not is_new else None
    return StepForm(request, stage, sent)


@require_http_methods(["GET", "POST"])
def send_held(request: HttpRequest) -> HttpResponse:
    """Offer to send what was sent while nobody was signed in, or to discard it."""
    if request.method == "POST":
        discard_held(request)
    offer = offer_to_send(request) if request.user.is_authenticated else None
    return offer or redirect("home")


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is from an earlier sign-in.

    A page that saves automatically gets a new token and tries again, if it is of who is
    signed in. This reveals nothing: only a page of ours can read the answer.
    """
    sent, user = what_was_sent(request), request.user
    may_go_on = not user.is_authenticated or is_own(sent, user)
    if request.headers.get("HX-Request") == "true":
        if user.is_authenticated and not may_go_on:
            return refuse_page_of_another(request, user)
        response = HttpResponse(reason, status=403, content_type="text/plain")
        return trigger_client_event(
            response, "token-renewed", {"value": get_token(request)}
        )
    if not _is_from_our_page(request):
        return render(request, "403_origin.html", status=HTTPStatus.FORBIDDEN)
    if answer := with_old_token(request):
        return answer
    if user.is_authenticated and is_of_another(sent, user):
        return refuse_page_of_another(request, user)
    context = {
        "page": request.get_full_path(),
        "sent": sent if may_go_on and may_be_sent_again(request) else None,
        "entered": entered(sent),
        "back": back_to(request),
    }
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


def _is_from_our_page(request: HttpRequest) -> bool:
    """Return whether the browser says so; only then can the page offer to resend.

    A button of ours must not send a form that another site made.
    """
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colours in a cookie, and go back to the page."""
    response = HttpResponseRedirect(back_to(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            settings.THEME_COOKIE_NAME,
            theme,
            max_age=_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response

"""The front page, the demo's door and the choice of colours."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from audits.frameworks import loader
from audits.models import User
from audits.pages import THEMES
from audits.services.demo import DEMO_PEOPLE, LEAD

_YEAR = 365 * 24 * 60 * 60


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("use_cases")
    context = {
        "framework": loader.current(),
        "demo_people": DEMO_PEOPLE if settings.DEMO else (),
    }
    return render(request, "people/home.html", context)


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo people, in demo mode only."""
    if not settings.DEMO:
        raise Http404
    chosen = request.POST.get("person", "")
    if chosen not in [person.email for person in DEMO_PEOPLE]:
        raise Http404
    user = get_object_or_404(User, email=chosen)
    login(request, user, settings.AUTHENTICATION_BACKENDS[0])
    return redirect("use_cases" if chosen == LEAD.email else "portfolio")


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colours in a cookie, and go back to the page."""
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = redirect(back)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            "theme",
            theme,
            max_age=_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


@require_GET
def livez(_: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok", content_type="text/plain")

"""A bare page as Django's documentation writes it, on the same database.

It has the middleware of `startproject`, Django's own session and `login_required`.
Once it knows only the person; once it also reads the membership, by a plain query.
"""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates
from django_scopes import scopes_disabled

from audits.models import Membership

URL, MEMBERS_URL = "/bare/django/", "/bare/django/member/"
_MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
_PROCESSORS = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)


def site() -> WSGIHandler:
    """Return the site with Django's own middleware and session."""
    # A worker that is measured imports this module, and needs no tools of tests.
    from django.test import override_settings  # noqa: PLC0415 - 2 MiB

    engine = "django.contrib.sessions.backends.db"
    with override_settings(MIDDLEWARE=_MIDDLEWARE, SESSION_ENGINE=engine):
        return WSGIHandler()


@cache
def _template(line: str) -> Any:
    options = {"context_processors": _PROCESSORS}
    told = {"NAME": "bare", "DIRS": [], "APP_DIRS": False, "OPTIONS": options}
    return DjangoTemplates(told).from_string(line)


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_template("<h1>{{ user }}</h1>").render({}, request))


@login_required
def bare_of_member(request: HttpRequest) -> HttpResponse:
    with scopes_disabled():
        found = Membership.objects.select_related("organization")
        member = found.get(user=request.user.pk)
    line = "<h1>{{ user }} of {{ member.organization }}</h1>"
    return HttpResponse(_template(line).render({"member": member}, request))

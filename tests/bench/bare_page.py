"""The site with one page more, which does as little as a member's page can.

The same middleware finds the session, the person and the membership. Its template has
one line. Pages are measured beside it, in this process and served by gunicorn.
"""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from tests.bench import django_page

URL = "/bare/"


@cache
def _template() -> Any:
    line = "<h1>{{ request.user }} of {{ member.organization }}</h1>"
    return engines["django"].from_string(line)


@members_only
@require_GET
def bare(request: MemberRequest) -> HttpResponse:
    return HttpResponse(_template().render({"member": request.membership}, request))


urlpatterns = [
    path(URL[1:], bare),
    path(django_page.URL[1:], django_page.bare),
    path(django_page.MEMBERS_URL[1:], django_page.bare_of_member),
    path("", include("config.urls")),
]

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

URL = "/bare/"


@cache
def _template() -> Any:
    line = "<h1>{{ request.user }} of {{ member.organization }}</h1>"
    return engines["django"].from_string(line)


@members_only
@require_GET
def bare(request: MemberRequest) -> HttpResponse:
    return HttpResponse(_template().render({"member": request.membership}, request))


urlpatterns = [path(URL[1:], bare), path("", include("config.urls"))]

"""One plain line each for monitoring."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from audits.health.readiness import what_fails


@never_cache
@require_GET
def livez(_: HttpRequest) -> HttpResponse:
    """Say that this process answers; it asks nobody else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_GET
def readyz(_: HttpRequest) -> HttpResponse:
    """Say that the site can work, or the first thing that stops it."""
    failing = what_fails()
    status = HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK
    return HttpResponse(failing or "ok", status=status, content_type="text/plain")

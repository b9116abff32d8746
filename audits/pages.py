"""How views answer: a whole page, or the part of it that htmx asked for."""

from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from audits.models import AnswerRequest, User

THEMES = ("light", "dark")


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    partial: str,
    status: int = 200,
) -> HttpResponse:
    """Render a page, or only its named partial for htmx.

    The view names the partial, never the request. Page and partial share a URL,
    so caches are told to keep them apart.
    """
    htmx = getattr(request, "htmx", None)
    wants_part = htmx and not htmx.boosted and not htmx.history_restore_request
    name = f"{template}#{partial}" if wants_part else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def storage_silent(request: HttpRequest) -> HttpResponse:
    """Say that a file cannot be read now, which tells nothing of the file."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    response = render(request, "storage_silent.html", status=status)
    response["Retry-After"] = "60"
    return response


def theme_of(request: HttpRequest) -> str:
    """Return the chosen colours, or nothing if the device chooses."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give every page the member, the chosen colours and the mode."""
    return {
        "member": getattr(request, "membership", None),
        # Asked of the database where the header is drawn, and by no part of a page.
        "asks_waiting": SimpleLazyObject(lambda: _asks_waiting(request)),
        "theme": theme_of(request),
        "demo": settings.DEMO,
    }


def _asks_waiting(request: HttpRequest) -> int:
    """Count what is asked of a member and still open."""
    if getattr(request, "membership", None) is None:
        return 0
    waiting: int = (
        AnswerRequest.objects.open().asked_of(cast("User", request.user)).count()
    )
    return waiting

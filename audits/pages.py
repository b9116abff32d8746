"""Answers of views: a whole page, or the part of it that htmx requested."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django_scopes import get_scope

from audits.access.inbox import number_unread
from audits.models import Membership
from audits.page_pieces import PageInPieces, Passages
from audits.services.people.times_of_day import place_of, zone_in_use

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

    The view names the partial, never the request. Page and partial share a URL, so a
    header tells caches to separate them.
    """
    htmx = getattr(request, "htmx", None)
    wants_part = htmx and not htmx.boosted and not htmx.history_restore_request
    name = f"{template}#{partial}" if wants_part else template
    response = render_in_pieces(request, name, context, status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def render_in_pieces(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page that is mostly its passages."""
    passages = Passages()
    text = render_to_string(template, {**context, "passages": passages}, request)
    return PageInPieces(passages.pieces(text), status)


def storage_silent(request: HttpRequest) -> HttpResponse:
    """Say that the storage does not answer; the file may still exist."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    response = render(request, "storage_silent.html", status=status)
    response["Retry-After"] = "60"
    return response


def theme_of(request: HttpRequest) -> str:
    """Return the chosen colours, or nothing if the device chooses."""
    theme = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return theme if theme in THEMES else ""


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give every page the member, the chosen colours and the mode."""
    return {
        "member": getattr(request, "membership", None),
        # Counted where the header is drawn, and by no part of a page.
        "unread": partial(_unread, request),
        "theme": theme_of(request),
        # Named where it is not that of the installation.
        "zone": place_of(zone_in_use()),
        "demo": settings.DEMO,
        "may_found": settings.FOUNDING_ALLOWED,
    }


def _unread(request: HttpRequest) -> int:
    """Count what a member has not read; the back office is in no scope, so nothing."""
    member: Membership | None = getattr(request, "membership", None)
    return number_unread(member) if member and get_scope().get("_enabled") else 0

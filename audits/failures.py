"""Answers for exceptions, without the database or the session.

Django calls this for every exception that nothing else handles, including those from a
middleware. People get back what they sent.
"""

import sys
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string

from audits.logs import request_name
from audits.outages import Outage, outage_of
from audits.pages import theme_of

RETRY_AFTER = 5  # seconds
_SAID = {
    Outage.UNREACHABLE: (
        "Attune cannot reach its data",
        "The database is not responding, or cannot save anything right now.",
    ),
    Outage.BUSY: (
        "Attune is too busy",
        "The database took too long to load this page.",
    ),
    None: (
        "Something went wrong in Attune",
        "This is a fault in the program. It has been recorded.",
    ),
}


@dataclass(frozen=True)
class Sent:
    """A form that a person sent: fields to send again, and what cannot be kept."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class _OwnForm(CsrfViewMiddleware):
    """Checks whether a form came from a page of ours."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=HTTPStatus.FORBIDDEN)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer the exception that is being handled: 503 for an outage, else 500."""
    outage = outage_of(sys.exception())
    title, reason = _SAID[outage]
    if _wants_text(request):
        answer = HttpResponse(f"{title}. {reason}\n", content_type="text/plain")
    else:
        answer = HttpResponse(_page(request, title, reason, outage))
    answer.status_code = HTTPStatus.INTERNAL_SERVER_ERROR
    if outage:
        answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    return answer


def _wants_text(request: HttpRequest) -> bool:
    """Return whether a program reads the answer: htmx, a feed reader, a download."""
    is_part = request.headers.get("HX-Request") == "true"
    is_file = PurePosixPath(request.path).suffix or request.path.endswith("/file/")
    return bool(is_part or is_file or not request.accepts("text/html"))


def _page(request: HttpRequest, title: str, reason: str, outage: Outage | None) -> str:
    context = {
        "title": title,
        "reason": reason,
        "outage": outage,
        "address": request.get_full_path(),
        "is_form": request.method == "POST",
        "sent": _sent(request) if request.method == "POST" else None,
        "request_id": request.META.get(request_name.KEY, ""),
        "theme": theme_of(request),
    }
    return render_to_string("failure.html", context)


def _sent(request: HttpRequest) -> Sent | None:
    """Return what a page of ours sent, or None if it cannot be read."""
    try:
        form = _OwnForm(lambda _: HttpResponse())
        form.process_request(request)
        if form.process_view(request, server_error, (), {}) is not None:
            return None
        pairs = [
            (name, value) for name, values in request.POST.lists() for value in values
        ]
        files = [str(file.name) for _, many in request.FILES.lists() for file in many]
    except (
        MultiPartParserError,
        RawPostDataException,
        SuspiciousOperation,
        UnreadablePostError,
    ):
        return None
    return Sent(
        fields=[pair for pair in pairs if "password" not in pair[0]],
        passwords=[name for name, _ in pairs if "password" in name],
        files=files,
    )

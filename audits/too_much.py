"""Answers a request that is longer than Attune reads, on a page of its own."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.shortcuts import render
from django.views import defaults
from django.views.decorators.http import require_safe

from audits.access.sent_forms import back_to, entered

_MOST_GIVEN_BACK = 2 * 1024**2  # bytes of a form
_KILOBYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024
_MOST: dict[type[Exception], str] = {
    RequestDataTooBig: (
        f"The text of a form may have {_KILOBYTES} kB, about {_KILOBYTES * 1000:,} "
        "characters. Shorten it, or add it as a file where the page takes files."
    ),
    TooManyFieldsSent: (
        f"A form may have {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields. Send fewer "
        "at a time."
    ),
    TooManyFilesSent: "A form takes one file. Send the files one after another.",
}


_FILE = (
    f"A file may have {settings.EVIDENCE_MAX_BYTES // 1024**2} MB, and this is far "
    "more. Pack it with gzip if it is a usage file, else export less at a time."
)


@require_safe
def too_large(request: HttpRequest) -> HttpResponse:
    """Say that the proxy in front took no more of a form: nothing of it came here."""
    return _answer(request, _FILE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses to read: 413 if it is too much, else 400."""
    reason = _MOST.get(type(exception))
    if reason is None:
        return defaults.bad_request(request, exception)
    return _answer(request, reason)


def _answer(request: HttpRequest, reason: str) -> HttpResponse:
    status = HTTPStatus.CONTENT_TOO_LARGE
    if "text/html" not in request.headers.get("Accept", ""):
        line = f"{reason} Nothing was changed.\n"
        return HttpResponse(line, content_type="text/plain", status=status)
    context = {
        "reason": reason,
        "back": back_to(request),
        "entered": _entered(request) if request.method == "POST" else [],
    }
    return render(request, "413.html", context, status=status)


def _entered(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a person entered into a form of ours, unless it is far too much.

    Browsers do not keep it for their Back button, as no page may be stored. Nothing has
    checked the token of the form, so only its Referer says that it is ours.
    """
    is_read = request.content_type != "application/x-www-form-urlencoded"
    if is_read or not back_to(request, otherwise=""):
        return []
    if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_GIVEN_BACK:
        return []
    try:
        return entered(QueryDict(request.read(), encoding="utf-8"))
    except (TooManyFieldsSent, UnreadablePostError):
        return []

"""Refuses programs that send a secret without TLS, so that somebody notices.

A browser is led to https. A program would follow silently each time, with its secret in
plain text.
"""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Paths of programs without the first slash: SCIM, and calendars at a secret address.
PROGRAMS = r"^(?:scim/|calendars/[^/]+\.ics$)"
_SAID = (
    "Use https:// for this address. Its secret has just been sent in plain text, so "
    "make another one.\n"
)


def refuse_programs(
    handle: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what programs send over plain HTTP, where pages are led to HTTPS."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_plain = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if is_plain and re.search(PROGRAMS, request.path.lstrip("/")):
            status = HTTPStatus.FORBIDDEN
            return HttpResponse(_SAID, content_type="text/plain", status=status)
        return handle(request)

    return middleware

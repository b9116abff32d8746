"""Headers that depend on an answer: its charset, and whether a session ended."""

from django.conf import settings
from django.http import HttpResponse

# Browsers and spreadsheets would guess how such a text is encoded.
_WITHOUT_CHARSET = frozenset({"text/csv", "text/plain"})


def complete(response: HttpResponse) -> None:
    """Name the charset of plain text; where a session ended, let a browser forget."""
    if (kind := response.headers.get("Content-Type")) in _WITHOUT_CHARSET:
        response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
    if cookie is not None and not cookie.value:
        response.headers["Clear-Site-Data"] = '"cache"'

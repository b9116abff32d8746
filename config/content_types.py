"""Refuses what is not sent as UTF-8, before Django reads any of it.

Django decodes a query and each field of a form with the encoding that a client names.
Some of Python's decoders take time with the square of the length; others fail.
"""

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

_REFUSED = "attune.not_utf8"
_UTF8 = frozenset({"utf-8", "utf8", "utf_8"})
_MOST = 1000  # characters
# Without quotation marks, so that every one opens or closes a value.
_TYPE = re.compile(r"[^;\"\\]*")
# A name without an asterisk: with one, the value itself names an encoding.
_PARAMETER = re.compile(
    r';[ \t]*([\w.-]+)[ \t]*=[ \t]*(?:"([^"\\]*)"|([^\s;"\\]*))[ \t]*'
)
_END = re.compile(r"(?:;[ \t]*)?")
_SAID = "Attune reads only UTF-8. Send this request again in that encoding.\n"

type Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def is_utf8(content_type: str) -> bool:
    """Return whether a Content-Type names no encoding but UTF-8, and is easy to read.

    >>> is_utf8('multipart/form-data; boundary="x"; Charset="UTF-8"'), is_utf8("")
    (True, True)
    >>> is_utf8("text/plain; charset=hex"), is_utf8("text/plain; a*=hex''61")
    (False, False)
    """
    if len(content_type) > _MOST or not content_type.isascii():
        return False
    kind = _TYPE.match(content_type)
    place = kind.end() if kind else 0
    while found := _PARAMETER.match(content_type, place):
        name, quoted, plain = found.groups()
        if name.lower() == "charset" and (quoted or plain or "").lower() not in _UTF8:
            return False
        place = found.end()
    return _END.fullmatch(content_type, place) is not None


def utf8_only(application: Application) -> Application:
    """Hide any other Content-Type from Django, which reads it before all middleware."""

    def checked(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not is_utf8(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"], environ[_REFUSED] = "", True
        return application(environ, start_response)

    return checked


def refuse_other_encodings(
    handle: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer what `utf8_only` found, with the headers of every other answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.META.get(_REFUSED):
            status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
            return HttpResponse(_SAID, content_type="text/plain", status=status)
        return handle(request)

    return middleware

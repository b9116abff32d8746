"""Keeps the scope of a request open for what is read while its response is sent."""

from collections.abc import Iterator
from typing import cast

from django.http import HttpResponseBase, StreamingHttpResponse
from django_scopes import scope

from audits.models import Organization


def send_in_scope(response: HttpResponseBase, of: Organization) -> None:
    """Let the rows of a response that are read while it is sent be of its scope."""
    if type(response) is StreamingHttpResponse:
        parts = cast("Iterator[bytes]", response.streaming_content)
        response.streaming_content = _read_in_scope(parts, of)


def _read_in_scope(parts: Iterator[bytes], of: Organization) -> Iterator[bytes]:
    """Make each part in the scope in which the whole would have been made."""
    while True:
        with scope(organization=of):
            part = next(parts, None)
        if part is None:
            return
        yield part

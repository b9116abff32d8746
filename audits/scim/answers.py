"""Answers of SCIM: JSON resources, lists of them, and errors."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from audits.identity.scim.schemas import ERROR, LIST

_TYPE = "application/scim+json"


class Unanswerable(Exception):  # noqa: N818 - what a request is, not a fault
    """A request cannot be done; its status and what RFC 7644 calls it."""

    def __init__(
        self, detail: str, scim_type: str = "", status: HTTPStatus | None = None
    ) -> None:
        super().__init__(detail)
        self.scim_type, self.status = scim_type, status or HTTPStatus.BAD_REQUEST


def answer(
    document: dict[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Return a resource; its address is told in a header, too."""
    response = JsonResponse(document, status=status, content_type=_TYPE)
    response["Cache-Control"] = "no-store"
    if location := document.get("meta", {}).get("location"):
        response["Location" if status == HTTPStatus.CREATED else "Content-Location"] = (
            location
        )
    return response


def listed(
    resources: Sequence[dict[str, Any]], *, total: int, start: int
) -> HttpResponse:
    """Return some resources of a list."""
    return answer(
        {
            "schemas": [LIST],
            "totalResults": total,
            "startIndex": start,
            "itemsPerPage": len(resources),
            "Resources": [*resources],
        }
    )


def refused(error: Unanswerable) -> HttpResponse:
    """Return an error as SCIM words it."""
    kind = {"scimType": error.scim_type} if error.scim_type else {}
    told = {"schemas": [ERROR], "status": str(error.status.value), **kind}
    response = answer({**told, "detail": str(error)}, error.status)
    if error.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Attune"'
    return response


def without(document: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Leave out the attributes that a provider does not want."""
    named = request.GET.get("attributes", "").lower()
    unwanted = _names(request.GET.get("excludedAttributes", "").lower())
    always = {"schemas", "id", "meta"}
    wanted = _names(named) | always if named else None
    return {
        name: value
        for name, value in document.items()
        if (wanted is None or name.lower() in wanted)
        and (name in always or name.lower() not in unwanted)
    }


def _names(text: str) -> set[str]:
    parts = (each.strip().rpartition(":")[2] for each in text.split(","))
    return {each.partition(".")[0] for each in parts}

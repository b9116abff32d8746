"""What Attune says of itself to a provider."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from audits.identity.scim.schemas import provider_config, resource_types, schemas
from audits.models import Organization
from audits.scim.answers import Unanswerable, answer, listed
from audits.scim.doors import allowed, by_token
from audits.services.single_sign_on.addresses import directory_address as base_of


@by_token
def config(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Say what Attune can do of SCIM."""
    allowed(request, "GET")
    return answer(provider_config(base_of(organization)))


@by_token
def types(
    request: HttpRequest, organization: Organization, kind: str = ""
) -> HttpResponse:
    """Say which kinds of resources there are."""
    return _one_or_all(request, resource_types(base_of(organization)), kind)


@by_token
def schema(
    request: HttpRequest, organization: Organization, kind: str = ""
) -> HttpResponse:
    """Say which attributes there are."""
    return _one_or_all(request, schemas(base_of(organization)), kind)


@by_token
def nowhere(
    request: HttpRequest, organization: Organization, rest: str
) -> HttpResponse:
    """Say that there is nothing, as SCIM words it."""
    message = "There is nothing at this address."
    raise Unanswerable(message, status=HTTPStatus.NOT_FOUND)


def _one_or_all(
    request: HttpRequest, found: list[dict[str, Any]], name: str
) -> HttpResponse:
    allowed(request, "GET")
    if not name:
        return listed(found, total=len(found), start=1)
    one = [each for each in found if each["id"] == name]
    if not one:
        message = "There is none of this name."
        raise Unanswerable(message, status=HTTPStatus.NOT_FOUND)
    return answer(one[0])

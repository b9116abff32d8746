"""Groups of a directory: listed, added, replaced, changed and removed."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from audits.identity.scim.patching import patched
from audits.identity.scim.schemas import GROUP
from audits.models import DirectoryGroup, Organization
from audits.models.fields.text import clean_text
from audits.scim.answers import Unanswerable, answer, listed, without
from audits.scim.doors import allowed, by_token, filter_of, page_of, sent
from audits.services.single_sign_on.addresses import directory_address as base_of
from audits.services.single_sign_on.directory_groups import (
    SaidOfGroup,
    add_group,
    change_group,
    provisioned_groups,
    remove_group,
)

_MOST_OF_A_NAME = 200


@by_token
def groups(request: HttpRequest, organization: Organization) -> HttpResponse:
    """List groups, or add one."""
    allowed(request, "GET", "POST")
    if request.method == "POST":
        added = add_group(organization=organization, said=_said(sent(request)))
        return answer(_document(added), HTTPStatus.CREATED)
    found = provisioned_groups(organization).prefetch_related("people")
    wanted = filter_of(request, "displayname", "externalid")
    if "displayname" in wanted:
        found = found.filter(name__iexact=wanted["displayname"])
    if "externalid" in wanted:
        found = found.filter(external_id=wanted["externalid"]).exclude(external_id="")
    start, count = page_of(request)
    some = found[start - 1 : start - 1 + count]
    return listed(
        [without(_document(each), request) for each in some],
        total=found.count(),
        start=start,
    )


@by_token
def group(
    request: HttpRequest, organization: Organization, group_id: UUID
) -> HttpResponse:
    """Show, replace, change or remove one group."""
    allowed(request, "GET", "PUT", "PATCH", "DELETE")
    rows = provisioned_groups(organization).select_related("organization")
    found = rows.filter(public_id=group_id).first()
    if found is None:
        message = "There is no such group."
        raise Unanswerable(message, status=HTTPStatus.NOT_FOUND)
    if request.method == "DELETE":
        remove_group(group=found)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if request.method != "GET":
        given = sent(request)
        if request.method == "PATCH":
            given = patched(_document(found), given)
        change_group(group=found, said=_said(given))
    return answer(without(_document(found), request))


def _document(group: DirectoryGroup) -> dict[str, Any]:
    base = base_of(group.organization)
    external = {"externalId": group.external_id} if group.external_id else {}
    return {
        "schemas": [GROUP],
        "id": str(group.public_id),
        **external,
        "displayName": group.name,
        "members": [
            {
                "value": str(one.public_id),
                "display": str(one),
                "$ref": f"{base}/Users/{one.public_id}",
            }
            for one in group.people.all()
        ],
        "meta": {
            "resourceType": "Group",
            "created": group.at.isoformat(),
            "location": f"{base}/Groups/{group.public_id}",
        },
    }


def _said(document: dict[str, Any]) -> SaidOfGroup:
    own = {name.lower(): value for name, value in document.items()}
    name = own.get("displayname")
    if not isinstance(name, str) or not 0 < len(clean_text(name)) <= _MOST_OF_A_NAME:
        message = f"A group needs a displayName of up to {_MOST_OF_A_NAME} characters."
        raise Unanswerable(message, "invalidValue")
    members = own.get("members") or []
    try:
        ids = {UUID(each["value"]) for each in members}
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        message = "Each member has the id of a user as its value."
        raise Unanswerable(message, "invalidValue") from error
    external = own.get("externalid")
    return SaidOfGroup(
        name=clean_text(name),
        external_id=clean_text(external) if isinstance(external, str) else "",
        people=ids,
    )

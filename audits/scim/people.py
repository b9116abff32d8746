"""People of a directory: listed, added, replaced, changed and removed."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from audits.identity.scim.patching import patched
from audits.identity.scim.schemas import USER
from audits.models import (
    DirectoryGroup,
    Membership,
    Organization,
    ProviderAccount,
    User,
)
from audits.models.fields.text import clean_text
from audits.scim.answers import Unanswerable, answer, listed, without
from audits.scim.doors import allowed, by_token, filter_of, page_of, sent
from audits.services.single_sign_on.addresses import directory_address as base_of
from audits.services.single_sign_on.directory_people import (
    Said,
    add_person,
    change_person,
    is_active,
    people_of,
    person_in,
    remove_person,
)

_MOST_OF_A_NAME = 80


@by_token
def people(request: HttpRequest, organization: Organization) -> HttpResponse:
    """List people, or add one."""
    allowed(request, "GET", "POST")
    if request.method == "POST":
        added = add_person(organization=organization, said=_said(sent(request)))
        [document] = documents(organization, [added])
        return answer(document, HTTPStatus.CREATED)
    found, wanted = (
        people_of(organization),
        filter_of(request, "username", "externalid"),
    )
    if "username" in wanted:
        found = found.filter(email=wanted["username"].lower())
    if "externalid" in wanted:
        known = ProviderAccount.objects.filter(organization=organization)
        known = known.filter(external_id=wanted["externalid"]).exclude(external_id="")
        found = found.filter(pk__in=known.values("user"))
    start, count = page_of(request)
    some = documents(organization, found[start - 1 : start - 1 + count])
    return listed(
        [without(each, request) for each in some], total=found.count(), start=start
    )


@by_token
def person(
    request: HttpRequest, organization: Organization, person_id: UUID
) -> HttpResponse:
    """Show, replace, change or remove one person."""
    allowed(request, "GET", "PUT", "PATCH", "DELETE")
    found = person_in(organization, person_id)
    if found is None:
        message = "There is no such user."
        raise Unanswerable(message, status=HTTPStatus.NOT_FOUND)
    if request.method == "DELETE":
        remove_person(organization=organization, person=found)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if request.method != "GET":
        given = sent(request)
        if request.method == "PATCH":
            [now] = documents(organization, [found])
            given = patched(now, given)
        change_person(
            organization=organization, person=found, said=_said(given, str(found))
        )
    [document] = documents(organization, [found])
    return answer(without(document, request))


def documents(
    organization: Organization, found: Iterable[User]
) -> list[dict[str, Any]]:
    """Return people as SCIM has them, in their order."""
    some = list(found)
    own = {"organization": organization, "user__in": some}
    accounts = {a.user_id: a for a in ProviderAccount.objects.filter(**own)}
    members = {m.user_id: m for m in Membership.ever.filter(**own)}
    groups: dict[int, list[DirectoryGroup]] = {}
    rows = DirectoryGroup.objects.filter(organization=organization, people__in=some)
    for group in rows.filter(is_provisioned=True).distinct().prefetch_related("people"):
        for one in group.people.all():
            groups.setdefault(one.pk, []).append(group)
    none = ProviderAccount(organization=organization)
    return [
        _document(
            organization,
            one,
            accounts.get(one.pk, none),
            members.get(one.pk),
            groups.get(one.pk, []),
        )
        for one in some
    ]


def _document(
    organization: Organization,
    one: User,
    account: ProviderAccount,
    member: Membership | None,
    groups: list[DirectoryGroup],
) -> dict[str, Any]:
    base = base_of(organization)
    external = {"externalId": account.external_id} if account.external_id else {}
    return {
        "schemas": [USER],
        "id": str(one.public_id),
        **external,
        "userName": one.email,
        "name": {"formatted": str(one)},
        "displayName": str(one),
        "active": is_active(account, member),
        "emails": [{"value": one.email, "type": "work", "primary": True}],
        "groups": [
            {
                "value": str(group.public_id),
                "display": group.name,
                "$ref": f"{base}/Groups/{group.public_id}",
            }
            for group in groups
        ],
        "meta": {
            "resourceType": "User",
            "created": one.date_joined.isoformat(),
            "location": f"{base}/Users/{one.public_id}",
        },
    }


def _said(document: dict[str, Any], now: str = "") -> Said:
    """Read what a provider says of a person; names have no upper and lower case."""
    own = {name.lower(): value for name, value in document.items()}
    email = own.get("username")
    if not isinstance(email, str) or not email.strip():
        message = "A user needs a userName."
        raise Unanswerable(message, "invalidValue")
    active = own.get("active", True)
    if isinstance(active, str) and active.lower() in ("true", "false"):
        active = active.lower() == "true"  # as Entra writes it
    if not isinstance(active, bool):
        message = "active is true or false."
        raise Unanswerable(message, "invalidValue")
    external = own.get("externalid")
    return Said(
        email=email.strip().lower(),
        name=_name(own, now),
        external_id=clean_text(external) if isinstance(external, str) else "",
        is_active=active,
    )


def _name(own: dict[str, Any], now: str) -> str:
    """Return what a person is called: of several, the first that is not stored yet."""
    parts = own.get("name")
    inner = {k.lower(): v for k, v in parts.items()} if isinstance(parts, dict) else {}
    given, family = inner.get("givenname"), inner.get("familyname")
    joined = f"{given} {family}" if given and family else ""
    for each in (own.get("displayname"), inner.get("formatted"), joined):
        called = clean_text(each).strip() if isinstance(each, str) else ""
        if called and called != now:
            return called[:_MOST_OF_A_NAME]
    return now

"""A provider's client of SCIM, and the roles that it leads to."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django_scopes import scope, scopes_disabled

from audits.identity.scim.schemas import GROUP, PATCH, USER
from audits.models import DirectoryGroup, Membership, Organization, Role
from audits.services.single_sign_on.tokens import make_token

TYPE = "application/scim+json"


@dataclass
class Directory:
    """A provider's client, with the token of an organization."""

    organization: Organization
    token: str
    kind: str = "Bearer"

    def ask(
        self, method: str, path: str, body: Any = None, **query: str
    ) -> tuple[int, dict[str, Any]]:
        url = f"/scim/v2/{self.organization.pk}/{path}"
        response = Client().generic(
            method,
            url,
            json.dumps(body) if body is not None else "",
            content_type=TYPE,
            query_params=query,
            headers={"Authorization": f"{self.kind} {self.token}"},
        )
        said = json.loads(response.content) if response.content else {}
        if response.content:
            assert response["Content-Type"] == TYPE
        return response.status_code, said

    def add(self, user_name: str, **more: object) -> dict[str, Any]:
        body = {"schemas": [USER], "userName": user_name, **more}
        status, made = self.ask("POST", "Users", body)
        assert status == 201, made
        return made

    def group(self, name: str, *people: dict[str, Any]) -> dict[str, Any]:
        members = [{"value": each["id"]} for each in people]
        body = {"schemas": [GROUP], "displayName": name, "members": members}
        status, made = self.ask("POST", "Groups", body)
        assert status == 201, made
        return made

    def patch(self, of: str, **operation: object) -> tuple[int, dict[str, Any]]:
        body = {"schemas": [PATCH], "Operations": [operation]}
        return self.ask("PATCH", of, body)


def directory_of(organization: Organization) -> Directory:
    with scope(organization=organization):
        by = organization.memberships.get(role="admin").user
        return Directory(organization, make_token(organization=organization, by=by))


def role_of(email: str) -> str | None:
    with scopes_disabled():
        rows = Membership.objects.filter(user__email=email)
        return rows.values_list("role", flat=True).first()


def give_role(directory: Directory, name: str, role: Role) -> None:
    with scope(organization=directory.organization):
        DirectoryGroup.objects.create(
            organization=directory.organization, name=name, role=role
        )

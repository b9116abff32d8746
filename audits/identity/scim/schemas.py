"""What Attune says of itself to a provider: what it can do, and its resources."""

from collections.abc import Mapping
from typing import Any

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_CORE = "urn:ietf:params:scim:schemas:core:2.0:"
MOST_RESULTS = 200

type Document = dict[str, Any]


def provider_config(base: str) -> Document:
    """Return what Attune can do of SCIM."""
    no = {"supported": False}
    return {
        "schemas": [f"{_CORE}ServiceProviderConfig"],
        "patch": {"supported": True},
        "bulk": {**no, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST_RESULTS},
        "changePassword": no,
        "sort": no,
        "etag": no,
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Bearer token",
                "description": "A token that an administrator made in Attune.",
                "primary": True,
            }
        ],
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": f"{base}/ServiceProviderConfig",
        },
    }


def resource_types(base: str) -> list[Document]:
    """Return the kinds of resources: people and groups."""
    return [
        {
            "schemas": [f"{_CORE}ResourceType"],
            "id": name,
            "name": name,
            "endpoint": f"/{name}s",
            "schema": schema,
            "meta": {
                "resourceType": "ResourceType",
                "location": f"{base}/ResourceTypes/{name}",
            },
        }
        for name, schema in (("User", USER), ("Group", GROUP))
    ]


def schemas(base: str) -> list[Document]:
    """Return the attributes of people and groups."""
    made = (("User", USER, _OF_USERS), ("Group", GROUP, _OF_GROUPS))
    return [
        {
            "schemas": [f"{_CORE}Schema"],
            "id": schema,
            "name": name,
            "attributes": [*attributes],
            "meta": {"resourceType": "Schema", "location": f"{base}/Schemas/{schema}"},
        }
        for name, schema, attributes in made
    ]


def _attribute(name: str, kind: str = "string", **other: Any) -> Document:
    usual: Mapping[str, Any] = {
        "name": name,
        "type": kind,
        "multiValued": False,
        "description": "",
        "required": False,
        "caseExact": False,
        "mutability": "readWrite",
        "returned": "default",
        "uniqueness": "none",
    }
    return {**usual, **other}


_VALUE = (
    _attribute("value"),
    _attribute("display", mutability="readOnly"),
    _attribute("$ref", "reference", referenceTypes=["User", "Group"]),
)
_OF_USERS = (
    _attribute("userName", required=True, uniqueness="server"),
    _attribute("name", "complex", subAttributes=[_attribute("formatted")]),
    _attribute("displayName"),
    _attribute("active", "boolean"),
    _attribute(
        "emails",
        "complex",
        multiValued=True,
        mutability="readOnly",
        subAttributes=[
            _attribute("value"),
            _attribute("type"),
            _attribute("primary", "boolean"),
        ],
    ),
    _attribute(
        "groups",
        "complex",
        multiValued=True,
        mutability="readOnly",
        subAttributes=[*_VALUE],
    ),
)
_OF_GROUPS = (
    _attribute("displayName", required=True, uniqueness="server"),
    _attribute("members", "complex", multiValued=True, subAttributes=[*_VALUE]),
)

"""Changes of resources and filters, as the examples of RFC 7644 have them."""

from typing import Any

import pytest

from audits.identity.scim.filters import NoFilter, equalities
from audits.identity.scim.patching import NotPatched, patched

TOURS = {
    "displayName": "Tour Guides",
    "members": [
        {"value": "2819c223", "display": "Babs Jensen"},
        {"value": "902c246b", "display": "Mandy Pepperidge"},
    ],
}
BABS = {
    "userName": "babs@firm.example",
    "active": True,
    "name": {"formatted": "Babs Jensen"},
    "emails": [{"value": "babs@firm.example", "type": "work"}],
}
ADDED = {"display": "James Smith", "value": "08e1"}


def ids(resource: dict[str, Any]) -> list[str]:
    return [each["value"] for each in resource["members"]]


OF_MEMBERS = {
    "add": (
        {"op": "add", "path": "members", "value": [ADDED]},
        "2819c223 902c246b 08e1",
    ),
    "add without a path": (
        {"op": "Add", "value": {"members": [ADDED]}},
        "2819c223 902c246b 08e1",
    ),
    "add who is there": (
        {"op": "add", "path": "members", "value": [TOURS["members"][0]]},
        "2819c223 902c246b",
    ),
    "remove one": (
        {"op": "remove", "path": 'members[value eq "2819c223"]'},
        "902c246b",
    ),
    "remove by value": (
        {"op": "Remove", "path": "members", "value": [{"value": "902c246b"}]},
        "2819c223",
    ),
    "replace": ({"op": "replace", "path": "members", "value": [ADDED]}, "08e1"),
}


@pytest.mark.parametrize("case", OF_MEMBERS.values(), ids=OF_MEMBERS)
def test_members_change_as_in_the_examples(case: tuple[dict[str, Any], str]) -> None:
    operation, left = case

    assert ids(patched(TOURS, {"Operations": [operation]})) == left.split()


def test_all_members_are_removed_and_the_resource_given_stays() -> None:
    result = patched(TOURS, {"Operations": [{"op": "remove", "path": "members"}]})

    assert "members" not in result
    assert len(TOURS["members"]) == 2


OF_A_PERSON = {
    "Entra ends access": (
        {"op": "Replace", "path": "active", "value": "False"},
        "active",
        "False",
    ),
    "Okta ends access": (
        {"op": "replace", "value": {"active": False}},
        "active",
        False,
    ),
    "a part of a name": (
        {"op": "replace", "path": "name.familyName", "value": "Smith"},
        "name",
        {"formatted": "Babs Jensen", "familyName": "Smith"},
    ),
    "a part without a path": (
        {"op": "add", "value": {"name.familyName": "Smith"}},
        "name",
        {"formatted": "Babs Jensen", "familyName": "Smith"},
    ),
    "one address of a kind": (
        {
            "op": "replace",
            "path": 'emails[type eq "work"].value',
            "value": "b@firm.example",
        },
        "emails",
        [{"value": "b@firm.example", "type": "work"}],
    ),
    "with the name of the schema": (
        {
            "op": "replace",
            "path": "urn:ietf:params:scim:schemas:core:2.0:User:userName",
            "value": "b@firm.example",
        },
        "userName",
        "b@firm.example",
    ),
    "in lower case": (
        {"op": "replace", "path": "username", "value": "b"},
        "userName",
        "b",
    ),
}


@pytest.mark.parametrize("case", OF_A_PERSON.values(), ids=OF_A_PERSON)
def test_person_changes_as_providers_write_it(
    case: tuple[dict[str, Any], str, object],
) -> None:
    operation, name, value = case

    assert patched(BABS, {"Operations": [operation]})[name] == value


REFUSED = {
    "no change": ({}, "invalidSyntax"),
    "another word": ({"op": "move", "path": "active"}, "invalidSyntax"),
    "removing everything": ({"op": "remove"}, "noTarget"),
    "no attributes": ({"op": "add", "value": "x"}, "invalidValue"),
    "no path": ({"op": "add", "path": "a[b", "value": 1}, "invalidPath"),
    "inside a text": ({"op": "add", "path": "userName.x", "value": 1}, "invalidPath"),
    "a filter that is none": (
        {"op": "remove", "path": 'emails[type sw "w"]'},
        "invalidFilter",
    ),
    "replacing what is not there": (
        {"op": "replace", "path": 'emails[type eq "home"].value', "value": "x"},
        "noTarget",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_change_that_cannot_be_applied_is_named(
    case: tuple[dict[str, Any], str],
) -> None:
    operation, scim_type = case
    first = {"op": "replace", "path": "active", "value": False}

    with pytest.raises(NotPatched) as refused:
        patched(BABS, {"Operations": [first, operation]})

    assert refused.value.scim_type == scim_type
    assert BABS["active"] is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "userName",
        'userName sw "a"',
        'a eq "b" or c eq "d"',
        'a eq "\\x"',
        "a eq b",
        'a eq "b" and ',
        'not (a eq "b")',
    ],
)
def test_other_filters_are_refused(text: str) -> None:
    with pytest.raises(NoFilter):
        equalities(text)

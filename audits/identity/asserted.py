"""What a provider asserts of a person, in the shape that all protocols share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MOST_GROUPS = 1000
_MOST_OF_A_NAME = 200
_MOST_OF_A_PERSON = 80


class NotProved(Exception):  # noqa: N818 - what it says, not a fault
    """What a provider sent does not prove who somebody is; the message is for logs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """Who somebody is, as their provider says it.

    `groups` is None if it says nothing of groups, which is not the same as none.
    """

    subject: str
    email: str
    name: str
    groups: frozenset[str] | None


def asserted(
    *, subject: object, email: object, name: object, groups: object
) -> Asserted:
    """Return what a provider asserts, once each part is what it has to be.

    Raises:
        NotProved: There is no subject or no address, or one is too long.
    """
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:  # noqa: PLR2004 - its column
        message = "no subject"
        raise NotProved(message)
    address = email.strip().lower() if isinstance(email, str) else ""
    if address.count("@") != 1 or len(address) > 254 or not address.isprintable():  # noqa: PLR2004 - of RFC 5321
        message = "no email address"
        raise NotProved(message)
    called = name.strip() if isinstance(name, str) else ""
    return Asserted(
        subject=subject,
        email=address,
        name="".join(c for c in called if c.isprintable())[:_MOST_OF_A_PERSON],
        groups=_groups(groups),
    )


def _groups(given: object) -> frozenset[str] | None:
    if given is None:
        return None
    many = [given] if isinstance(given, str) else given
    if not isinstance(many, list):
        return frozenset()
    texts = [each for each in many[:_MOST_GROUPS] if isinstance(each, str)]
    return frozenset(each for each in texts if len(each) <= _MOST_OF_A_NAME)


def claim_at(claims: Mapping[str, Any], path: str) -> object:
    """Return a claim by its name, or by the names that lead to it, with dots.

    >>> claim_at({"realm_access": {"roles": ["lead"]}}, "realm_access.roles")
    ['lead']
    >>> claim_at({"https://firm.example/groups": "a"}, "https://firm.example/groups")
    'a'
    >>> claim_at({"groups": []}, "roles") is None
    True
    """
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    return found


def domain_of(email: str) -> str:
    """Return the domain of an address, in lower case.

    >>> domain_of("Ada@Firm.Example")
    'firm.example'
    """
    return email.rpartition("@")[2].lower()

"""Finds the members whom a comment names, such as "@Ada Marsh"."""

import re
from collections.abc import Iterable

from audits.models import SEE_ALL, Membership, Organization, User

# Not the one of an email address.
_AT = re.compile(r"(?<!\w)@(?=\w)")


def mentioned_in(text: str, organization: Organization) -> list[User]:
    """Return the members whom a text names, each once.

    A member is named by "@" and their whole name. Of several names that fit, the
    longest counts; a name of two members names nobody.

    Note: one query, and none for a text without "@".
    """
    if not _AT.search(text):
        return []
    members = Membership.objects.filter(organization=organization, role__in=SEE_ALL)
    people = User.objects.filter(pk__in=members.values("user"), is_active=True)
    return named_in(text, people)


def named_in(text: str, people: Iterable[User]) -> list[User]:
    """Return the people whom a text names, in its order."""
    called: dict[str, list[User]] = {}
    for person in people:
        called.setdefault(str(person).casefold(), []).append(person)
    found: dict[int, User] = {}
    for at in _AT.finditer(text):
        rest = text[at.end() :].casefold()
        fitting = [name for name in called if _begins(rest, name)]
        named = called[max(fitting, key=len)] if fitting else []
        if len(named) == 1:
            found[named[0].pk] = named[0]
    return list(found.values())


def _begins(text: str, name: str) -> bool:
    """Return whether a text begins with a name, and with no longer word."""
    return text.startswith(name) and not text[len(name) :][:1].isalnum()

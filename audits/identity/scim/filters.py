"""Reads the filters that providers send: attributes that equal a value."""

import json
import re

_ONE = re.compile(
    r'\s*([A-Za-z][\w.:$-]*)\s+eq\s+("(?:[^"\\]|\\.){0,1000}"|true|false)\s*',
    re.IGNORECASE,
)
_AND = re.compile(r"and\s", re.IGNORECASE)
_MOST = 4


class NoFilter(Exception):  # noqa: N818 - what it is, not a fault
    """It is not a filter that Attune reads."""


def equalities(text: str) -> dict[str, str]:
    """Return what each attribute has to equal, by its name in lower case.

    >>> equalities('userName eq "ada@firm.example"')
    {'username': 'ada@firm.example'}
    >>> equalities('type EQ "work" and primary eq true')
    {'type': 'work', 'primary': 'true'}

    Raises:
        NoFilter: It is something else.
    """
    found: dict[str, str] = {}
    rest = text
    while len(found) < _MOST and (match := _ONE.match(rest)):
        name, value = match.groups()
        is_text = value.startswith('"')
        try:
            given = json.loads(value) if is_text else value.lower()
        except ValueError as error:
            raise NoFilter from error
        found[name.rpartition(":")[2].lower()] = given
        rest = rest[match.end() :]
        if not rest:
            return found
        joined = _AND.match(rest)
        if joined is None:
            break
        rest = rest[joined.end() :]
    raise NoFilter

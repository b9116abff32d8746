"""Applies the changes of a PATCH to a resource as JSON (RFC 7644, section 3.5.2)."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from audits.identity.scim.filters import NoFilter, equalities

_PATH = re.compile(
    r"(?:urn:[\w.:-]+:)?(?P<name>[A-Za-z$][\w$-]*)"
    r"(?:\[(?P<filter>[^\]]{1,1200})\])?(?:\.(?P<sub>[A-Za-z$][\w$-]*))?"
)
_MOST = 1000  # changes in one request

type Resource = dict[str, Any]


class NotPatched(Exception):  # noqa: N818 - what became of it
    """A change cannot be applied; `scim_type` is what RFC 7644 calls it."""

    def __init__(self, scim_type: str) -> None:
        super().__init__(scim_type)
        self.scim_type = scim_type


def patched(resource: Mapping[str, Any], body: Mapping[str, Any]) -> Resource:
    """Return a resource with the changes of a PATCH request, in their order.

    Raises:
        NotPatched: One of them cannot be applied, so none is.
    """
    operations = next((v for k, v in body.items() if k.lower() == "operations"), None)
    if not isinstance(operations, list) or not 0 < len(operations) <= _MOST:
        raise NotPatched("invalidSyntax")
    result = deepcopy(dict(resource))
    for each in operations:
        if not isinstance(each, dict):
            raise NotPatched("invalidSyntax")
        op, path = str(each.get("op", "")).lower(), each.get("path")
        if op not in ("add", "remove", "replace"):
            raise NotPatched("invalidSyntax")
        if path is None:
            _without_path(result, op, each.get("value"))
        else:
            _at(result, op, str(path), each.get("value"))
    return result


def _without_path(resource: Resource, op: str, value: Any) -> None:
    if op == "remove":
        raise NotPatched("noTarget")
    if not isinstance(value, dict):
        raise NotPatched("invalidValue")
    for path, part in value.items():
        if not path.lower().startswith("urn:") or isinstance(part, str | bool):
            _at(resource, op, path, part)


def _at(resource: Resource, op: str, path: str, value: Any) -> None:
    match = _PATH.fullmatch(path)
    if match is None:
        raise NotPatched("invalidPath")
    name = _own_name(resource, match["name"])
    if match["filter"] is not None:
        _in_filtered(resource, op, match, value)
    elif match["sub"] is not None:
        inner = resource.setdefault(name, {})
        if not isinstance(inner, dict):
            raise NotPatched("invalidPath")
        _set(inner, op, _own_name(inner, match["sub"]), value)
    else:
        _set(resource, op, name, value)


def _own_name(resource: Resource, name: str) -> str:
    """Return a name as the resource writes it: names have no upper and lower case."""
    return next((own for own in resource if own.lower() == name.lower()), name)


def _set(resource: Resource, op: str, name: str, value: Any) -> None:
    now = resource.get(name)
    if op == "remove":
        _remove(resource, name, now, value)
    elif op == "add" and isinstance(now, list):
        more = value if isinstance(value, list) else [value]
        resource[name] = now + [each for each in more if each not in now]
    elif isinstance(now, dict) and isinstance(value, dict):
        resource[name] = {**now, **value}
    else:
        resource[name] = value


def _remove(resource: Resource, name: str, now: Any, value: Any) -> None:
    """Remove an attribute, or of several values those that are given, as Entra does."""
    if isinstance(now, list) and value:
        given = value if isinstance(value, list) else [value]
        gone = [each.get("value") for each in given if isinstance(each, dict)]
        resource[name] = [each for each in now if each.get("value") not in gone]
    else:
        resource.pop(name, None)


def _in_filtered(resource: Resource, op: str, match: re.Match[str], value: Any) -> None:
    """Change those of several values that a filter in the path finds."""
    name, sub = _own_name(resource, match["name"]), match["sub"]
    try:
        wanted = equalities(match["filter"])
    except NoFilter as error:
        raise NotPatched("invalidFilter") from error
    now = resource.get(name) or []
    if not isinstance(now, list):
        raise NotPatched("invalidPath")
    found = [each for each in now if isinstance(each, dict) and _fits(each, wanted)]
    if op == "remove" and sub is None:
        resource[name] = [each for each in now if each not in found]
        return
    if not found and op == "replace":
        raise NotPatched("noTarget")
    if not found:
        found = [dict(wanted)]
        resource[name] = [*now, *found]
    for each in found:
        _change(each, op, sub, value)


def _change(each: Resource, op: str, sub: str | None, value: Any) -> None:
    if sub is not None:
        _set(each, op, _own_name(each, sub), value)
    elif isinstance(value, dict):
        each.update(value)
    else:
        raise NotPatched("invalidValue")


def _fits(value: Resource, wanted: Mapping[str, str]) -> bool:
    own = {name.lower(): part for name, part in value.items()}
    return all(_as_text(own.get(name)) == text for name, text in wanted.items())


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

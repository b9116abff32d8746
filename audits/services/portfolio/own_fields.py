"""The fields that an organization has added, and its use cases by what they say."""

from collections.abc import Callable, Mapping
from typing import Any

from django_scopes import get_scope

from audits.models import Organization, PortfolioRowQuerySet
from audits.models.fields.own_fields import OwnField, fields_of

PREFIX = "own_"
_PATH = "use_case__own__"


def own_fields() -> tuple[OwnField, ...]:
    """Return the fields in use, in their order: the member's organization has them."""
    organization = get_scope().get("organization")
    if not isinstance(organization, Organization):
        return ()
    found = fields_of(organization.own_fields)
    return tuple(field for field in found if not field.is_archived)


def parts_of(field: OwnField) -> Mapping[str, str]:
    """Return the filters of a field, with what each is called."""
    name = f"{PREFIX}{field.key}"
    if field.kind in {"number", "date"}:
        return {
            f"{name}_from": f"{field.name}, from",
            f"{name}_to": f"{field.name}, to",
        }
    return {name: field.name}


def with_own(rows: PortfolioRowQuerySet, name: str, value: str) -> PortfolioRowQuerySet:
    """Return the rows that pass the filter of a field; an unknown one passes all.

    A text in quotes is the whole value; another text is a part of it.
    """
    key, _, end = name.removeprefix(PREFIX).partition("_")
    field = next((each for each in own_fields() if each.key == key), None)
    if field is None:
        return rows
    path = path_of(field)
    if end:
        lookup = {"from": "gte", "to": "lte"}[end]
        return rows.filter(**{f"{path}__{lookup}": field.read(value)})
    if field.kind == "choice":
        return rows.filter(**{path: value})
    whole = value[1:-1] if _is_quoted(value) else ""
    if whole:
        return rows.filter(**{f"{path}__iexact": whole})
    return rows.filter(**{f"{path}__icontains": value})


def _is_quoted(text: str) -> bool:
    return len(text) > 2 and text[0] in '"“' and text[-1] in '"”'  # noqa: PLR2004


def path_of(field: OwnField) -> str:
    """Return where a query finds the value of a portfolio row."""
    return f"{_PATH}{field.key}"


def getter_of(field: OwnField) -> Callable[[Any], Any]:
    """Return what reads the cell of a row that was read with its `own_values`."""
    return lambda row: field.cell((row.own_values or {}).get(field.key))

"""The fields of an organization's own as columns of an inventory."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from audits.models import UseCase
from audits.models.fields.own_fields import MOST_OF_TEXT, OwnField, merged
from audits.services.portfolio.own_fields import own_fields
from audits.services.use_cases.inventory_columns import COLUMNS, Column

_HINTS = {
    "text": "A field of your organization.",
    "number": "A field of your organization: a number, such as 1200 or 12.5.",
    "date": "A field of your organization: a day, such as 2027-01-31.",
    "choice": "A field of your organization: one of {}.",
}


def all_columns() -> tuple[Column, ...]:
    """Return the columns of an inventory, those of own fields last."""
    own = (
        Column(
            id=field.key,
            label=field.name,
            hint=_HINTS[field.kind].format(", ".join(field.choices)),
            most=MOST_OF_TEXT,
        )
        for field in own_fields()
    )
    return (*COLUMNS, *own)


def own_given(
    fields: Sequence[OwnField],
    given: Mapping[str, str],
    use_case: UseCase | None,
    problems: list[str],
) -> dict[str, Any] | None:
    """Return the values of own fields that a row leads to; None if it has none.

    Empty cells change nothing. What is wrong is noted with the name of the field.
    """
    found: dict[str, Any] = {}
    for field in fields:
        try:
            found[field.key] = field.read(given.get(field.key, ""))
        except ValidationError as error:
            problems.append(error.messages[0])
    found = {key: value for key, value in found.items() if value is not None}
    return merged(use_case.own if use_case else {}, found) if found else None


def own_changes(
    fields: Sequence[OwnField], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """Return the name, the value before and the value after of what changes."""
    return [
        (field.name, str(before.get(field.key, "")), str(after.get(field.key, "")))
        for field in fields
        if before.get(field.key) != after.get(field.key)
    ]

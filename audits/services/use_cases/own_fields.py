"""Adds, changes, moves and archives the fields of an organization's use cases."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.models import Organization, User
from audits.models.fields.own_fields import (
    KINDS,
    MOST_ARCHIVED,
    MOST_CHOICES,
    MOST_FIELDS,
    MOST_OF_NAME,
    OwnField,
    fields_of,
)
from audits.models.fields.text import fitting_text
from audits.services.record import events


@transaction.atomic
def save_field(
    *,
    organization: Organization,
    by: User,
    name: str,
    kind: str = "text",
    choices: Sequence[str] = (),
    key: str = "",
) -> OwnField:
    """Add a field, or give one another name and other choices; its kind stays.

    Raises:
        ValidationError: Says of which part, and what is wrong.
    """
    fields = _locked(organization)
    old = next((field for field in fields if field.key == key), None)
    kind = old.kind if old else kind
    others = [field for field in fields if field is not old]
    new = OwnField(
        key=old.key if old else f"f{secrets.token_hex(6)}",
        name=_checked_name(name, others),
        kind=kind,
        choices=_checked_choices(choices) if kind == "choice" else (),
        is_archived=bool(old and old.is_archived),
    )
    if kind not in KINDS:
        raise ValidationError({"kind": "Choose a kind"})
    if old is None:
        _require_room(fields)
        fields.append(new)
    else:
        fields[fields.index(old)] = new
    _store(organization, by, fields, "changed" if old else "added", new)
    return new


@transaction.atomic
def move_field(*, organization: Organization, by: User, key: str) -> None:
    """Move a field up by one place; the first one stays."""
    fields = _locked(organization)
    shown = [field for field in fields if not field.is_archived]
    place = next((n for n, field in enumerate(shown) if field.key == key), 0)
    if place:
        before, field = (fields.index(shown[n]) for n in (place - 1, place))
        fields[before], fields[field] = fields[field], fields[before]
        _store(organization, by, fields, "moved", fields[before])


@transaction.atomic
def archive_field(
    *, organization: Organization, by: User, key: str, is_archived: bool = True
) -> None:
    """Archive a field, with all its values, or use it again.

    Raises:
        ValidationError: There are too many of them.
    """
    fields = _locked(organization)
    old = next((field for field in fields if field.key == key), None)
    if old is None or old.is_archived == is_archived:
        return
    new = replace(old, is_archived=is_archived)
    if not is_archived:
        _require_room(fields)
    elif sum(field.is_archived for field in fields) >= MOST_ARCHIVED:
        raise ValidationError({"name": f"Up to {MOST_ARCHIVED} fields are archived"})
    fields[fields.index(old)] = new
    _store(organization, by, fields, "archived" if is_archived else "restored", new)


def _locked(organization: Organization) -> list[OwnField]:
    rows = Organization.objects.select_for_update(no_key=True)
    return list(fields_of(rows.get(pk=organization.pk).own_fields))


def _checked_name(name: str, others: Sequence[OwnField]) -> str:
    try:
        text = " ".join(fitting_text(name, MOST_OF_NAME).split())
    except ValidationError as error:
        raise ValidationError({"name": f"Name: {error.messages[0]}"}) from error
    if not text:
        raise ValidationError({"name": "Enter a name for the field"})
    if any(other.name.casefold() == text.casefold() for other in others):
        raise ValidationError({"name": f"There is a field “{text}” already"})
    return text


def _checked_choices(choices: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for choice in choices:
        try:
            text = " ".join(fitting_text(choice, MOST_OF_NAME).split())
        except ValidationError as error:
            said = f"Choice “{choice[:MOST_OF_NAME]}…”: {error.messages[0]}"
            raise ValidationError({"choices": said}) from error
        if text:
            found.setdefault(text.casefold(), text)
    if not found:
        raise ValidationError({"choices": "Enter the choices, one on each line"})
    if len(found) > MOST_CHOICES:
        said = f"Use {MOST_CHOICES} choices or fewer; these are {len(found)}"
        raise ValidationError({"choices": said})
    return tuple(found.values())


def _require_room(fields: Sequence[OwnField]) -> None:
    if sum(not field.is_archived for field in fields) >= MOST_FIELDS:
        said = f"There are {MOST_FIELDS} fields already. Archive one first"
        raise ValidationError({"name": said})


def _store(
    organization: Organization,
    by: User,
    fields: Sequence[OwnField],
    done: str,
    field: OwnField,
) -> None:
    organization.own_fields = [each.as_stored() for each in fields]
    organization.save(update_fields=["own_fields"])
    events.record(
        organization=organization,
        actor=by,
        verb=f"own_field.{done}",
        subject=field.key,
        name=field.name,
        kind=field.kind,
    )

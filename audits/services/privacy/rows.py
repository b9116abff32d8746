"""The rows of an organization as plain values, and back, whatever their model."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from audits.models import (
    BulkChange,
    Comment,
    DirectoryGroup,
    Feed,
    FileProblem,
    Import,
    Invitation,
    LateLine,
    MailDomain,
    Organization,
    ProviderAccount,
    ProvisioningToken,
    ReadMark,
    RecordCheck,
    Rescore,
    SavedView,
    Share,
    SignOnProvider,
    User,
)

# What opens something, and single sign-on, which trusts a domain and a provider of one
# installation: an export has them without their secrets, and no import takes them.
ASIDE_MODELS = (
    *(Share, Invitation, SignOnProvider, MailDomain, DirectoryGroup),
    *(ProviderAccount, ProvisioningToken),
)
# Those, work in progress, and what is one person's alone.
_LEFT_OUT = (
    *(BulkChange, Import, Rescore, LateLine, RecordCheck, FileProblem),
    *(Feed, ReadMark, SavedView, *ASIDE_MODELS),
)
# Columns that open something, or show a domain to be somebody's.
SECRETS = frozenset(("digest", "passphrase", "secret", "proof"))
# What is said of a person: nothing that lets anybody in.
OF_PERSON = (
    *("id", "public_id", "email", "name", "time_zone", "number_style", "mails"),
    *("one_question_a_page", "is_active", "date_joined"),
)
_BATCH = 200


@cache
def own_models() -> tuple[type[models.Model], ...]:
    """Return the models whose rows belong to one organization, by name."""
    found = [
        model
        for model in apps.get_app_config("audits").get_models()
        if any(field.name == "organization" for field in model._meta.concrete_fields)
    ]
    return tuple(sorted(found, key=lambda model: model._meta.model_name or ""))


@cache
def exported_models() -> tuple[type[models.Model], ...]:
    """Return those of them that an export has, and who is mentioned in comments."""
    found = [model for model in own_models() if model not in _LEFT_OUT]
    return (*found, Comment.mentioned.through)


def rows_of(
    model: type[models.Model], organization: Organization
) -> Iterator[models.Model]:
    """Yield the rows of a model that an organization has, by key, a few at a time."""
    own = {"organization": organization}
    if model is Comment.mentioned.through:
        own = {"comment__organization": organization}
    rows = model._base_manager.filter(**own).order_by("pk")
    yield from rows.iterator(chunk_size=_BATCH)


def people_of(organization: Organization) -> list[User]:
    """Return everybody whom a row of an organization names, by key."""
    keys: set[int] = set()
    for model in exported_models():
        own = {"organization": organization}
        if model is Comment.mentioned.through:
            own = {"comment__organization": organization}
        for field in people_in(model):
            rows = model._base_manager.filter(**own).exclude(**{field: None})
            keys |= {*rows.order_by().values_list(field, flat=True).distinct()}
    return list(User.objects.filter(pk__in=keys).order_by("pk"))


@cache
def people_in(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns of a model that name a person."""
    fields = model._meta.concrete_fields
    return tuple(f.name for f in fields if f.is_relation and f.related_model is User)


def values_of(row: models.Model, names: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the columns of a row as JSON values; equal rows give equal ones."""
    fields = row._meta.concrete_fields
    return {
        field.attname: _plain(field.value_from_object(row))
        for field in fields
        if not names or field.name in names
    }


def row_from(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    """Return a row that is not stored yet, of what `values_of` gave.

    Raises:
        ValueError: The values have a column that the model has not.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if unknown := values.keys() - fields.keys():
        message = f"{model._meta.model_name} has no column {sorted(unknown)[0]}"
        raise ValueError(message)
    return model(**{name: _read(fields[name], x) for name, x in values.items()})


def _read(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField | models.FileField):
        return value
    while field.is_relation:
        field = field.target_field
    return field.to_python(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, models.fields.files.FieldFile):
        return value.name or ""
    return value

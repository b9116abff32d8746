"""Exports an organization: all its rows and files, to be imported elsewhere."""

from collections.abc import Iterator
from typing import IO, Any

from django.db import transaction
from django_scopes import scope

from audits.models import DirectoryGroup, Organization, User
from audits.models.queries.consistent_reads import consistent_read
from audits.services.privacy.files import ASIDE, Archive, stored_files
from audits.services.privacy.rows import (
    ASIDE_MODELS,
    OF_PERSON,
    SECRETS,
    exported_models,
    people_of,
    rows_of,
    values_of,
)
from audits.services.record import events

KIND = "attune.organization/1"
ORGANIZATION = "rows/organization.jsonl"
PEOPLE = "rows/people.jsonl"


def path_of(model: type[Any]) -> str:
    """Return the path of a model's rows in an export."""
    return f"rows/{model._meta.model_name}.jsonl"


def write_organization(organization: Organization, file: IO[bytes]) -> str:
    """Write all that an organization has, and return the SHA-256 of its content.

    It has no password, second factor, session or secret address. Equal content has an
    equal hash, also where it was imported. What no import takes is in a folder of its
    own: shares, invitations, and what single sign-on and its provider have.

    Args:
        organization: The organization.
        file: Where the zip goes.
    """
    archive = Archive(file, KIND)
    names: list[str] = []
    with scope(organization=organization), consistent_read():
        own = Organization.objects.get(pk=organization.pk)
        names += stored_files(own)
        archive.add_rows(ORGANIZATION, [values_of(own)])
        people = (values_of(each, OF_PERSON) for each in people_of(own))
        archive.add_rows(PEOPLE, people)
        for model in exported_models():
            archive.add_rows(path_of(model), _values(model, own, names))
        for model in ASIDE_MODELS:
            path = f"{ASIDE}/{model._meta.model_name}.jsonl"
            archive.add_some(path, _without_secrets(model, own))
    for name in sorted({*names}):
        archive.add_stored(name)
    return archive.close()


def _values(
    model: type[Any], organization: Organization, names: list[str]
) -> Iterator[dict[str, Any]]:
    for row in rows_of(model, organization):
        names += stored_files(row)
        yield values_of(row)


def _without_secrets(
    model: type[Any], organization: Organization
) -> Iterator[dict[str, Any]]:
    for row in rows_of(model, organization):
        said = {k: x for k, x in values_of(row).items() if k not in SECRETS}
        if isinstance(row, DirectoryGroup):
            people = row.people.order_by("pk")
            said["people"] = list(people.values_list("pk", flat=True))
        yield said


@transaction.atomic
def record_export(*, organization: Organization, by: User | None, content: str) -> None:
    """Record that an organization was exported.

    Args:
        organization: The organization.
        by: Who did it; None for an operator.
        content: The SHA-256 of the export.
    """
    events.record(
        organization=organization,
        actor=by,
        verb="organization.exported",
        subject=str(organization.pk),
        content=content,
    )

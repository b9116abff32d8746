"""Imports an exported organization into another installation, with equal hashes.

Every row keeps its key: the record of events names people and rows by theirs, and its
digests cover them. So no key may be taken, and the installation is best a new one.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django_scopes import scopes_disabled

from audits.models import Organization, User
from audits.services.privacy.files import MANIFEST, content_hash
from audits.services.privacy.organization_export import (
    KIND,
    ORGANIZATION,
    PEOPLE,
    path_of,
    write_organization,
)
from audits.services.privacy.rows import exported_models, row_from
from audits.services.record import events

_PIECE = 64 * 1024


class CannotImport(Exception):  # noqa: N818 - what it is, not a fault
    """The file is not imported; the text says why."""


def import_organization(*, file: IO[bytes]) -> tuple[Organization, str]:
    """Import all that an export has, or nothing.

    People come without a password: they ask for a new one.

    Args:
        file: The zip.

    Returns:
        The organization, and the SHA-256 of its content, which is that of the export.

    Raises:
        CannotImport: The file is changed or is no export, a key, address or file is
            taken here, a row points to what the file has not, or what was imported has
            another hash.
    """
    try:
        archive = zipfile.ZipFile(file)
        manifest = json.loads(archive.read(MANIFEST))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        message = "This is not an export of Attune."
        raise CannotImport(message) from error
    _check(archive, manifest)
    stored: list[str] = []
    try:
        with transaction.atomic(), scopes_disabled():
            organization = _add_rows(archive, manifest["files"])
            _add_files(archive, manifest["files"], stored)
            found = _content_of(organization)
            if found != manifest["content"]:
                message = "What was imported differs from the export; nothing is kept."
                raise CannotImport(message)
            _record(organization, found)
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise
    return organization, found


def _check(archive: zipfile.ZipFile, manifest: Any) -> None:
    """Compare every file with its SHA-256, and refuse names that lead elsewhere."""
    files = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(files, dict) or manifest.get("kind") != KIND:
        message = f"This is no export of the kind {KIND}."
        raise CannotImport(message)
    if {*archive.namelist()} != {*files, MANIFEST}:
        message = "The files are not those that the export lists."
        raise CannotImport(message)
    for name, digest in files.items():
        if ".." in PurePosixPath(name).parts or _digest(archive, name) != digest:
            message = f"{name} was changed after the export."
            raise CannotImport(message)
    if content_hash(files) != manifest.get("content"):
        message = "The hash of the content is not that of its files."
        raise CannotImport(message)


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as entry:
        while piece := entry.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _add_rows(archive: zipfile.ZipFile, files: dict[str, str]) -> Organization:
    tables = [(Organization, ORGANIZATION), (User, PEOPLE)]
    tables += [(model, path_of(model)) for model in exported_models()]
    keys: dict[Any, set[Any]] = {model: set() for model, _ in tables}
    named: dict[Any, set[Any]] = {}
    for model, path in tables:
        if path not in files:
            message = f"The export has no {path}: it is of another release."
            raise CannotImport(message)
        for values in _lines(archive, path):
            row = _add(model, values)
            keys[model].add(row.pk)
            for other, key in _relations(row):
                named.setdefault(other, set()).add(key)
    _require_inside(keys, named)
    _continue_numbers([model for model, _ in tables])
    [own] = _lines(archive, ORGANIZATION)
    return Organization.objects.get(pk=own["id"])


def _lines(archive: zipfile.ZipFile, path: str) -> Iterator[dict[str, Any]]:
    with archive.open(path) as entry:
        for line in entry:
            yield json.loads(line)


def _relations(row: models.Model) -> Iterator[tuple[Any, Any]]:
    """Yield to which rows a row points: their model, and their key."""
    for field in row._meta.concrete_fields:
        if field.is_relation and (key := getattr(row, field.attname)) is not None:
            yield field.related_model, key


def _require_inside(
    keys: Mapping[Any, set[Any]], named: Mapping[Any, set[Any]]
) -> None:
    """Refuse rows that point to what the export has not: it may be another's here."""
    for model, those in named.items():
        if outside := those - keys.get(model, set()):
            key = min(map(str, outside))
            message = (
                f"The export points to {model._meta.verbose_name} {key}, "
                "which it does not have."
            )
            raise CannotImport(message)


def _add(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    """Store a row as it was; nothing of it changes."""
    try:
        row = row_from(model, values)
    except ValueError as error:
        message = f"{error}: the export is of another release."
        raise CannotImport(message) from error
    if isinstance(row, User):
        row.set_unusable_password()
    if taken := _taken(row):
        message = f"{model._meta.verbose_name} {taken} is there already."
        raise CannotImport(message)
    row.save_base(raw=True, force_insert=True)
    return row


def _taken(row: models.Model) -> str:
    """Return what of a row is taken here: its key, address or name; else empty."""
    rows = type(row)._base_manager
    if rows.filter(pk=row.pk).exists():
        return str(row.pk)
    if isinstance(row, User) and rows.filter(email=row.email).exists():
        return row.email
    if isinstance(row, Organization) and rows.filter(slug=row.slug).exists():
        return row.slug
    return ""


def _continue_numbers(tables: list[type[models.Model]]) -> None:
    """Let the next row of each table get a number that is free (PostgreSQL)."""
    statements = connection.ops.sequence_reset_sql(no_style(), tables)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _add_files(
    archive: zipfile.ZipFile, files: dict[str, str], stored: list[str]
) -> None:
    for path in files:
        folder, _, name = path.partition("/")
        if folder != "files":
            continue
        if default_storage.exists(name):
            message = f"The file {name} is there already."
            raise CannotImport(message)
        with archive.open(path) as entry:
            stored.append(default_storage.save(name, File(entry, name=name)))


def _content_of(organization: Organization) -> str:
    with TemporaryFile() as again:
        return write_organization(organization, again)


def _record(organization: Organization, content: str) -> None:
    events.record(
        organization=organization,
        actor=None,
        verb="organization.imported",
        subject=str(organization.pk),
        content=content,
    )

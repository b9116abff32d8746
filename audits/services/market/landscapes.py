"""Stores an operator's landscape, and puts the stored one in force.

A process reads the file once and keeps it by its SHA-256. Which one is in force is
known from the query that finds the member of a request; anything else asks once, when
it reads the first fact.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from django.db import Error, transaction
from django.utils import timezone
from django_scopes import scope

from audits.landscape import in_force
from audits.landscape.in_force import Finder
from audits.landscape.loader import built_in
from audits.landscape.overlay import overlaid
from audits.landscape.schema import Landscape
from audits.models import LandscapeFile, Organization
from audits.models.landscape_files import ONLY
from audits.outages import outage_of
from audits.services.record import events
from audits.strict_yaml.problems import RefusedFileError

logger = logging.getLogger(__name__)

_MOST_KEPT = 4
_kept: dict[str, Landscape] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file of facts that passed every check, and the landscape that it makes."""

    content: str
    landscape: Landscape

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.content.encode()).hexdigest()


def checked_file(raw: bytes, name: str) -> CheckedFile:
    """Check an operator's file as of today.

    Args:
        raw: Its bytes.
        name: Its name, for messages.

    Raises:
        RefusedFileError: It is refused; lists every problem with its line.
    """
    landscape = overlaid(raw, name, built_in(), today=timezone.localdate())
    return CheckedFile(content=raw.decode(), landscape=landscape)


def finder(sha256: str | None = None) -> Finder:
    """Return what finds the stored landscape, once.

    Args:
        sha256: That of the stored file, empty without one, if it was read already;
            None to ask when the first fact is read.
    """
    return cache(partial(_found, sha256))


@contextmanager
def stored_in_force() -> Iterator[None]:
    """Put the stored landscape in force, for one task or command."""
    with in_force.using(finder()):
        yield


def finder_without_site(*, is_unreachable_none: bool) -> Finder:
    """Look for the landscape now, for a command that also works without a site.

    A database without tables has no file, so that the built-in landscape is in force.

    Args:
        is_unreachable_none: Whether a database that does not answer has none either.

    Raises:
        Error: The database does not answer.
    """
    find = finder()
    try:
        find()
    except Error as error:
        if outage_of(error) and not is_unreachable_none:
            raise
        return built_in
    return find


def stored() -> LandscapeFile | None:
    """Return the row of the file; None if there never was one."""
    return LandscapeFile.objects.filter(slot=ONLY).first()


def drafts_due_since() -> datetime | None:
    """Return when the landscape changed; None once drafts were scored again."""
    due = LandscapeFile.objects.filter(slot=ONLY, drafts_are_due=True)
    return due.values_list("since", flat=True).first()


def drafts_are_scored(since: datetime) -> None:
    """Note that all drafts were scored again, unless it changed once more."""
    LandscapeFile.objects.filter(slot=ONLY, since=since).update(drafts_are_due=False)


def apply(*, file: CheckedFile, command: str) -> bool:
    """Put a file in force everywhere; False, and nothing changes, if it already is.

    Args:
        file: The file, as it was checked.
        command: What put it there, and who ran it.
    """
    return _store(
        content=file.content,
        sha256=file.sha256,
        as_of=file.landscape.dated,
        command=command,
    )


def remove(*, command: str) -> bool:
    """Put the built-in landscape in force again; False if it already is."""
    return _store(content="", sha256="", as_of=None, command=command)


@transaction.atomic
def _store(*, sha256: str, command: str, **columns: object) -> bool:
    """Write the row, and have every organization watched again, unless it is there."""
    row = LandscapeFile.objects.select_for_update(no_key=True).filter(slot=ONLY).first()
    before = row.sha256 if row else ""
    if sha256 == before:
        return False
    columns |= {"sha256": sha256, "command": command[:300], "since": timezone.now()}
    columns["drafts_are_due"] = True
    LandscapeFile.objects.update_or_create(slot=ONLY, defaults=columns)
    for organization in Organization.objects.order_by("pk"):
        with scope(organization=organization):
            events.record(
                organization=organization,
                actor=None,
                verb="landscape.applied" if sha256 else "landscape.removed",
                subject=sha256 or before,
            )
    Organization.objects.update(watched_on=None)
    return True


def _found(sha256: str | None) -> Landscape:
    if sha256 is None:
        known = LandscapeFile.objects.filter(slot=ONLY)
        sha256 = known.values_list("sha256", flat=True).first()
    if not sha256:
        return built_in()
    if landscape := _kept.get(sha256):
        return landscape
    row = stored()
    if row is None or not row.sha256:
        return built_in()
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    landscape = _kept[row.sha256] = _laid(row)
    return landscape


def _laid(row: LandscapeFile) -> Landscape:
    """Return the landscape of a stored file.

    A new release may have a landscape that the file no longer fits. The built-in one
    is then in force, every result says so, and the log names the problem.
    """
    try:
        return overlaid(row.content.encode(), "the stored landscape", built_in())
    except RefusedFileError as error:
        logger.error("the built-in landscape is in force: %s", error)
        return built_in()

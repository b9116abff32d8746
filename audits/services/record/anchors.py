"""Keeps the last line of each record outside of the database, signed, once a day."""

import errno
import fcntl
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django_scopes import scope

from audits.models import Event, Organization, RecordCheck
from audits.record.anchors import Anchor, read_anchor
from audits.record.checking import Head

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Anchors:
    """What files of anchors say.

    Attributes:
        heads: The lines to compare a record with, by organization; a head that stayed
            the same for days is there once.
        refused: What is no anchor of ours, in words.
        missing: Files that are not there.
    """

    heads: dict[UUID, list[Head]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)


def sign_anchor(anchor: Anchor) -> str:
    """Return an anchor as a line with its signature."""
    return _signer().sign(str(anchor))


def read_anchors(files: Iterable[Path]) -> Anchors:
    """Read files of anchors.

    Raises:
        OSError: A file that is there cannot be read.
    """
    found = Anchors()
    seen = set()
    for file in files:
        try:
            for anchor in _anchors_in(file, found.refused):
                place = (anchor.organization, anchor.number, anchor.digest)
                if place not in seen:
                    seen.add(place)
                    found.heads.setdefault(anchor.organization, []).append(anchor.head)
        except FileNotFoundError:
            found.missing.append(file)
    return found


def anchor_heads() -> int:
    """Write today's head of every record that has none yet to the file and the log.

    Several processes may do so at once: the file is locked while it is looked through
    and written.

    Returns:
        How many were written.

    Raises:
        OSError: The file cannot be written; it is as it was.
    """
    today = timezone.localdate()
    due = list(Organization.objects.exclude(record_check__anchored_on=today))
    if not due:
        return 0
    with _locked(settings.RECORD_ANCHORS) as descriptor:
        done = _anchored_on(today)
        heads = [
            _head(organization, today)
            for organization in due
            if organization.pk not in done
        ]
        lines = [sign_anchor(anchor) for anchor in heads if anchor]
        _append(descriptor, lines)
    for line in lines:
        logger.info("%s", line)
    for organization in due:
        with scope(organization=organization):
            RecordCheck.objects.update_or_create(
                organization=organization, defaults={"anchored_on": today}
            )
    return len(lines)


def _signer() -> Signer:
    """Return what signs with SECRET_KEY, and also reads what earlier keys signed."""
    # The salt stays as it is: with another, no anchor of until now could be read.
    return Signer(sep=" ", salt="audits.services.anchors")


def _anchors_in(file: Path, refused: list[str]) -> Iterator[Anchor]:
    """Yield the anchors of a file, and add to `refused` what is none."""
    signer = _signer()
    with file.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            text = line.removesuffix("\n")
            if not text:
                continue
            try:
                yield read_anchor(signer.unsign(text))
            except (BadSignature, ValueError):
                refused.append(
                    f"{file}, line {number}: the signature does not fit. The line was "
                    "changed, or signed with a SECRET_KEY that this site does not know."
                )


def _anchored_on(today: date) -> set[UUID]:
    anchors = _anchors_in(settings.RECORD_ANCHORS, [])
    return {anchor.organization for anchor in anchors if anchor.day == today}


def _head(organization: Organization, today: date) -> Anchor | None:
    with scope(organization=organization):
        head = Event.objects.head(organization)
    if head is None:
        return None
    return Anchor(today, organization.pk, head.number, head.digest)


@contextmanager
def _locked(file: Path) -> Iterator[int]:
    """Open a file for adding to it, readable by its owner alone, and lock it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _append(descriptor: int, lines: list[str]) -> None:
    """Add whole lines, all or none, and force them to the disk."""
    size = os.fstat(descriptor).st_size
    content = "".join(f"{line}\n" for line in lines).encode()
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        content = b"\n" + content  # what broke off stays a line of its own
    try:
        if os.write(descriptor, content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise

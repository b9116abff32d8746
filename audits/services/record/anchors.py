"""Keeps the last line of each record outside of the database, signed.

It does so once a day, and after each sign-off.
"""

import errno
import fcntl
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Event, Organization, RecordCheck
from audits.record.anchors import Anchor, Days, read_anchor
from audits.record.checking import Fault, Head, What

logger = logging.getLogger(__name__)
# After one of these, a record is anchored in the next run, not only on the next day.
_ANCHORED_AT_ONCE = ("audit.approved", "audit.conditions")
# Anchors are written so often that a line is covered long before it is this old.
_COVERED_AFTER = timedelta(days=1)
_COVERED_AT_ONCE_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Anchors:
    """The content of files of anchors.

    Attributes:
        heads: The lines to compare a record with, by organization; a head that stayed
            the same for days is there once.
        days: The first and the last day of the anchors, by organization.
        slugs: Those that an organization had in its anchors.
        refused: What is no anchor of ours, in words.
        missing: Files that are not there.
    """

    heads: dict[UUID, list[Head]] = field(default_factory=dict)
    days: dict[UUID, Days] = field(default_factory=dict)
    slugs: dict[UUID, set[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)


def sign_anchor(anchor: Anchor) -> str:
    """Return an anchor as a line with its signature."""
    return _signer().sign(str(anchor))


def read_anchors(files: Iterable[Path]) -> Anchors:
    """Read files of anchors.

    Raises:
        OSError: An existing file cannot be read.
    """
    found = Anchors()
    seen = set()
    for file in files:
        try:
            for anchor in _anchors_in(file, found.refused):
                own = found.days.get(anchor.organization, Days(anchor.day, anchor.day))
                found.days[anchor.organization] = own.including(anchor.day)
                if anchor.slug:
                    found.slugs.setdefault(anchor.organization, set()).add(anchor.slug)
                place = (anchor.organization, anchor.number, anchor.digest)
                if place not in seen:
                    seen.add(place)
                    found.heads.setdefault(anchor.organization, []).append(anchor.head)
        except FileNotFoundError:
            found.missing.append(file)
    return found


def anchor_heads() -> int:
    """Write the head of every record that is due to the file and the log.

    A record is due once a day, and after each sign-off. The file says what is due, not
    the database, which is in doubt. Several processes may do so at once: the file is
    locked while it is looked through and written.

    Returns:
        How many were written.

    Raises:
        OSError: The file cannot be written; it is unchanged.
    """
    today = timezone.localdate()
    with _locked(settings.RECORD_ANCHORS) as descriptor:
        there = _written_on(today)
        heads = [
            head
            for each in Organization.objects.all()
            if (head := _head(each, today)) and _is_due(head, there.get(each.pk, []))
        ]
        lines = [sign_anchor(head) for head in heads]
        if lines:
            _append(descriptor, lines)
    for line in lines:
        logger.info("%s", line)
    for head in heads:
        _note(head)
    return len(lines)


def uncovered_line(organization: Organization, heads: Iterable[Head]) -> Fault | None:
    """Return the first line after all anchors that is too old to be there.

    Args:
        organization: Whose record; call it inside its scope.
        heads: All anchors of the record.
    """
    last, now = max((head.number for head in heads), default=0), timezone.now()
    is_old = Q(at__lt=now - _COVERED_AFTER) | Q(
        verb__in=_ANCHORED_AT_ONCE, at__lt=now - _COVERED_AT_ONCE_AFTER
    )
    after = Event.objects.filter(organization=organization, number__gt=last)
    line = after.filter(is_old).readable().order_by("number").first()
    if line is None:
        return None
    words = (
        f"Line {line.number} is of {line.at:%Y-%m-%d %H:%M} UTC, and no anchor covers "
        "it. Either housekeeping did not run, or the line was dated back."
    )
    return Fault(line.number, What.UNANCHORED, words)


def written_days(check: RecordCheck | None) -> Days | None:
    """Return of which days anchors of a record were written; None if of none."""
    if check is None or check.anchored_since is None or check.anchored_on is None:
        return None
    return Days(check.anchored_since, check.anchored_on)


def _is_due(head: Anchor, there: list[Anchor]) -> bool:
    """Return whether a head must be written, besides those of the day."""
    if not there:
        return True
    last = max(anchor.number for anchor in there)
    with scopes_disabled():
        return Event.objects.filter(
            organization=head.organization,
            number__gt=last,
            verb__in=_ANCHORED_AT_ONCE,
        ).exists()


def _signer() -> Signer:
    """Return the signer for SECRET_KEY, which also accepts earlier keys."""
    # The salt never changes: with another, nobody could read earlier anchors.
    return Signer(sep=" ", salt="audits.services.anchors")


def _anchors_in(file: Path, refused: list[str]) -> Iterator[Anchor]:
    """Yield the anchors of a file, and add other lines to `refused`."""
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


def _written_on(day: date) -> dict[UUID, list[Anchor]]:
    signer, written = _signer(), dict[UUID, list[Anchor]]()
    with settings.RECORD_ANCHORS.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith(f"{day} "):
                with suppress(BadSignature, ValueError):
                    anchor = read_anchor(signer.unsign(line.rstrip("\n")))
                    written.setdefault(anchor.organization, []).append(anchor)
    return written


def _head(organization: Organization, today: date) -> Anchor | None:
    with scope(organization=organization):
        head = Event.objects.head(organization)
    if head is None:
        return None
    return Anchor(today, organization.pk, head.number, head.digest, organization.slug)


def _note(head: Anchor) -> None:
    """Keep which anchor of a record was written last, and when the first."""
    with scopes_disabled():
        own = RecordCheck.objects.filter(organization=head.organization)
        RecordCheck.objects.get_or_create(organization_id=head.organization)
        own.filter(anchored_since=None).update(anchored_since=head.day)
        own.update(anchored_on=head.day)


@contextmanager
def _locked(file: Path) -> Iterator[int]:
    """Open a file for appending, readable only by its owner, and lock it."""
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
        content = b"\n" + content  # an incomplete line stays a separate line
    try:
        if os.write(descriptor, content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise

"""Checks records of events: whole when asked, and a part of each every day."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Event, Organization, RecordCheck
from audits.record.checking import Check, Fault, Head, What, moved_from
from audits.record.lines import Line
from audits.services.record.anchors import Anchors, read_anchors

logger = logging.getLogger(__name__)
LINES_A_DAY = 50_000  # of one record
LINES_A_RUN = 100_000  # of all records; the rest is left for the next run
# So many faults of one record are told; looking for where a line was takes a query.
MOST_TOLD = 20


class BrokenRecord(Exception):  # noqa: N818 - the state it is in, not a fault
    """A record or its anchors were tampered with; says which."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a pass over a record, or a part of it, found.

    Attributes:
        last: The number of the last line that was read.
        digest: Its digest.
        is_whole: Whether the record ends there.
        faults: The first faults.
        more: How many more there are.
    """

    last: int
    digest: str
    is_whole: bool
    faults: tuple[Fault, ...]
    more: int


def check_record(
    organization: Organization,
    heads: Iterable[Head] = (),
    after: Head | None = None,
    most: int | None = None,
) -> Found:
    """Read a record inside its organization, and say what is wrong with it.

    Args:
        organization: Whose record.
        heads: Lines that are known from elsewhere.
        after: The line before the first to be read; None to begin with line 1.
        most: How many lines are read; None for all.
    """
    check = Check(heads, after)
    lines = islice(Event.objects.lines(organization, check.number), most)
    faults: list[Fault] = []
    more = 0
    for line in lines:
        for fault in check.read(line):
            if len(faults) < MOST_TOLD:
                faults.append(_told(line, fault))
            else:
                more += 1
    head = Event.objects.head(organization)
    last = head.number if head else 0
    faults += check.end(last)
    return Found(check.number, check.digest, check.number >= last, tuple(faults), more)


def check_records() -> int:
    """Check a part of every record that was not looked at today.

    A part begins where the one of the day before ended. What is found is logged, and
    kept with the organization until an operator settles it.

    Returns:
        How many records were looked at.

    Raises:
        BrokenRecord: Something is wrong; all that is due was looked at nevertheless.
    """
    today = timezone.localdate()
    due = Organization.objects.exclude(record_check__checked_on=today).order_by("pk")
    organizations = list(due)
    if not organizations:
        return 0
    anchors = read_anchors([settings.RECORD_ANCHORS])
    for words in anchors.refused:
        logger.error("anchors of the record: %s", words)
    broken = ["the anchors"] if anchors.refused else []
    checked = lines = 0
    for organization in organizations:
        if lines >= LINES_A_RUN:
            break
        with scope(organization=organization):
            found, read = _check_part(organization, anchors, today)
        checked, lines = checked + 1, lines + read
        if found.faults:
            broken.append(organization.slug)
    if broken:
        raise BrokenRecord(", ".join(broken))
    return checked


def _check_part(
    organization: Organization, anchors: Anchors, today: date
) -> tuple[Found, int]:
    """Check a part of one record; return what was found, and how many lines it has."""
    row, _ = RecordCheck.objects.get_or_create(organization=organization)
    seen = _seen(row)
    after = None if row.is_whole else seen
    heads = [*anchors.heads.get(organization.pk, ()), *([seen] if seen else ())]
    found = check_record(organization, heads, after, LINES_A_DAY)
    row.checked_on, row.is_whole = today, found.is_whole
    if What.CUT_OFF not in {fault.what for fault in found.faults}:
        row.number, row.digest = found.last, found.digest
    for fault in found.faults:
        logger.error("record of %s is broken: %s", organization.slug, fault.words)
        if row.broken_number is None:
            row.broken_number, row.broken_words = fault.number, fault.words[:300]
    row.save()
    return found, found.last - (after.number if after else 0)


def _seen(row: RecordCheck) -> Head | None:
    if not row.number or row.checked_on is None:
        return None
    source = f"the check of {row.checked_on.day} {row.checked_on:%B %Y}"
    return Head(row.number, row.digest, source)


def _told(line: Line, fault: Fault) -> Fault:
    """Return a fault, and of a line that was moved where it was."""
    if fault.what != What.CHANGED:
        return fault
    with scopes_disabled():
        for organization, number in _places_after(line.previous):
            origin = replace(line, organization=organization, number=number)
            if origin.fits_its_digest:
                there = Organization.objects.get(pk=organization)
                slug = "" if there.pk == line.organization else there.slug
                return moved_from(line, origin, slug)
    return fault


def _places_after(digest: str) -> Iterator[tuple[UUID, int]]:
    """Yield each place of any record that follows a line with a digest."""
    if not digest:
        yield from ((pk, 1) for pk in Organization.objects.values_list("pk", flat=True))
    for event in Event.objects.filter(digest=digest)[:MOST_TOLD]:
        yield event.organization_id, event.number + 1

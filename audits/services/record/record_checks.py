"""Checks records of events: all of one on request, and a part of each every day."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Event, Organization, RecordCheck
from audits.record.anchors import lost_anchors
from audits.record.checking import Check, Fault, Head, What, moved_from
from audits.record.lines import Line
from audits.services.record.anchors import Anchors, read_anchors, written_days

logger = logging.getLogger(__name__)
LINES_A_DAY = 50_000  # of one record
LINES_A_RUN = 100_000  # of all records; the rest waits for the next run
# The most faults reported for one record; finding the origin of a line takes a query.
MOST_TOLD = 20


class BrokenRecord(Exception):  # noqa: N818 - the state it is in, not a fault
    """Somebody tampered with a record or its anchors; says which."""


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
    """Read a record inside its organization, and return its faults.

    Args:
        organization: Whose record.
        heads: Lines known from outside.
        after: The line before the first to read; None to start with line 1.
        most: How many lines to read; None for all.
    """
    emptied = Event.objects.emptied(organization)
    check = Check(heads, after, _time_of(organization, after), emptied)
    faults: list[Fault] = []
    more = 0
    for count, line in enumerate(Event.objects.lines(organization, check.number)):
        # Every line of the last number is read: the next part begins with another.
        if most is not None and count >= most and line.number > check.number:
            break
        for fault in check.read(line):
            if len(faults) < MOST_TOLD:
                faults.append(_told(line, fault))
            else:
                more += 1
    head = Event.objects.head(organization)
    last = head.number if head else 0
    faults += check.end(last)
    unreadable = Event.objects.unreadable(organization)
    faults += map(_unreadable, unreadable[:MOST_TOLD])
    more += len(unreadable[MOST_TOLD:])
    return Found(check.number, check.digest, check.number >= last, tuple(faults), more)


def check_records() -> int:
    """Check a part of every record that was not checked today.

    A part starts where that of the day before ended. Faults are logged, and stored with
    the organization until an operator clears them.

    Returns:
        How many records were checked.

    Raises:
        BrokenRecord: There are faults; all due records were checked nevertheless.
    """
    today = timezone.localdate()
    with scopes_disabled():
        due = Organization.objects.exclude(record_check__checked_on=today)
        organizations = list(due.order_by("pk"))
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


def lines_of_nobody() -> list[str]:
    """Say how many lines belong to no organization, as no constraint would allow."""
    known = Organization.objects.filter(pk=OuterRef("organization_id"))
    with scopes_disabled():
        lines = Event.objects.filter(~Exists(known)).count()
    words = f"Lines of an organization that is not in the database: {lines}."
    return [words] if lines else []


def _check_part(
    organization: Organization, anchors: Anchors, today: date
) -> tuple[Found, int]:
    """Check a part of one record; return the findings and the number of lines."""
    row, _ = RecordCheck.objects.get_or_create(organization=organization)
    seen = _seen(row)
    after = None if row.is_whole else seen
    heads = [*anchors.heads.get(organization.pk, ()), *([seen] if seen else ())]
    found = check_record(organization, heads, after, LINES_A_DAY)
    lost = lost_anchors(written_days(row), anchors.days.get(organization.pk))
    if lost:
        found = replace(found, faults=(*found.faults, lost))
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


def _time_of(organization: Organization, head: Head | None) -> datetime | None:
    if head is None:
        return None
    own = Event.objects.filter(organization=organization, number=head.number)
    return own.readable().values_list("at", flat=True).first()


def _unreadable(number: int | None) -> Fault:
    words = (
        "A line without a number was added."
        if number is None
        else f"Line {number} was changed: its time cannot be read."
    )
    return Fault(number or 0, What.UNREADABLE, words)


def _told(line: Line, fault: Fault) -> Fault:
    """Return a fault; for a moved line, add its earlier place."""
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
    for event in Event.objects.filter(digest=digest).readable()[:MOST_TOLD]:
        yield event.organization_id, event.number + 1

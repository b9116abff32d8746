"""Checks that nobody changed the record of events after it was written.

Recomputes every line's digest, and compares with the anchors that housekeeping keeps
outside of the database. Names each line that was changed, moved, removed or cut off.
The exit code is 0 only if everything matches; it is 1 if something differs, and 2 if
nothing can be checked.
"""

import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Min
from django.utils import timezone
from django_scopes import scope

from audits.models import Event, Organization, RecordCheck
from audits.record.anchors import Days, late_anchors, lost_anchors, shared_slugs
from audits.record.checking import Head
from audits.services.record.anchors import (
    Anchors,
    read_anchors,
    uncovered_line,
    written_days,
)
from audits.services.record.record_checks import check_record, lines_of_nobody

_DIGEST = re.compile(r"[0-9a-f]{16,64}")


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--organization",
            metavar="SLUG",
            help="only the record of this organization",
        )
        parser.add_argument(
            "--anchors",
            type=Path,
            action="append",
            metavar="FILE",
            help="a file of anchors, instead of RECORD_ANCHORS; may be repeated",
        )
        parser.add_argument(
            "--line", metavar="NUMBER", help="the line that a paper prints"
        )
        parser.add_argument(
            "--digest",
            metavar="HEX",
            help="the digest that the paper prints, or its first 16 digits or more",
        )

    def handle(
        self,
        *_: Any,
        organization: str | None,
        anchors: list[Path] | None,
        line: str | None,
        digest: str | None,
        **__: Any,
    ) -> None:
        printed = _printed(organization, line, digest)
        organizations = _organizations(organization)
        known = _read(anchors or [settings.RECORD_ANCHORS])
        for file in known.missing:
            self.stdout.write(
                f"{file} is missing, so nothing shows whether a whole record was "
                f"recomputed or its end cut off."
            )
        faults = [*known.refused, *shared_slugs(_slugs(known))]
        if organization is None:
            faults += [*_unknown(known, organizations), *lines_of_nobody()]
        for words in faults:
            self.stdout.write(f"DIFFERS  {words}")
        fits = not faults
        for each in organizations:
            fits = self._check(each, known, printed) and fits
            fits = self._has_its_anchors(each, known, is_copy=bool(anchors)) and fits
        if not fits:
            self.stdout.write(
                "\nThe record is not as it was written: see what differs above."
            )
            sys.exit(1)

    def _has_its_anchors(
        self, organization: Organization, known: Anchors, *, is_copy: bool
    ) -> bool:
        """Say which anchors of a record are lost; return whether none is."""
        found, heads = known.days.get(organization.pk), known.heads.get(organization.pk)
        with scope(organization=organization):
            check = RecordCheck.objects.filter(organization=organization).first()
            own = Event.objects.filter(organization=organization).readable()
            oldest = own.aggregate(oldest=Min("at"))["oldest"]
            uncovered = None if is_copy else uncovered_line(organization, heads or ())
        written = written_days(check)
        lost = lost_anchors(written, found, may_be_older=is_copy)
        late = late_anchors(oldest and timezone.localdate(oldest), found)
        faults = [fault for fault in (lost, late, uncovered) if fault]
        for fault in faults:
            self.stdout.write(
                f"DIFFERS  {organization.slug}, {fault.what}: {fault.words}"
            )
        if found is None and not lost:
            self.stdout.write(
                f"         {organization.slug} has no anchor yet, so nothing shows "
                f"whether its record was recomputed or cut off."
            )
        elif found and written and found.last < written.last and not lost:
            self.stdout.write(
                f"         {organization.slug}: this copy has the anchors of {found}, "
                f"and later ones were written."
            )
        return not faults

    def _check(
        self, organization: Organization, known: Anchors, printed: Head | None
    ) -> bool:
        """Check one record and say what was found; return whether it fits."""
        heads, days = known.heads.get(organization.pk, []), known.days
        with scope(organization=organization):
            found = check_record(
                organization, [*heads, *([printed] if printed else [])]
            )
        for fault in found.faults:
            self.stdout.write(
                f"DIFFERS  {organization.slug}, line {fault.number}, {fault.what}: "
                f"{fault.words}"
            )
        if found.more:
            self.stdout.write(f"         and {found.more} more")
        if found.faults:
            return False
        own = days.get(organization.pk)
        last = f", the last of {Days(own.last, own.last)}" if own else ""
        self.stdout.write(
            f"matches  {organization.slug}: lines {found.last}, anchors {len(heads)}"
            f"{last}"
        )
        if printed:
            self.stdout.write(f"matches  line {printed.number} of the paper")
        return True


def _printed(organization: str | None, line: str | None, digest: str | None) -> Any:
    """Return the line that a paper prints, as a head; None without these options."""
    if line is None and digest is None:
        return None
    number = (line or "").replace(",", "")
    hexadecimal = re.sub(r"\s|…$", "", digest or "").lower()
    if organization is None or not number.isdecimal() or not int(number):
        message = "Give --line NUMBER, --digest HEX and --organization SLUG together."
        raise CommandError(message, returncode=2)
    if not _DIGEST.fullmatch(hexadecimal):
        message = "--digest: give the first 16 digits or more, 0 to 9 and a to f."
        raise CommandError(message, returncode=2)
    return Head(int(number), hexadecimal, "the paper")


def _organizations(slug: str | None) -> list[Organization]:
    organizations = Organization.objects.order_by("slug")
    found = list(organizations if slug is None else organizations.filter(slug=slug))
    if slug is not None and not found:
        message = f"There is no organization with the slug “{slug}”."
        raise CommandError(message, returncode=2)
    return found


def _read(files: list[Path]) -> Anchors:
    try:
        return read_anchors(files)
    except OSError as error:
        message = f"{error.filename}: cannot be read: {error.strerror}"
        raise CommandError(message, returncode=2) from error


def _unknown(known: Anchors, organizations: list[Organization]) -> list[str]:
    """Print which anchors name an organization that does not exist."""
    gone = known.heads.keys() - {organization.pk for organization in organizations}
    return [
        f"{pk}: anchors name {known.heads[pk][-1].number} lines of this "
        "organization, but it is not in the database."
        for pk in sorted(gone)
    ]


def _slugs(known: Anchors) -> dict[UUID, set[str]]:
    """Return the slugs of each organization, now and in its anchors."""
    slugs = {pk: {slug} for pk, slug in Organization.objects.values_list("pk", "slug")}
    for pk, own in known.slugs.items():
        slugs[pk] = slugs.get(pk, set()) | own
    return slugs

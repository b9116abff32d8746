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

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from audits.models import Organization, RecordCheck
from audits.record.anchors import lost_anchors
from audits.record.checking import Head
from audits.services.record.anchors import Anchors, read_anchors, written_days
from audits.services.record.record_checks import check_record

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
        faults = [f"DIFFERS  {words}" for words in known.refused]
        if organization is None:
            faults += _unknown(known, organizations)
        for words in faults:
            self.stdout.write(words)
        fits = not faults
        for each in organizations:
            own = known.heads.get(each.pk, [])
            fits = self._check(each, own, printed) and fits
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
        with scope(organization=organization):
            check = RecordCheck.objects.filter(organization=organization).first()
        written, found = written_days(check), known.days.get(organization.pk)
        lost = lost_anchors(written, found, may_be_older=is_copy)
        if lost:
            self.stdout.write(
                f"DIFFERS  {organization.slug}, {lost.what}: {lost.words}"
            )
        elif found is None:
            self.stdout.write(
                f"         {organization.slug} has no anchor yet, so nothing shows "
                f"whether its record was recomputed or cut off."
            )
        elif written and found.last < written.last:
            self.stdout.write(
                f"         {organization.slug}: this copy has the anchors of {found}, "
                f"and later ones were written."
            )
        return lost is None

    def _check(
        self, organization: Organization, heads: list[Head], printed: Head | None
    ) -> bool:
        """Check one record and say what was found; return whether it fits."""
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
        self.stdout.write(
            f"matches  {organization.slug}: lines {found.last}, anchors {len(heads)}"
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
        f"DIFFERS  {pk}: anchors name {known.heads[pk][-1].number} lines of this "
        "organization, but it is not in the database."
        for pk in sorted(gone)
    ]

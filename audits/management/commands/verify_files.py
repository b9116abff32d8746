"""Compares every stored file with its SHA-256, and lists the problems.

Records each problem as if a person had found it, and closes problems that are solved.
The exit code is 1 if a file is missing or altered, and 2 if some files could not be
read and the others are right.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from audits.models import FileProblem, Organization
from audits.services.files.file_checks import KINDS, Kind, Owner, check


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--organization",
            metavar="SLUG",
            help="Only the files of this organization.",
        )

    def handle(self, *_: Any, organization: str | None, **__: Any) -> None:
        organizations = Organization.objects.order_by("slug")
        if organization is not None:
            organizations = organizations.filter(slug=organization)
            if not organizations:
                message = f"There is no organization {organization}."
                raise CommandError(message, returncode=2)
        states: set[str] = set()
        files = 0
        for each in organizations:
            with scope(organization=each):
                for kind, owner in _files_of(each):
                    files += 1
                    if check(owner)[0]:
                        states |= self._told(each, kind, owner)
        self.stdout.write(f"{files} files compared.")
        if states:
            sys.exit(1 if states & {*FileProblem.LOST} else 2)

    def _told(self, organization: Organization, kind: Kind, owner: Owner) -> set[str]:
        """Write a line about a file's problem; return it if it still exists."""
        own = FileProblem.objects.open().filter(kind=kind.kind, subject=owner.pk)
        problem = own.first()
        if problem is None:  # it was made again, or removed, meanwhile
            return set()
        self.stdout.write(
            f"{organization.slug}  {problem.get_kind_display()}  {problem.what}  "
            f"{problem.file}  {problem.get_state_display()} since "
            f"{problem.noticed_at:%Y-%m-%d %H:%M} UTC"
        )
        return {problem.state}


def _files_of(organization: Organization) -> Iterator[tuple[Kind, Owner]]:
    for kind in KINDS:
        rows = kind.stored
        if kind.model is Organization:
            rows = rows.filter(pk=organization.pk)
        for owner in rows.order_by("pk").iterator():
            yield kind, owner

"""Writes all that an organization has to a zip, to be imported elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from audits.models import Organization
from audits.services.privacy.organization_export import (
    record_export,
    write_organization,
)


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the organization, by the name in its address")
        parser.add_argument("file", type=Path, help="the zip to write")

    def handle(self, *_: Any, slug: str, file: Path, **__: Any) -> None:
        organization = Organization.objects.filter(slug=slug).first()
        if organization is None:
            names = ", ".join(Organization.objects.values_list("slug", flat=True))
            message = f"No organization is called {slug}. There are: {names or 'none'}."
            raise CommandError(message)
        if file.exists():
            message = f"{file} is there already."
            raise CommandError(message)
        with file.open("xb") as out:
            content = write_organization(organization, out)
        with scope(organization=organization):
            record_export(organization=organization, by=None, content=content)
        self.stdout.write(f"{file}: content {content}")

"""Imports an exported organization, with every key and hash as it was.

Nothing is imported if any key, email address or file is taken here, so use a new
installation. People come without a password and ask for a new one.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audits.services.privacy.organization_import import (
    CannotImport,
    import_organization,
)


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the zip of export_organization")

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        try:
            with file.open("rb") as archive:
                organization, content = import_organization(file=archive)
        except OSError as error:
            message = f"{file} cannot be read: {error.strerror}."
            raise CommandError(message) from error
        except CannotImport as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{organization}: content {content}")

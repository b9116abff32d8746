"""Erases a person: name, address, sign-in, and each mention of them in stored text.

The record of events names people by number, so it stays as it is and verifies. Papers
and packs that name the person are removed, and made again when somebody asks. Files
that people uploaded are not changed: those that may name the person are listed.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audits.models import User
from audits.services.privacy.erasure import CannotErase, erase_person


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address with which they sign in")

    def handle(self, *_: Any, email: str, **__: Any) -> None:
        person = User.objects.filter(email=email.lower()).first()
        if person is None:
            message = "Nobody signs in with this address."
            raise CommandError(message)
        try:
            found = erase_person(person=person, by=None)
        except CannotErase as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Rows masked: {found.rows}. Files removed: {found.files}.")
        for each in found.uploads:
            self.stdout.write(f"Look at this upload yourself: {each}")
        for each in found.left:
            self.stdout.write(f"Look at this text yourself: {each}")
        if found.lines:
            self.stdout.write(f"Lines of records that have the name: {found.lines}.")

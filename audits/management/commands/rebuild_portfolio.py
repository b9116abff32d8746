"""Rebuilds every row of the portfolio from use cases, answers and frozen verdicts.

Run it after an upgrade that asks for it. People can continue to work. If it is
interrupted, start it again with the id of its last line: `--after ID`.
"""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from audits.models import Organization
from audits.services.market.landscapes import stored_in_force
from audits.services.portfolio.rows import rebuild_portfolio_rows


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--organization", metavar="SLUG", help="Only the rows of this organization."
        )
        parser.add_argument(
            "--after", type=UUID, metavar="ID", help="Continue after this use case."
        )

    @stored_in_force()
    def handle(
        self, *_: Any, organization: str | None, after: UUID | None, **__: Any
    ) -> None:
        only = _named(organization) if organization else None
        written = left = 0
        while some := rebuild_portfolio_rows(after=after, organization=only):
            after, written, left = some.last, written + some.written, left + some.left
            self.stdout.write(f"{written} rows written, up to use case {after}")
        if left:
            self.stdout.write(
                f"{left} rows left as they are: this release does not ship the "
                "framework of their audits."
            )
        self.stdout.write("Done.")


def _named(slug: str) -> Organization:
    found = Organization.objects.filter(slug=slug).first()
    if found is None:
        message = f"There is no organization {slug}."
        raise CommandError(message)
    return found

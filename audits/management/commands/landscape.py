"""Checks an operator's file of market facts, and puts it in force or takes it back.

Without a file it says which market facts are in force. With one it says what the file
adds, changes and ends, which submitted audits would get another verdict and why, and
which sums of 12 months would move; it stores nothing unless --apply is given. The exit
code is 2 if the file is refused.
"""

import getpass
import socket
from argparse import ArgumentParser
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_scopes import scope

from audits.landscape import in_force
from audits.landscape.comparing import told
from audits.landscape.loader import built_in
from audits.landscape.schema import Landscape
from audits.models import Organization
from audits.scoring.days import in_words
from audits.services.market import landscapes
from audits.services.market.landscapes import CheckedFile, stored_in_force
from audits.services.verdicts.landscape_impact import (
    MovedSum,
    MovedVerdict,
    landscape_impact,
)
from audits.strict_yaml.nodes import MAX_BYTES
from audits.strict_yaml.problems import RefusedFileError

_MOST_SUMS = 20
_FROM_NOW_ON = (
    "in force from now on, without a restart. Housekeeping scores drafts again and "
    "looks at signed-off verdicts in its next runs."
)


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a file of market facts")
        parser.add_argument(
            "--apply", action="store_true", help="put the file in force"
        )
        parser.add_argument(
            "--remove", action="store_true", help="return to the built-in facts"
        )

    @stored_in_force()
    def handle(
        self, *_: Any, file: Path | None, apply: bool, remove: bool, **__: Any
    ) -> None:
        if (remove and (file or apply)) or (apply and not file):
            message = "Give a FILE, or a FILE and --apply, or --remove alone."
            raise CommandError(message, returncode=2)
        if remove:
            self._remove()
        elif file is None:
            self._say(_status())
        else:
            checked = _checked(file)
            self._say(_preview(checked.landscape))
            self._say(self._apply(file, checked) if apply else ("Nothing was stored.",))

    def _apply(self, file: Path, checked: CheckedFile) -> Iterator[str]:
        command = f"{_who()}: manage.py landscape {file.name} --apply"
        if landscapes.apply(file=checked, command=command):
            yield f"The file is {_FROM_NOW_ON}"
            yield f"File SHA-256: {checked.sha256}"
        else:
            yield "This file is in force already; nothing was stored."

    def _remove(self) -> None:
        command = f"{_who()}: manage.py landscape --remove"
        if landscapes.remove(command=command):
            self.stdout.write(f"The built-in market facts are {_FROM_NOW_ON}")
        else:
            self.stdout.write("The built-in market facts are in force already.")

    def _say(self, lines: Iterator[str] | tuple[str, ...]) -> None:
        for line in lines:
            self.stdout.write(line)


def _checked(file: Path) -> CheckedFile:
    try:
        with file.open("rb") as content:
            raw = content.read(MAX_BYTES + 1)
        return landscapes.checked_file(raw, str(file))
    except RefusedFileError as error:
        raise CommandError(str(error), returncode=2) from error
    except OSError as error:
        message = f"{file}: cannot be read: {error.strerror}"
        raise CommandError(message, returncode=2) from error


def _status() -> Iterator[str]:
    """Yield which facts are in force, from which day, and who put them there."""
    now, row = in_force.current(), landscapes.stored()
    name = "The built-in market facts are"
    if row and row.sha256:
        name = "An operator’s market facts are"
        if now.dated is None:
            name = "The stored file no longer fits this release, so the built-in are"
    yield f"{name} in force, {_age(now)}."
    yield f"Landscape SHA-256: {now.sha256}"
    yield f"Newest price checked on {in_words(now.prices_checked)}."
    if row and row.sha256:
        yield f"File SHA-256: {row.sha256}, over those built in, {_age(built_in())}."
    if row:
        yield f"Since {row.since:%Y-%m-%d %H:%M %Z}, by {row.command}"


def _age(landscape: Landscape) -> str:
    days = (timezone.localdate() - landscape.as_of).days
    return f"of {in_words(landscape.as_of)}, {days} day{'' if days == 1 else 's'} old"


def _preview(after: Landscape) -> Iterator[str]:
    """Yield what another landscape changes: its facts, verdicts, and sums."""
    before, audits = in_force.current(), 0
    yield f"Compared with the market facts in force, {_age(before)}:"
    facts = [*told(before, after, timezone.localdate())]
    yield from (f"  {line}" for line in facts or ["the same facts"])
    verdicts: list[tuple[str, MovedVerdict]] = []
    sums: list[tuple[str, MovedSum]] = []
    for organization in Organization.objects.order_by("name", "pk").iterator():
        with scope(organization=organization):
            found = landscape_impact(before, after)
        audits += found.audits
        verdicts += [(organization.slug, moved) for moved in found.verdicts]
        sums += [(organization.slug, moved) for moved in found.sums]
    yield f"Verdicts that change: {len(verdicts)} of {audits} submitted audits"
    for slug, moved in verdicts:
        yield f"  {_of(slug, moved)}: {moved.before} -> {moved.after}"
        yield from (f"    {cause}" for cause in moved.causes)
    yield from _sums(sums)


def _sums(sums: list[tuple[str, MovedSum]]) -> Iterator[str]:
    """Yield the sums of 12 months that move, the largest moves first."""
    sums.sort(key=lambda each: each[1].by, reverse=True)
    yield f"Sums of 12 months that move: {len(sums)}"
    for slug, moved in sums[:_MOST_SUMS]:
        amounts = f"{_dollars(moved.before)} -> {_dollars(moved.after)}"
        yield f"  {_of(slug, moved)}, {moved.what}: {amounts}"
    if len(sums) > _MOST_SUMS:
        yield f"  and {len(sums) - _MOST_SUMS} smaller ones"


def _of(slug: str, moved: MovedVerdict | MovedSum) -> str:
    use_case = moved.audit.use_case
    return f"{slug} {use_case.reference} {use_case.name}"


def _dollars(amount: Decimal | None) -> str:
    return "no price" if amount is None else f"${amount:,.0f}"


def _who() -> str:
    """Return which account of which machine runs the command."""
    try:
        return f"{getpass.getuser()}@{socket.gethostname()}"
    except OSError:  # no such account, as in some containers
        return f"?@{socket.gethostname()}"

"""Reads a file of facts and prints a verdict for each line.

Each line is a JSON object with `facts` in the framework's option codes, usually an
`id`, and `numbers` if they are known. The command explains a wrong line on the error
output, with its number and field, still answers the others, and exits with 2.
"""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.landscape.catalogue import catalogue
from audits.landscape.in_force import Finder
from audits.scoring.exchange.lines import fact_lines
from audits.services.market import landscapes


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .jsonl file, or - for input")
        parser.add_argument(
            "--explain", action="store_true", help="add headline, lead and trace"
        )
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="DATE",
            help="use the market facts of this day, from 2022-01-01; default: today",
        )

        parser.add_argument(
            "--framework",
            metavar="NAME:VERSION",
            help="the version of the method for lines that name none; default: current",
        )

    def handle(
        self,
        *_: Any,
        file: Path,
        explain: bool,
        on: date | None,
        framework: str | None,
        **__: Any,
    ) -> None:
        method, day = _method(framework), on or timezone.localdate()
        with in_force.using(_facts()):
            _require_landscape(day)
            self._answer(method, file, day, explain=explain)

    def _answer(
        self, method: Framework, file: Path, day: date, *, explain: bool
    ) -> None:
        wrong = 0
        for number, line in enumerate(_lines(file), start=1):
            if not line.strip():
                continue
            try:
                result = fact_lines.answer(method, line, day, explain=explain)
            except ValueError as error:
                wrong += 1
                self.stderr.write(f"line {number}: {error}")
            else:
                if result["id"] is None:
                    result["id"] = number
                self.stdout.write(json.dumps(result, default=int))
        if wrong:
            sys.exit(2)


def _method(name: str | None) -> Framework:
    try:
        return loader.named(name) if name else loader.current()
    except ValueError as error:
        raise CommandError(f"--{error}", returncode=2) from error


def _facts() -> Finder:
    try:
        return landscapes.finder_without_site(is_unreachable_none=False)
    except Error as error:
        message = (
            "The database does not answer, so that nobody knows which market facts "
            f"are in force: {error}"
        )
        raise CommandError(message, returncode=2) from error


def _require_landscape(day: date) -> None:
    try:
        catalogue(day)
    except ValueError as error:
        raise CommandError(f"--on: {error}", returncode=2) from error


def _lines(file: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except OSError as error:
        message = f"{file}: cannot be read: {error.strerror}"
        raise CommandError(message, returncode=2) from error
    except UnicodeDecodeError as error:
        message = f"{file}: not UTF-8 at byte {error.start}"
        raise CommandError(message, returncode=2) from error
    return text.split("\n")

"""Says what a paper said a month would cost, and what the months after it cost.

Reads a usage file with all usage of the use case and no other (or of the models named
with --model), and compares each whole month after the paper with the month that the
paper states: inside its range, above or below, and how much more or less
from volume, tokens, cache share, price, model and a bill that differs from list prices.
The exit code is 0 if every month is inside the range, 1 if one is not, and 2 if that is
unclear or a file cannot be read.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audits.landscape import in_force
from audits.management.papers import read_paper
from audits.management.read_files import read_file
from audits.scoring.tracking.months import Followed, followed
from audits.scoring.tracking.said import NotComparedError, said_of
from audits.scoring.tracking.words import (
    SYNTHETIC,
    left_out_sentences,
    month_sentences,
    said_sentences,
)
from audits.services.market import landscapes
from audits.usage.reading import usage_of
from audits.usage.rows import UsageFile
from audits.usage.summary import of_models

_OUTSIDE = ("above", "below")


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="a usage file, as check_usage reads it"
        )
        parser.add_argument(
            "--paper",
            type=Path,
            required=True,
            metavar="FILE",
            help="the board paper, or the assessment.json that is in it",
        )
        parser.add_argument(
            "--model",
            action="append",
            metavar="NAME",
            help="count this model alone, as the file calls it; may be repeated",
        )
        parser.add_argument(
            "--synthetic",
            action="store_true",
            help="the usage was invented for practice; the output says so",
        )

    def handle(
        self,
        *_: Any,
        file: Path,
        paper: Path,
        model: list[str] | None,
        synthetic: bool,
        **__: Any,
    ) -> None:
        usage = read_file(file, usage_of)
        if model:
            usage = _of_models(file, usage, model)
        facts = landscapes.finder_without_site(is_unreachable_none=True)
        with in_force.using(facts):
            verdict = read_paper(paper)
            try:
                said = said_of(verdict.framework, verdict.assessment)
            except NotComparedError as error:
                raise CommandError(f"{paper}: {error}", returncode=2) from error
            found = followed(said, usage, timezone.localdate())
        for line in _lines(found, usage, is_synthetic=synthetic):
            self.stdout.write(line)
        if code := _code(found):
            sys.exit(code)


def _lines(found: Followed, usage: UsageFile, *, is_synthetic: bool) -> Iterator[str]:
    if is_synthetic:
        yield from (SYNTHETIC, "")
    yield from said_sentences(found.said)
    for month in found.months:
        yield ""
        yield from month_sentences(month)
    left_out = list(left_out_sentences(found))
    if not found.months:
        left_out.append("No whole month after the paper is in the file.")
    left_out += usage.left_out
    if left_out:
        yield from ("", *left_out)


def _code(found: Followed) -> int:
    places = [month.place for month in found.months]
    if any(place in _OUTSIDE for place in places):
        return 1
    return 0 if places and all(place == "inside" for place in places) else 2


def _of_models(file: Path, found: UsageFile, names: list[str]) -> UsageFile:
    if unknown := [name for name in names if name not in found.models]:
        there = ", ".join(name or "one without a name" for name in found.models)
        message = f"{file}: has no usage of {', '.join(unknown)}. It has {there}."
        raise CommandError(message, returncode=2)
    return of_models(found, names)

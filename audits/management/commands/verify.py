"""Recomputes the verdict of a board paper from the answers attached to it.

Says which parts match the paper and which differ. The exit code is 0 only if all match;
it is 1 if something differs, and 2 if there is nothing to recompute.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audits.scoring.exchange.verification import Verification
from audits.uploads.reading.refusals import UnreadableUploadError
from audits.verify.papers import verify_paper

_CODES = {"reproduced": 0, "different": 1, "refused": 2}


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a board paper, as downloaded")

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        try:
            with file.open("rb") as content:
                verification = verify_paper(content)
        except OSError as error:
            message = f"{file}: cannot be read: {error.strerror}"
            raise CommandError(message, returncode=2) from error
        except UnreadableUploadError as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        for line in _lines(verification):
            self.stdout.write(line)
        if code := _CODES[verification.outcome]:
            sys.exit(code)


def _lines(verification: Verification) -> list[str]:
    lines = [f"{d.field}: {d.sentence}" for d in verification.refused]
    assessment = verification.assessment
    if assessment is None:
        return ["Not recomputed.", *lines]
    for check in verification.checks:
        lines.append(f"{'matches' if check.holds else 'DIFFERS'}  {check.name}")
        lines += [f"         {d.field}: {d.sentence}" for d in check.differences]
        if check.more:
            lines.append(f"         and {check.more} more")
    lines += [
        "",
        f"Verdict, recomputed: {assessment.verdict_name} ({assessment.verdict})",
        f"Framework: {assessment.framework}, version {assessment.version}",
        f"Framework hash: {assessment.content_hash}",
        f"Landscape: {assessment.on}",
        f"Answers hash: {verification.answers_hash}",
        f"Report, as stated in the file: {verification.number}, "
        f"{verification.submitted_at}",
        "",
        _SAYS[verification.outcome],
    ]
    return lines


_SAYS = {
    "reproduced": "Reproduced: these answers give this verdict. Compare it and the "
    "hashes with those printed in the paper.",
    "different": "Not reproduced: see what differs above. The file "
    "was changed, or this installation uses different market facts from the paper.",
}

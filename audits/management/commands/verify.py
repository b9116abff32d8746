"""Recomputes the verdict of a board paper, and compares its printed pages.

The verdict comes from the attached answers, the pages are compared with the file that
this installation stores. Says which parts and pages differ. The exit code is 0 only if
all is the same; it is 1 if something differs, 2 if there is nothing to recompute, and 3
if the verdict is the same but the pages could not be compared.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audits.landscape import in_force
from audits.landscape.in_force import Finder
from audits.scoring.exchange.page_one import PageOneSays
from audits.scoring.exchange.untrusted_json import visible
from audits.scoring.exchange.verification import Verification
from audits.scoring.money.states import MONEY_NAMES
from audits.services.market import landscapes
from audits.uploads.reading.refusals import UnreadableUploadError
from audits.verify.newer import newer_verdict
from audits.verify.papers import VerifiedPaper, verify_paper

_CODES = {"reproduced": 0, "refused": 2, "not_compared": 3}


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a board paper, as downloaded")

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        try:
            with file.open("rb") as content, in_force.using(_facts()):
                paper = verify_paper(content)
        except OSError as error:
            message = f"{file}: cannot be read: {error.strerror}"
            raise CommandError(message, returncode=2) from error
        except UnreadableUploadError as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        for line in _lines(paper):
            self.stdout.write(line)
        if code := _CODES.get(paper.outcome, 1):
            sys.exit(code)


def _facts() -> Finder:
    """Return the market facts in force; anybody may verify, without a site too."""
    return landscapes.finder_without_site(is_unreachable_none=True)


def _lines(paper: VerifiedPaper) -> Iterator[str]:
    verification, pages = paper.attachment, paper.pages
    if pages is None or verification.assessment is None:
        yield "Not recomputed."
        yield from (f"{d.field}: {d.sentence}" for d in verification.refused)
        return
    yield from _parts(verification)
    for page in pages.differing:
        yield f"DIFFERS  Page {page}"
    yield from ("", pages.sentence, "")
    yield from _recomputed(verification)
    if verification.says:
        yield from ("", "Page 1 must say:", *_page_one(verification.says))
    if newer := newer_verdict(paper.report):
        yield from ("", newer)
    yield from ("", _SAYS[paper.outcome])


def _parts(verification: Verification) -> Iterator[str]:
    for check in verification.checks:
        yield f"{'matches' if check.holds else 'DIFFERS'}  {check.name}"
        yield from (f"         {d.field}: {d.sentence}" for d in check.differences)
        if check.more:
            yield f"         and {check.more} more"


def _recomputed(verification: Verification) -> Iterator[str]:
    assessment = verification.assessment
    if assessment is None:
        return
    yield f"Verdict, recomputed: {assessment.verdict_name} ({assessment.verdict})"
    yield f"Framework: {assessment.framework}, version {assessment.version}"
    yield f"Framework hash: {assessment.content_hash}"
    yield f"Landscape: {assessment.on}"
    yield f"Answers hash: {verification.answers_hash}"
    stated = f"{verification.number}, {verification.submitted_at}"
    yield f"Report, as stated in the file: {stated}"


def _page_one(says: PageOneSays) -> Iterator[str]:
    by = " (as stated in the file)" if says.decision_by == "author" else ""
    yield f"  {says.asked}{by}: {visible(says.decision_printed)}"
    if says.granted:
        yield f"  As stated in the file: {visible(says.granted)}"
    if says.review_due:
        yield f"  As stated in the file: {visible(says.review_due)}"
    for row in says.amounts:
        yield (
            f"  {row.plan}, {says.unit} over 12 months: one-off {row.once} + running "
            f"{row.running} = {row.year.expected} "
            f"(low {row.year.low}, high {row.year.high})"
        )
    if says.amounts:
        state = MONEY_NAMES[says.plan_state].lower()
        yield f"  The current plan is {state} (as stated in the file)"
    if says.note:
        yield f"  {says.note}"
    for option in says.options:
        yield (
            f"  Option, {visible(option.option)}, {says.options_unit} over 12 months: "
            f"{visible(option.cost or 'not priced')}; {visible(option.why)}"
        )


_SAYS = {
    "reproduced": "Reproduced: the answers give this verdict, and every page is as "
    "Attune made it.",
    "different": "Not reproduced: see what differs above. The file "
    "was changed, or this installation uses different market facts from the paper.",
    "pages_differ": "Not reproduced: the answers give this verdict, but the file is "
    "not the one that Attune made. Do not rely on what it prints.",
    "saved_again": "Not reproduced: the answers give this verdict, but another program "
    "saved the file again.",
    "not_compared": "Verdict reproduced, pages not compared: these answers give this "
    "verdict. Compare it, the sentence, the amounts and the hashes above with those "
    "printed in the paper.",
}

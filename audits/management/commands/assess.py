"""Reads a file of facts and prints a verdict for each line.

Each line is a JSON object with `facts` in the framework's option codes, and usually
an `id`. A line that is wrong is explained on the error output, with its number and
field; the others are still answered, and the exit code is 2.
"""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audits.frameworks import answers, loader
from audits.frameworks.schema import Framework
from audits.scoring import Assessment, assess
from audits.scoring.assessment import ReasonStep, Step
from audits.scoring.circumstances import Circumstances
from audits.scoring.market import circumstances_on

# What the published cases note beside the facts themselves.
_NOTES = ("as_of", "notes")


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
            help="the day whose market counts, from 2022-01-01; today if left out",
        )

    def handle(
        self, *_: Any, file: Path, explain: bool, on: date | None, **__: Any
    ) -> None:
        framework = loader.current()
        try:
            under = circumstances_on(framework, on or timezone.localdate())
        except ValueError as error:
            raise CommandError(f"--on: {error}", returncode=2) from error
        wrong = 0
        for number, line in enumerate(_lines(file), start=1):
            if not line.strip():
                continue
            try:
                result = _answer(framework, under, line, number, explain=explain)
            except ValueError as error:
                wrong += 1
                self.stderr.write(f"line {number}: {error}")
            else:
                self.stdout.write(json.dumps(result))
        if wrong:
            sys.exit(2)


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


def _answer(
    framework: Framework,
    under: Circumstances,
    line: str,
    number: int,
    *,
    explain: bool,
) -> dict[str, Any]:
    """Return what to print for a line.

    Raises:
        ValueError: The line is wrong; says which field, and what is allowed.
    """
    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg} at column {error.colno}"
        raise ValueError(message) from error
    except RecursionError as error:
        message = "not JSON that can be read: nested too deep"
        raise ValueError(message) from error
    if not isinstance(given, dict) or not isinstance(given.get("facts"), dict):
        message = "facts: must be an object of question and option codes"
        raise ValueError(message)
    facts = {key: v for key, v in given["facts"].items() if key not in _NOTES}
    try:
        codes = answers.read(framework, facts)
    except answers.WrongAnswers as error:
        details = "; ".join(f"facts.{w.question}: {w.message}" for w in error.wrong)
        raise ValueError(details) from error
    assessment = assess(framework, codes, under)
    result = _summary(assessment)
    if explain:
        result |= _explanation(assessment)
    return {"id": given.get("id", number), **result}


def _summary(assessment: Assessment) -> dict[str, Any]:
    return {
        "verdict": assessment.verdict,
        "context_layer": assessment.context_layer,
        "trained_layer": assessment.trained_layer,
        "reasons": {
            "measured": list(assessment.reasons_measured),
            "claimed": list(assessment.reasons_claimed),
        },
        "blockers": list(assessment.blockers),
        "confidence": assessment.confidence,
        "flips": [
            {
                "changes": {change.question: change.option for change in flip.changes},
                "verdict": flip.verdict,
                "rule": flip.rule,
                "way": flip.way,
            }
            for flip in assessment.flips
        ],
        "evidence_plan": [
            {"question": finding.question, "hours": finding.hours}
            for finding in assessment.evidence_plan
        ],
    }


def _explanation(assessment: Assessment) -> dict[str, Any]:
    trace = assessment.trace
    steps: tuple[Step | ReasonStep, ...] = (
        *trace.reasons,
        *trace.blockers,
        *trace.context_rules,
        *trace.verdict_rules,
    )
    return {
        "headline": assessment.headline,
        "lead": assessment.lead,
        "trace": [
            {
                "id": step.id,
                "outcome": step.outcome,
                "text": step.text,
                "read": {reading.id: reading.answer for reading in step.read},
                "sources": [source.title for source in step.sources],
            }
            for step in steps
        ],
    }

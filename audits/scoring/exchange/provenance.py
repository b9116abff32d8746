"""The provenance of a paper's verdict, and the file that lets anybody recompute it.

The file is canonical JSON: keys sorted, one value a line. So equal assessments give
equal bytes, and messages can name a line.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from audits.frameworks.evaluation import Code
from audits.landscape.schema import Edition
from audits.scoring.assess_on import inputs_of
from audits.scoring.exchange import document, page_one
from audits.scoring.exchange.page_one import PageOneSays
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.values import values_of

FORMAT = "attune.assessment/1"
FILE_NAME = "assessment.json"


@dataclass(frozen=True, slots=True)
class RecordLine:
    """The last line of the organization's record when a paper was requested."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The provenance that a paper prints.

    `number` is the paper's. `framework_hash` is the SHA-256 of the framework's file;
    `answers_hash` that of all inputs: answers, their evidence levels, numbers, scored
    candidates and the day of the market. `landscape_date` is None if no day was given,
    and `landscape` says which facts were in force, if that was kept. `record` is the
    line of the paper's request, which no other paper has; None if none was kept.
    """

    number: str
    template: str
    submitted_at: datetime
    framework: str
    framework_version: int
    framework_hash: str
    landscape_date: date | None
    landscape: Edition | None
    answers_hash: str
    record: RecordLine | None = None


def provenance(
    assessment: Assessment,
    answers: Mapping[str, Code],
    *,
    number: str,
    template: str,
    submitted_at: datetime,
    record: RecordLine | None = None,
) -> Provenance:
    """Return the provenance of an assessment.

    Args:
        assessment: The assessment.
        answers: All its answers, including those that do not count: a tried change may
            make them count.
        number: The number of the paper.
        template: The version of the paper's template.
        submitted_at: When the answers were submitted.
        record: The line of the paper's request.
    """
    return Provenance(
        number=number,
        template=template,
        submitted_at=submitted_at.astimezone(UTC),
        framework=assessment.framework,
        framework_version=assessment.version,
        framework_hash=assessment.content_hash,
        landscape_date=assessment.on,
        landscape=assessment.landscape,
        answers_hash=answers_hash(assessment, answers),
        record=record,
    )


def answers_hash(assessment: Assessment, answers: Mapping[str, Code]) -> str:
    """Return the SHA-256 of all inputs, which pages show and papers print.

    Args:
        assessment: The assessment.
        answers: All its answers, including those that do not count.
    """
    return digest(_given(assessment, answers))


def given(inputs: Inputs, on: date | None) -> dict[str, Any]:
    """Return all inputs of an assessment as JSON values.

    Args:
        inputs: The team's inputs.
        on: The day of the market; None if no day was given.
    """
    candidates = values_of(inputs.candidates)
    return {
        "answers": {q: _plain(code) for q, code in inputs.codes.items()},
        "levels": dict(inputs.levels),
        "numbers": dict(inputs.numbers),
        "on": on.isoformat() if on else None,
        **({"candidates": candidates} if candidates else {}),
    }


def _given(assessment: Assessment, answers: Mapping[str, Code]) -> dict[str, Any]:
    return given(inputs_of(assessment, answers), assessment.on)


def content(
    facts: Provenance,
    assessment: Assessment,
    answers: Mapping[str, Code],
    says: PageOneSays,
) -> dict[str, Any]:
    """Return the whole file as values, including its own hash.

    Args:
        facts: Where the paper comes from.
        assessment: The assessment.
        answers: All its answers, including those that do not count.
        says: What page 1 of the paper says.
    """
    record = facts.record
    values: dict[str, Any] = {
        "format": FORMAT,
        "report": {
            "number": facts.number,
            "template": facts.template,
            "submitted_at": facts.submitted_at.isoformat(),
            "record": record and {"line": record.number, "digest": record.digest},
        },
        "framework": {
            "name": facts.framework,
            "version": facts.framework_version,
            "hash": facts.framework_hash,
        },
        "answers_hash": facts.answers_hash,
        "given": _given(assessment, answers),
        "assessment": document.dump(assessment),
        page_one.NAME: says.values,
    }
    return {**values, "file_hash": digest(values)}


def written(values: Mapping[str, Any]) -> bytes:
    """Return values in the file's canonical form."""
    text = json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False)
    return f"{text}\n".encode()


def digest(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of values as JSON: keys sorted, no spaces, in ASCII."""
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(code: Code) -> str | list[str]:
    return code if isinstance(code, str) else list(code)

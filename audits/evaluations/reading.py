"""Reads a results file in a separate process."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import IO, Any

from audits.evaluations.copies import without_copies
from audits.evaluations.formats.recognised import MOST_BYTES, read_evaluations
from audits.evaluations.runs import (
    MOST_CASES,
    MOST_RUNS,
    Case,
    EvaluationFile,
    RefusedEvaluationError,
    Run,
)
from audits.uploads.reading.limits import MEGABYTE, Content, Limits, Reader
from audits.uploads.reading.read_values import count_of, text_of

_TEXTS = (
    *("tool", "tool_version", "candidate", "task", "measure", "stand_in"),
    *("not_read", "bare_name"),
)
# What files that were read before do not say.
_LATER: Mapping[str, Any] = dict.fromkeys(
    ("stand_in", "not_read", "bare_name", "copies", "faults")
)
_COUNTS = (
    *("n", "passed", "input_tokens", "cached_tokens", "output_tokens"),
    *("p50_ms", "p95_ms", "errors", "copies"),
)


def evaluations_of(file: Content) -> EvaluationFile:
    """Read a results file in a separate process.

    Raises:
        RefusedEvaluationError: It is of no known format, damaged, or too complex.
        BusyError: Other files are being read.
    """
    from audits.uploads.reading import process  # noqa: PLC0415 - only to start another

    return process.read(_READER, file)


def read(file: IO[bytes]) -> dict[str, Any]:
    """Return what a file says as JSON values; the other process calls it."""
    found = read_evaluations(file.read(MOST_BYTES + 1))
    runs = without_copies(found.runs)
    values = [values_of(run) for run in runs]
    return {"format": found.format, "runs": values, "inputs": found.inputs}


def values_of(run: Run) -> dict[str, Any]:
    """Return a run as JSON values; `run_of` reads them back."""
    return {
        **asdict(run),
        "day": run.day and run.day.isoformat(),
        "cost": None if run.cost is None else str(run.cost),
        "cases": [(case.id, case.passed, case.score) for case in run.cases],
    }


def _made(values: dict[str, Any]) -> EvaluationFile:
    """Return the file that values say; the other process may have sent anything."""
    runs = tuple(map(run_of, values["runs"]))
    if not 0 < len(runs) <= MOST_RUNS:
        message = f"{len(runs)} runs"
        raise ValueError(message)
    return EvaluationFile(
        format=text_of(values["format"]) or "",
        runs=runs,
        inputs=text_of(values.get("inputs", "")) or "",
    )


def run_of(values: Mapping[str, Any]) -> Run:
    """Return the run that JSON values say.

    Raises:
        ValueError, TypeError: They say none.
    """
    values = {**_LATER, **values}
    if set(values) != {field.name for field in fields(Run)}:
        message = "other names than those of a run"
        raise ValueError(message)
    cases = tuple(_made_case(*case) for case in values["cases"])
    if len(cases) > MOST_CASES:
        message = f"{len(cases)} cases"
        raise ValueError(message)
    if values["tool"] == "CSV" and values["errors"] is None:  # as it was read before
        values["errors"] = sum(not case.is_judged for case in cases) or None
    faults = [
        (text_of(word), count_of(count)) for word, count in values["faults"] or ()
    ]
    return Run(
        **{name: text_of(values[name]) for name in _TEXTS},  # type: ignore[arg-type]
        **{name: count_of(values[name]) for name in _COUNTS},  # type: ignore[arg-type]
        day=None if values["day"] is None else date.fromisoformat(values["day"]),
        cost=None if values["cost"] is None else Decimal(text_of(values["cost"]) or ""),
        mean_score=_number(values["mean_score"]),
        cases=cases,
        faults=tuple((word, count) for word, count in faults if word and count),
    )


def _made_case(case: str, passed: object, score: object) -> Case:
    if passed is not None and not isinstance(passed, bool):
        message = "no verdict"
        raise TypeError(message)
    return Case(id=text_of(case) or "", passed=passed, score=_number(score))


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "no number"
        raise TypeError(message)
    if not isfinite(value):
        message = "no finite number"
        raise ValueError(message)
    return float(value)


_READER = Reader(
    function="audits.evaluations.reading:read",
    made=_made,
    refusal=RefusedEvaluationError,
    too_much=(
        "The file is too complex to read: export the results without prompts and "
        "answers, or split them, and select that file."
    ),
    limits=Limits(cpu=15, wall=25, result=16 * MEGABYTE),
)

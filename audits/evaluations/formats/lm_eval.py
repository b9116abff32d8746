"""Reads files of lm-evaluation-harness: `results_*.json`, alone or with its samples.

Tried with files that 0.4.9.2 and 0.4.13 wrote. The samples come with `--log_samples` as
`samples_*.jsonl`; a zip file of the folder has both.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import isclose
from typing import Any

from audits.evaluations.formats.case_ids import id_of, ids_by_content
from audits.evaluations.formats.fields import Fields
from audits.evaluations.formats.json_text import value_of, values_of_lines
from audits.evaluations.formats.zip_parts import ZipParts
from audits.evaluations.runs import (
    MOST_CASES,
    MOST_RUNS,
    Case,
    EvaluationFile,
    RefusedEvaluationError,
    Run,
    totals,
    with_verdicts,
)

FILE = "lm-evaluation-harness file"
SAMPLES_FILE = "file of samples"
RESULTS = re.compile(r"(?:^|/)results[^/]*\.json$")
_SAMPLES = re.compile(r"(?:^|/)samples_([^/]+)\.jsonl$")
_VERSIONS = re.compile(r"0\.4\.\d+(?:\.\d+)?(?:[.+-]?\w+)*")
_STAND_IN = "dummy"  # answers by chance
# Metrics that are 0 or 1 for each case, so that their mean is a pass rate.
_PASS_OR_FAIL = ("acc", "acc_norm", "exact_match", "em")


def is_lm_eval(values: dict[str, Any]) -> bool:
    """Return whether these are the values of such a file, of any version."""
    return "lm_eval_version" in values or "n-samples" in values


def read_lm_eval_zip(parts: ZipParts) -> EvaluationFile:
    """Return the runs of a zip file with one `results_*.json` and its samples.

    Raises:
        RefusedEvaluationError: There are several, or as for `read_lm_eval`.
    """
    results = [name for name in parts.names if RESULTS.search(name)]
    if len(results) != 1:
        message = (
            f"The zip file has {len(results)} files “results_….json”: keep one, with "
            f"its samples, and select the zip file again."
        )
        raise RefusedEvaluationError(message)
    values = value_of(parts.read(results[0]), FILE)
    if not isinstance(values, dict):
        message = f"The {FILE} is not an object: run the evaluation again."
        raise RefusedEvaluationError(message)
    return read_lm_eval(values, _samples(parts, values))


def _samples(parts: ZipParts, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the samples of each task, from the file that is named after it."""
    tasks = values.get("n-samples")
    found: dict[str, list[Any]] = {}
    for name in parts.names:
        match = _SAMPLES.search(name)
        if not match:
            continue
        named = match[1]
        # The name ends with the time of the run.
        fitting = [x for x in tasks or () if named == x or named.startswith(f"{x}_2")]
        task = max(fitting, key=len, default=None)
        if task is None or task in found:
            message = (
                f"The zip file has samples of another run, “{id_of(name)}”: keep those "
                f"of one run, and select it again."
            )
            raise RefusedEvaluationError(message)
        found[task] = values_of_lines(parts.read(name), SAMPLES_FILE)
    return found


def read_lm_eval(
    values: dict[str, Any], samples: Mapping[str, Sequence[Any]] | None = None
) -> EvaluationFile:
    """Return a run for each task, metric and filter.

    Args:
        values: The values of `results_*.json`.
        samples: The objects of `samples_*.jsonl`, by task.

    Raises:
        RefusedEvaluationError: It has another version, or a value is missing or wrong.
    """
    file = Fields(FILE, values)
    version = file.text("lm_eval_version")
    if not _VERSIONS.fullmatch(version):
        file.refuse(
            "lm_eval_version",
            f"is {version}, and not 0.4",
            "run the evaluation with lm-evaluation-harness 0.4.9.2 or a later 0.4, and "
            "select its file",
        )
    results = file.object("results")
    found = []
    for task, counts in _tasks(file):
        rows = _rows(samples or {}, task)
        measured = results.object(task)
        for name in measured:
            metric, comma, kept = name.partition(",")
            is_mean = comma and not metric.endswith("_stderr")
            if is_mean and _is_number(measured.raw(name)):
                mean = measured.number(name)
                own = [row for row in rows if row.raw("filter") in (None, kept)]
                run = _run(file, task, (name, mean), counts.count("effective"))
                found.append(_with_cases(run, own, metric) if own else run)
    if not 0 < len(found) <= MOST_RUNS:
        file.refuse("results", f"has {len(found)} metrics, not 1 to {MOST_RUNS}")
    return EvaluationFile(format="lm-evaluation-harness", runs=tuple(found))


def _tasks(file: Fields) -> Iterator[tuple[str, Fields]]:
    """Yield tasks and their counts; groups of tasks have none, and are left out."""
    counts = file.object("n-samples")
    results = file.object("results")
    for task in counts:
        if task not in results:
            results.refuse(task, "is missing")
        yield task, counts.object(task)


def _rows(samples: Mapping[str, Sequence[Any]], task: str) -> list[Fields]:
    rows = samples.get(task, ())
    if len(rows) > MOST_CASES:
        message = f"The {SAMPLES_FILE} has more than {MOST_CASES:,} lines: split it."
        raise RefusedEvaluationError(message)
    return [
        Fields(SAMPLES_FILE, row, f"line {number}")
        for number, row in enumerate(rows, start=1)
    ]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _run(file: Fields, task: str, measured: tuple[str, float], n: int) -> Run:
    name, mean = measured
    passed = None
    if name.partition(",")[0] in _PASS_OR_FAIL:
        whole = round(mean * n)
        passed = whole if isclose(mean * n, whole, abs_tol=1e-6) else None
    if passed is not None and not 0 <= passed <= n:
        file.refuse("results", f"says that {passed} of {n} passed “{id_of(name)}”")
    return Run(
        tool="lm-evaluation-harness",
        tool_version=file.text("lm_eval_version"),
        candidate=file.maybe_text("model_name") or file.maybe_text("model_source"),
        task=id_of(task),
        measure=id_of(name.removesuffix(",none")),
        day=file.maybe_day("date"),
        n=n,
        passed=passed,
        mean_score=mean,
        stand_in=_STAND_IN if _STAND_IN in _models(file) else None,
    )


def _models(file: Fields) -> tuple[str | None, str | None]:
    """Return what the file says of the kind of model, in two places."""
    config = file.maybe_object("config")
    return file.maybe_text("model_source"), config.maybe_text("model")


def _with_cases(run: Run, rows: Sequence[Fields], metric: str) -> Run:
    """Return a run with its cases, each known by the hash of its question."""
    hashes = [row.maybe_text("doc_hash") or str(row.count("doc_id")) for row in rows]
    ids = ids_by_content(hashes)
    if not all(_is_number(row.raw(metric)) for row in rows):
        return run  # a metric of the whole set, such as BLEU, has no score for a case
    cases = with_verdicts(
        [
            Case(id=case, score=row.number(metric))
            for case, row in zip(ids, rows, strict=True)
        ]
    )
    added = totals(cases)
    if added.n != run.n or not _is_close(added.mean_score, run.mean_score):
        message = (
            f"The {SAMPLES_FILE} of “{run.task}” gives {added.n:,} cases and a mean of "
            f"{added.mean_score:.4f}, and the results say {run.n:,} and "
            f"{run.mean_score:.4f}: select the two files of one run."
        )
        raise RefusedEvaluationError(message)
    return replace(run, cases=cases, passed=added.passed, mean_score=added.mean_score)


def _is_close(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and isclose(one, other, abs_tol=1e-6)

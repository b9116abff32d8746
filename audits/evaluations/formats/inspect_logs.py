"""Reads logs of Inspect: `.json`, and `.eval`, which is a zip file.

Tried with logs of version 2, which Inspect 0.3.160 and 0.3.285 wrote. Newer releases
compress `.eval` with Zstandard, which Python reads from 3.14 on; before, such a file is
refused with the command that makes a `.json` of it.
"""

from collections.abc import Sequence
from itertools import groupby
from math import isnan
from typing import Any

from audits.evaluations.formats.case_ids import id_of
from audits.evaluations.formats.fields import Fields
from audits.evaluations.formats.json_text import value_of
from audits.evaluations.formats.zip_parts import ZipParts
from audits.evaluations.runs import (
    MOST_CASES,
    MOST_RUNS,
    Case,
    EvaluationFile,
    RefusedEvaluationError,
    Run,
    one_case,
    slowest,
    totals,
    with_verdicts,
)

FILE = "Inspect log"
HEADER, SUMMARIES = "header.json", "summaries.json"
JOURNAL = "_journal/"
LOG_VERSION = 2
_STAND_IN = "mockllm"  # answers what the task says
_OTHERWISE = "run it with Inspect 0.3.160 or a later 0.3, and select the new log"
_TO_ITS_END = "run the evaluation to its end, and select the new log"
_CONVERT = (
    "run “inspect log convert FILE.eval --to json --output-dir converted”, and select "
    "the file in the new folder “converted”"
)
# What Inspect counts a grade as. A partly right answer has not passed.
_GRADES = {"C": (True, 1.0), "P": (False, 0.5), "I": (False, 0.0), "N": (False, 0.0)}


def is_inspect(values: dict[str, Any]) -> bool:
    """Return whether these are the values of such a log, of any version."""
    return isinstance(values.get("eval"), dict) and "status" in values


def read_eval(parts: ZipParts) -> EvaluationFile:
    """Return the runs of an `.eval` file: its header and the summaries of its samples.

    Raises:
        RefusedEvaluationError: It is unfinished, or as for `read_inspect`.
    """
    for name in (HEADER, SUMMARIES):
        if name not in parts.names:
            message = (
                f"The {FILE} has no “{name}”, because the evaluation did not finish: "
                f"{_TO_ITS_END}."
            )
            raise RefusedEvaluationError(message)
    try:
        header = value_of(parts.read(HEADER), FILE)
        samples = value_of(parts.read(SUMMARIES), FILE)
    except RefusedEvaluationError as error:
        if not parts.is_zstandard(HEADER):
            raise
        message = f"The {FILE} is compressed with Zstandard: {_CONVERT}."
        raise RefusedEvaluationError(message) from error
    if not isinstance(header, dict):
        message = f"“{HEADER}” in the {FILE} is not an object: {_CONVERT}."
        raise RefusedEvaluationError(message)
    return read_inspect({**header, "samples": samples})


def read_inspect(values: dict[str, Any]) -> EvaluationFile:
    """Return a run for each scorer of a log.

    A sample that was run in several epochs is one case: see `one_case`.

    Raises:
        RefusedEvaluationError: It has another version, did not succeed, or a value is
            missing or wrong.
    """
    log = Fields(FILE, values)
    log.require("version", LOG_VERSION, _OTHERWISE)
    log.require("status", "success", _TO_ITS_END)
    scores = log.object("results").objects("scores", least=1, most=MOST_RUNS)
    samples = []
    if "samples" in log:
        samples = log.objects("samples", least=0, most=MOST_CASES)
    measures = {
        (score.text("name"), score.maybe_text("scorer")): score
        for score in reversed(scores)
    }
    return EvaluationFile(
        format="Inspect",
        runs=tuple(_run(log, samples, score) for score in reversed(measures.values())),
    )


def _run(log: Fields, samples: Sequence[Fields], measure: Fields) -> Run:
    told = log.object("eval")
    candidate = told.text("model")
    usage = _usage(log, candidate)
    if samples:
        cases = _cases(samples, measure)
        added = totals(cases)
        n, passed, mean = added.n, added.passed, added.mean_score
    else:
        cases = ()
        n, passed, mean = _told_totals(log, measure)
    times = [
        seconds * 1000
        for sample in samples
        if "error" not in sample and (seconds := _seconds(sample)) is not None
    ]
    return Run(
        tool="Inspect",
        tool_version=told.maybe_object("packages").maybe_text("inspect_ai"),
        candidate=candidate,
        task=told.maybe_text("task"),
        measure=measure.text("name"),
        day=told.maybe_day("created"),
        cases=cases,
        n=n,
        passed=passed,
        mean_score=mean,
        input_tokens=usage.maybe_count("input_tokens"),
        cached_tokens=usage.maybe_count("input_tokens_cache_read"),
        output_tokens=usage.maybe_count("output_tokens"),
        cost=usage.maybe_cost("total_cost"),
        p50_ms=slowest(times, 0.5),
        p95_ms=slowest(times, 0.95),
        errors=_errors(log, samples),
        stand_in=_STAND_IN if candidate.partition("/")[0] == _STAND_IN else None,
    )


def _cases(samples: Sequence[Fields], measure: Fields) -> tuple[Case, ...]:
    """Return a case for each sample id, with what one scorer said of it."""
    measured = with_verdicts([_measured(sample, measure) for sample in _by_id(samples)])
    epochs = groupby(measured, key=lambda one: one.id)
    return tuple(one_case(list(own)) for _, own in epochs)


def _by_id(samples: Sequence[Fields]) -> list[Fields]:
    """Return the samples, those of one id together.

    Raises:
        RefusedEvaluationError: An epoch of a sample is there twice.
    """
    epochs: dict[str, dict[int, Fields]] = {}
    for sample in samples:
        if isinstance(sample.raw("id"), bool) or not isinstance(
            sample.raw("id"), str | int
        ):
            sample.refuse("id", "is neither a text nor a number")
        own = epochs.setdefault(id_of(sample.raw("id")), {})
        if sample.count("epoch") in own:
            sample.refuse(
                "id",
                f"is “{id_of(sample.raw('id'))}” twice in one epoch",
                "give each sample an id of its own, and run the evaluation again",
            )
        own[sample.count("epoch")] = sample
    return [sample for own in epochs.values() for sample in own.values()]


def _measured(sample: Fields, measure: Fields) -> Case:
    case, name = id_of(sample.raw("id")), measure.text("name")
    scores = sample.maybe_object("scores")
    scorer = name if name in scores else measure.maybe_text("scorer") or name
    if scorer not in scores:
        return Case(id=case)
    score = scores.object(scorer)
    value = score.raw("value")
    if isinstance(value, dict):
        score = score.object("value")
        value = score.raw(name)
        field = name
    else:
        field = "value"
    passed: bool | None = None
    number: float | None = None
    if isinstance(value, bool):
        passed, number = value, float(value)
    elif isinstance(value, str):
        passed, number = _GRADES.get(value, (None, None))
    elif not (isinstance(value, float) and isnan(value)):  # as Inspect writes unscored
        number = score.maybe_number(field)
    return Case(id=case, passed=passed, score=number)


def _told_totals(log: Fields, measure: Fields) -> tuple[int, int | None, float | None]:
    """Return cases, passed and mean score of a log that was written without samples."""
    metrics = measure.object("metrics")
    n = measure.maybe_count("scored_samples")
    if n is None:
        n = log.object("results").count("completed_samples")
    name = next((name for name in ("accuracy", "mean") if name in metrics), None)
    mean = metrics.object(name).number("value") if name else None
    return n, None, mean


def _usage(log: Fields, model: str) -> Fields:
    """Return the tokens of the model that was evaluated, and of no grader."""
    usage = log.maybe_object("stats").maybe_object("model_usage")
    return usage.maybe_object(model)


def _seconds(sample: Fields) -> float | None:
    """Return how long a sample took, without waiting for its turn if that is known."""
    seconds = sample.maybe_amount("working_time")
    return sample.maybe_amount("total_time") if seconds is None else seconds


def _errors(log: Fields, samples: Sequence[Fields]) -> int | None:
    if samples:
        ended = {True: set[str](), False: set[str]()}
        for sample in samples:
            is_error = "error" in sample and not list(sample.maybe_object("scores"))
            ended[is_error].add(id_of(sample.raw("id")))
        return len(ended[True] - ended[False])
    results = log.object("results")
    total = results.maybe_count("total_samples")
    completed = results.maybe_count("completed_samples")
    return None if total is None or completed is None else max(0, total - completed)

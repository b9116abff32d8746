"""Reads `test_run_*.json` of DeepEval.

Tried with files that DeepEval 3.6.0 and 4.3.1 wrote. The file does not name its
version, so its shape decides. `evaluationCost`, the cost of judging, is left out.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from audits.evaluations.formats.case_ids import ids_by_content
from audits.evaluations.formats.fields import Fields
from audits.evaluations.runs import (
    MOST_CASES,
    Case,
    EvaluationFile,
    Run,
    slowest,
    totals,
)

FILE = "DeepEval file"
_MOST_METRICS = 100


def is_deepeval(values: dict[str, Any]) -> bool:
    """Return whether these are the values of such a file."""
    return "testCases" in values


def read_deepeval(values: dict[str, Any]) -> EvaluationFile:
    """Return the run of a file: a case passed if all its metrics did.

    Its score is that of its metric; if it has several, it has no score, because they
    are about different things.

    Raises:
        RefusedEvaluationError: A value is missing or wrong.
    """
    file = Fields(FILE, values)
    if not file.raw("testCases") and file.raw("conversationalTestCases"):
        file.refuse(
            "testCases",
            "is empty, and Attune does not read conversations",
            "select the file of a run with single turns",
        )
    rows = file.objects("testCases", least=1, most=MOST_CASES)
    cases = tuple(map(_case, rows, ids_by_content(map(_content, rows))))
    added = totals(cases)
    _require_same(file, "testPassed", sum(row.raw("success") is True for row in rows))
    _require_same(file, "testFailed", sum(row.raw("success") is False for row in rows))
    times = [row.maybe_amount("completionTime") for row in rows]
    milliseconds = [seconds * 1000 for seconds in times if seconds is not None]
    costs = [row.maybe_cost("tokenCost") for row in rows]
    known = [cost for cost in costs if cost is not None]
    run = Run(
        tool="DeepEval",
        candidate=file.maybe_object("hyperparameters").maybe_text("model"),
        measure=", ".join(_metrics(rows)) or None,
        cases=cases,
        n=added.n,
        passed=added.passed,
        mean_score=added.mean_score,
        cost=sum(known, Decimal()) if len(known) == len(rows) else None,
        p50_ms=slowest(milliseconds, 0.5),
        p95_ms=slowest(milliseconds, 0.95),
        errors=len(cases) - added.n,
    )
    return EvaluationFile(format="DeepEval", runs=(run,))


def _content(row: Fields) -> list[Any]:
    return [row.raw("input"), row.raw("expectedOutput"), row.raw("context")]


def _case(row: Fields, case: str) -> Case:
    metrics = _metrics_of(row)
    if any("error" in metric for metric in metrics):
        return Case(id=case)
    score = metrics[0].maybe_number("score") if len(metrics) == 1 else None
    return Case(id=case, passed=row.truth("success"), score=score)


def _require_same(file: Fields, name: str, counted: int) -> None:
    told = file.maybe_count(name)
    if told is not None and told != counted:
        file.refuse(name, f"is {told:,}, but the test cases in it say {counted:,}")


def _metrics_of(row: Fields) -> list[Fields]:
    if "metricsData" not in row:
        return []
    return row.objects("metricsData", least=0, most=_MOST_METRICS)


def _metrics(rows: Sequence[Fields]) -> list[str]:
    """Return the names of the metrics, at most five, as they come first."""
    names: dict[str, None] = {}
    for row in rows:
        metrics = _metrics_of(row)
        names.update(dict.fromkeys(metric.text("name") for metric in metrics))
    return list(names)[:5]

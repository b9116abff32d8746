"""What a run of a results file says of a candidate."""

from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from typing import Any

from audits.evaluations.days import day_that_counts
from audits.evaluations.joining import joined
from audits.evaluations.runs import Run
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.values import TEXTS

_DIGITS_KEPT = Decimal("0.000000001")


def why_no_candidate(run: Run) -> str:
    """Return why a run cannot be a candidate; empty if it can.

    >>> why_no_candidate(Run(tool="promptfoo", n=30, passed=30, stand_in="echo"))[:26]
    'No model was asked, as “ec'
    """
    if run.stand_in:
        return (
            f"No model was asked, as “{run.stand_in}” of {run.tool} answered in its "
            "place, so it cannot be a candidate: name a model, and run the test again."
        )
    if not run.n:
        return "No case has a result, so it cannot be a candidate."
    if run.passed is None and (run.mean_score is None or not 0 <= run.mean_score <= 1):
        return "Its scores are not between 0 and 1, so it cannot be a candidate."
    return ""


def result_of(run: Run) -> dict[str, Any]:
    """Return what a run says of a candidate, as fields of one.

    A case with an error or without a score is one that failed.

    >>> result_of(Run(tool="CSV", candidate="A", n=30, passed=27, errors=2))["cases"]
    32
    """
    cases = run.n + (run.errors or 0)
    mean = None
    if run.passed is None and run.mean_score is not None and cases:
        mean = _decimal(run.mean_score * run.n / cases)
    about = (run.tool, run.tool_version, run.task, run.measure)
    return {
        "cases": cases,
        "passed": run.passed,
        "mean": mean,
        "errors": run.errors or 0,
        "left_out": run.left_out,
        "copies": run.copies or 0,
        "model": model_named(run),
        "settings": " · ".join(filter(None, about))[: TEXTS["settings"]],
        "cost": _decimal(run.cost / cases) if run.cost is not None and cases else None,
        "p50_ms": run.p50_ms,
        "p95_ms": run.p95_ms,
        "day": day_that_counts(run.day),
    }


def model_named(run: Run) -> str:
    """Return what a candidate from this run is called."""
    return (run.candidate or "")[: TEXTS["model"]]


def run_behind(row: ScoredCandidate, runs: Mapping[tuple[str, int], Run]) -> Run | None:
    """Return the run of a candidate, with the cases of earlier files that it keeps.

    Args:
        row: The candidate.
        runs: The runs of files, by the SHA-256 of the file and their number.
    """
    own = runs.get((row.sha256, -1 if row.run is None else row.run))
    earlier = [runs[key] for x in row.kept if (key := (x.sha256, x.run)) in runs]
    if own is None or not earlier:
        return own
    return reduce(lambda old, new: joined(old, new).run, (*earlier, own))


def _decimal(number: float | Decimal) -> Decimal:
    """Return a number with as many digits as a candidate may have."""
    return Decimal(number).quantize(_DIGITS_KEPT)

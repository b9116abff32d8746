"""Gives use cases of the sample test results, each proved by a results file."""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from audits.models import Audit, ResultsFile, User
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.services.answers.answers import fresh_audit
from audits.services.answers.candidates import (
    candidates_seen,
    save_candidates,
    with_candidates,
    with_target,
)
from audits.services.read_files.results_files import (
    add_results,
    candidate_from,
    runs_of,
)

_HEADINGS = ("case", "candidate", "passed")
_TIME = "latency_ms"
# Of 100 calls, so many are as quick as half of the slowest ones are.
_QUICK = 90


def add_sample_results(
    *, audit: Audit, by: User, given: Mapping[str, Any], before: int
) -> Audit:
    """Set the pass mark of a use case, and let an invented results file count.

    The file goes the way of every uploaded one: it is read, kept and named on pages.

    Args:
        audit: The draft of the use case.
        by: Who uploads it.
        given: The `target` of 100 cases, and `limit_ms` if there is a limit; then, once
            a test was run, its `file`, `cases`, `run_by`, the days from the test to
            the submission as `ran`, and `results`: the `kind` and `model` of each
            candidate, how many cases `passed`, and the slowest of its times as `ms`.
        before: How many days ago the use case is submitted.
    """
    target = Decimal(given["target"]) / 100
    mark = Candidates(target=target, limit_ms=given.get("limit_ms"))
    change = with_target(mark)
    if "results" in given:
        content = ContentFile(file_of(given).encode(), name=given["file"])
        kept = add_results(audit=audit, by=by, upload=content)
        day = timezone.localdate() - timedelta(days=before + given["ran"])
        rows = _rows(kept, given, day)
        change = {**change, **with_candidates(audit, rows)}
    audit = fresh_audit(audit)
    saved = save_candidates(
        audit=audit,
        by=by,
        change=change,
        seen=candidates_seen(audit),
        is_first_file=True,
    )
    return saved.audit


def file_of(given: Mapping[str, Any]) -> str:
    """Return the results file of a test, as CSV."""
    is_timed = any("ms" in each for each in given["results"])
    text = StringIO()
    written = csv.writer(text, lineterminator="\n")
    written.writerow([*_HEADINGS, *([_TIME] if is_timed else [])])
    for each in given["results"]:
        written.writerows(_cases(each, given["cases"]))
    return text.getvalue()


def _cases(result: Mapping[str, Any], cases: int) -> Iterator[list[str | int]]:
    """Yield each case of a candidate; which of them failed has no order."""
    ids = [f"case {number:03}" for number in range(1, cases + 1)]
    by_chance = sorted(ids, key=lambda each: _drawn(each, result["model"]))
    failed = {*by_chance[: cases - result["passed"]]}
    for number, each in enumerate(ids):
        row = [each, result["model"], "no" if each in failed else "yes"]
        if slowest := result.get("ms"):
            row.append(slowest // 2 if number % 100 < _QUICK else slowest)
        yield row


def _drawn(case: str, model: str) -> str:
    """Return a place by chance, which is the same each time."""
    return hashlib.sha256(f"{case} {model}".encode()).hexdigest()


def _rows(
    kept: ResultsFile, given: Mapping[str, Any], day: date
) -> list[ScoredCandidate]:
    """Return the candidates of a file: what each is, who ran it, and when."""
    return [
        ScoredCandidate(
            id="",
            kind=each["kind"],
            **candidate_from(run, number, kept)
            | {"day": day, "run_by": given["run_by"]},
        )
        for number, (run, each) in enumerate(
            zip(runs_of(kept), given["results"], strict=True)
        )
    ]

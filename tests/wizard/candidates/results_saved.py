"""Test results that are there when a test begins, without the pages that save them.

A file is read in this process, and its runs are saved as its page saves them.
"""

from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from audits.evaluations.reading import read, run_of
from audits.evaluations.runs import EvaluationFile
from audits.models import Audit, ResultsCheck, ResultsFile
from audits.scoring.scored.candidates import ScoredCandidate
from audits.services.answers.answers import fresh_audit
from audits.services.answers.candidates import (
    Change,
    candidates_seen,
    removed,
    save_candidates,
    with_candidates,
    with_target,
)
from audits.services.read_files.results_files import add_checked, read_of
from audits.wizard.candidates.file_runs import FileRuns
from audits.wizard.candidates.forms import CandidateForm, RunsForm, TargetForm


def opened(audit: Audit, file: SimpleUploadedFile) -> ResultsFile:
    """Keep what a file says; nothing of it is a candidate yet."""
    content = file.read()
    check = ResultsCheck(
        name=file.name or "", digest=sha256(content).hexdigest(), **_said(content)
    )
    return add_checked(audit=audit, by=audit.use_case.owner, check=check)


def save_results(
    audit: Audit, file: SimpleUploadedFile, kind: str = "", **chosen: str
) -> Audit:
    """Save what a file says, with what its page shows or with what is chosen there."""
    audit = fresh_audit(audit)
    told = FileRuns(audit=audit, kept=opened(audit, file))
    form = told.form(_query({"kind": kind}))
    if chosen:
        form = told.form(_query(_shown(form) | chosen))
        assert form.is_valid(), form.errors
    assert not form.unset(), "the page would ask what a run is"
    rows = [*told.rows(form), *told.rows_left_out(form)]
    return _save(audit, with_candidates(audit, rows))


def save_typed(audit: Audit, item: str = "", **fields: str) -> Audit:
    """Save a candidate as somebody types it: a new one, or in place of an item."""
    audit = fresh_audit(audit)
    rows = {row.id: row for row in audit.given_candidates.rows}
    form = CandidateForm(rows[item] if item else None, fields)
    assert form.is_valid(), form.errors
    row: ScoredCandidate = form.candidate()
    return _save(audit, with_candidates(audit, [row]))


def wanted(audit: Audit, share: str, limit_ms: str = "") -> Audit:
    """Save what candidates must reach."""
    audit = fresh_audit(audit)
    sent = {"share": share, "limit_ms": limit_ms}
    form = TargetForm(audit.given_candidates, sent)
    assert form.is_valid(), form.errors
    return _save(audit, with_target(form.wanted()))


def remove_result(audit: Audit, item: str = "c1") -> Audit:
    """Remove a candidate."""
    audit = fresh_audit(audit)
    rows = {row.id: row for row in audit.given_candidates.rows}
    return _save(audit, removed(rows[item]))


def _save(audit: Audit, change: Change) -> Audit:
    seen, by = candidates_seen(audit), audit.use_case.owner
    return save_candidates(audit=audit, by=by, change=change, seen=seen).audit


def _shown(form: RunsForm) -> dict[str, str]:
    """Return what the page of a file sends if nobody chooses anything on it."""
    shown = {f"kind-{number}": kind for number, kind in enumerate(form.choices())}
    return shown | ({"again": "on"} if form.replaces else {})


def _query(sent: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(sent)
    return query


@lru_cache(maxsize=200)
def _said(content: bytes) -> dict[str, Any]:
    values = read(BytesIO(content))
    runs = tuple(map(run_of, values["runs"]))
    return read_of(EvaluationFile(**{**values, "runs": runs}))

"""A results file: told, and saved as candidates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only
from audits.access.results_files import results_for_editing
from audits.evaluations.runs import Run
from audits.evaluations.words import run_lines
from audits.models import Audit, ResultsFile
from audits.pages import render_page
from audits.scoring.scored.candidates import ScoredCandidate, ScoredKind
from audits.scoring.scored.from_runs import why_no_candidate
from audits.scoring.scored.words import against_target
from audits.services.answers.candidates import (
    Change,
    TooManyCandidates,
    candidates_seen,
    preview,
    with_candidates,
    with_change,
)
from audits.services.answers.results_files import candidate_from, runs_of
from audits.services.verdicts.assessments import framework_of, panel_assessment_of
from audits.wizard.answering import to_result, wizard_context
from audits.wizard.candidates.effects import effects_of
from audits.wizard.candidates.forms import RunsForm
from audits.wizard.candidates.guesses import guessed_kind
from audits.wizard.candidates.table import (
    WHY_NOT,
    ShownComparison,
    comparisons_of,
)
from audits.wizard.candidates.views import (
    candidates_audit,
    save_change,
)

_ALREADY_HERE = "This file is already here: nothing was added."
_NOTHING_CHOSEN = "Say what at least one run is, then save."
_READ_AGAIN = (
    "You changed what a run is, so nothing was saved yet. Read what would change now, "
    "then save."
)


@members_only
@require_http_methods(["GET", "POST"])
def results(request: MemberRequest, audit_id: UUID, file_id: UUID) -> HttpResponse:
    """Show what a results file says and would change, or save it as candidates."""
    audit = candidates_audit(request, audit_id)
    kept = results_for_editing(request.membership, audit, file_id)
    if not audit.is_draft:
        return to_result(request, audit)
    runs = runs_of(kept)
    sent = request.POST if request.method == "POST" else request.GET
    initial = [_kind(audit, kept, *run, sent) for run in enumerate(runs)]
    form = RunsForm(runs, initial, sent if "kind-0" in sent else None)
    page = _Page(request, audit, kept, form)
    if form.is_bound and not form.is_valid():
        return page.render({}, HTTPStatus.UNPROCESSABLE_ENTITY)
    rows = _rows(audit, kept, runs, form.kinds())
    try:
        change = with_candidates(audit, rows)
    except TooManyCandidates as error:
        messages.warning(request, str(error))
        return page.render({}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "GET" or request.htmx or "show" in request.POST:
        return page.render(change)
    if rows and request.POST.get("shown") == page.shown:
        done = save_change(request, audit, change)
        return done or page.render(change, HTTPStatus.CONFLICT)
    if _is_all_there(audit, kept, runs, form.kinds()):
        messages.info(request, _ALREADY_HERE)
        return redirect("candidates", audit.pk)
    messages.warning(request, _READ_AGAIN if rows else _NOTHING_CHOSEN)
    return page.render(change)


def _kind(
    audit: Audit, kept: ResultsFile, number: int, run: Run, sent: QueryDict
) -> str:
    """Return what a run is so far: as it was saved, said or guessed."""
    there = _saved_as(audit, kept, number)
    if there:
        return there.kind
    said = sent.get("kind", "")
    return said or guessed_kind(run.candidate) or ""


def _saved_as(audit: Audit, kept: ResultsFile, number: int) -> ScoredCandidate | None:
    rows = audit.inputs.candidates.rows
    found = (row for row in rows if (row.sha256, row.run) == (kept.digest, number))
    return next(found, None)


def _rows(
    audit: Audit,
    kept: ResultsFile,
    runs: Sequence[Run],
    kinds: Sequence[ScoredKind | None],
) -> list[ScoredCandidate]:
    """Return the candidates that the runs are said to be, if that is new.

    One that is there keeps everything that was typed; one that was removed is put back.
    """
    found = []
    for number, (run, kind) in enumerate(zip(runs, kinds, strict=True)):
        if kind is None or why_no_candidate(run):
            continue
        there = _saved_as(audit, kept, number)
        row = there or ScoredCandidate(
            id="", kind=kind, **candidate_from(run, number, kept)
        )
        row = replace(row, kind=kind, is_removed=False)
        if row != there:
            found.append(row)
    return found


def _is_all_there(
    audit: Audit,
    kept: ResultsFile,
    runs: Sequence[Run],
    kinds: Sequence[ScoredKind | None],
) -> bool:
    """Whether every run that is chosen is a candidate already, as it is chosen."""
    chosen = [
        number
        for number, (run, kind) in enumerate(zip(runs, kinds, strict=True))
        if kind and not why_no_candidate(run)
    ]
    return bool(chosen) and not _rows(audit, kept, runs, kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRun:
    """A run as the page shows it.

    `why_none` says why it cannot be a candidate, `why_not` why it would not count, and
    `there` is the candidate that it already is.
    """

    run: Run
    lines: Sequence[tuple[str, str]]
    field: BoundField
    why_none: str
    against: str
    why_not: str
    there: ScoredCandidate | None


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of a results file."""

    request: MemberRequest
    audit: Audit
    kept: ResultsFile
    form: RunsForm

    @property
    def shown(self) -> str:
        """What the page shows the runs to be, for its form to say."""
        if self.form.errors:
            return ""
        return ",".join(kind or "" for kind in self.form.kinds())

    @property
    def _is_all_there(self) -> bool:
        if self.form.errors:
            return False
        runs, kinds = runs_of(self.kept), self.form.kinds()
        return _is_all_there(self.audit, self.kept, runs, kinds)

    def _runs(self) -> Iterator[ShownRun]:
        """Yield the runs, with what each can show as a candidate."""
        target = self.audit.inputs.candidates.target
        for number, (run, field) in enumerate(
            zip(runs_of(self.kept), self.form, strict=True)
        ):
            why_none, against, why_not, there = why_no_candidate(run), "", "", None
            if not why_none:
                fields = candidate_from(run, number, self.kept)
                row = ScoredCandidate(id="", kind="prompt", **fields)
                against = against_target(row, target)
                why_not = WHY_NOT[row.why_not]
                there = _saved_as(self.audit, self.kept, number)
            yield ShownRun(
                run=run,
                lines=[*run_lines(run)],
                field=field,
                why_none=why_none,
                against=against,
                why_not=why_not,
                there=there,
            )

    def _comparisons(self, change: Change) -> list[ShownComparison]:
        """Return what candidates would show of each other once they are saved."""
        return comparisons_of(self.audit, with_change(self.audit, change))

    def render(self, change: Change, status: int = HTTPStatus.OK) -> HttpResponse:
        """Render what the file says, and what a change would change."""
        audit, found = self.audit, panel_assessment_of(self.audit)
        context: dict[str, Any] = {
            **wizard_context(audit, self.request.user, found),
            "step": "candidates",
            "kept": self.kept,
            "form": self.form,
            "runs": [*self._runs()],
            "effects": effects_of(framework_of(audit), preview(audit, change)),
            "is_all_there": self._is_all_there,
            "comparisons": self._comparisons(change),
            "shown": self.shown,
            "seen": candidates_seen(audit),
        }
        template = "wizard/candidates/results.html"
        return render_page(
            self.request, template, context, partial="effects", status=status
        )

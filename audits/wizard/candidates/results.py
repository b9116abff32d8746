"""A results file: told, and saved as candidates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only
from audits.access.results_files import results_for_editing
from audits.evaluations.runs import Run
from audits.evaluations.words import run_lines
from audits.pages import render_page
from audits.scoring.results_behind.counted_twice import counted_twice_words
from audits.scoring.results_behind.failed_cases import as_answers
from audits.scoring.scored.against import against_target
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.from_runs import why_no_candidate
from audits.scoring.scored.not_counted import WHY_NOT
from audits.scoring.told.elsewhere_results import elsewhere_said
from audits.scoring.told.same_outcomes import same_outcomes
from audits.services.answers.candidates import (
    Change,
    Preview,
    TooManyCandidates,
    candidates_seen,
    preview,
    with_candidates,
    with_change,
)
from audits.services.read_files.compared_results import (
    ShownComparison,
    comparisons_of,
)
from audits.services.read_files.results_dropped import told_of_file
from audits.services.read_files.results_elsewhere import results_elsewhere
from audits.services.read_files.results_files import (
    Earlier,
    candidate_from,
    names_told,
)
from audits.services.verdicts.assessments import framework_of, panel_assessment_of
from audits.wizard.answering import to_result, wizard_context
from audits.wizard.candidates.effects import Held, effects_of, held_back
from audits.wizard.candidates.file_runs import FileRuns
from audits.wizard.candidates.forms import RunsForm
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
    told = FileRuns(audit=audit, kept=kept)
    form = told.form(request.POST if request.method == "POST" else request.GET)
    page = _Page(request, told, form)
    if form.is_bound and not form.is_valid():
        return page.render({}, HTTPStatus.UNPROCESSABLE_ENTITY)
    rows = told.rows(form)
    try:
        left = told.rows_left_out(form)
        change = with_candidates(audit, [*rows, *left])
    except TooManyCandidates as error:
        messages.warning(request, str(error))
        return page.render({}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "GET" or request.htmx or "show" in request.POST:
        return page.render(change)
    if form.unset():
        form.ask_for_unset()
        return page.render(change, HTTPStatus.UNPROCESSABLE_ENTITY)
    if change and request.POST.get("shown") == page.shown:
        done = save_change(request, audit, change)
        return done or page.render(change, HTTPStatus.CONFLICT)
    if told.is_all_there(form):
        messages.info(request, _ALREADY_HERE)
        return redirect("candidates", audit.pk)
    messages.warning(request, _READ_AGAIN if change else _NOTHING_CHOSEN)
    return page.render(change)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRun:
    """A run as the page shows it.

    `why_none` says why it cannot be a candidate, `why_not` why it would not count,
    `there` is the candidate that it already is, and `earlier` the one it scores again;
    `why_older` says why it is older than that.
    `like_another` is what it looks like that another run is.
    """

    run: Run
    lines: Sequence[tuple[str, str]]
    field: BoundField
    why_none: str
    against: str
    why_not: str
    there: ScoredCandidate | None
    earlier: Earlier | None
    why_older: str
    like_another: str


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of a results file."""

    request: MemberRequest
    told: FileRuns
    form: RunsForm

    @property
    def shown(self) -> str:
        """What the page shows the runs to be, for its form to say."""
        kinds = ",".join(self.form.choices())
        return f"{kinds} again" if self.form.replaces else kinds

    def _runs(self) -> Iterator[ShownRun]:
        """Yield the runs, with what each can show as a candidate."""
        audit, kept = self.told.audit, self.told.kept
        target, framework = audit.given_candidates.target, framework_of(audit)
        mark = None if target is None else float(target)
        for number, run in enumerate(self.told.runs):
            why_none, against, why_not, there = why_no_candidate(run), "", "", None
            faults = as_answers(framework, run.faults)
            if not why_none:
                fields = candidate_from(run, number, kept)
                row = ScoredCandidate(id="", kind="prompt", **fields)
                against = against_target(row, target)
                why_not = WHY_NOT[row.why_not]
                there = self.told.saved_as(number)
            yield ShownRun(
                run=run,
                lines=[*run_lines(replace(run, faults=faults), mark)],
                field=self.form[f"kind-{number}"],
                why_none=why_none,
                against=against,
                why_not=why_not,
                there=there,
                earlier=self.told.earlier.get(number),
                why_older=self.told.why_older(number),
                like_another=self.told.like_another(number, self.form),
            )

    def _comparisons(self, change: Change) -> list[ShownComparison]:
        """Return what candidates would show of each other once they are saved."""
        audit = self.told.audit
        return comparisons_of(audit, with_change(audit, change))

    def _counted_twice(self, found: Preview) -> tuple[str, ...]:
        """Return what would be one test under several names once it is saved."""
        framework, kept = framework_of(self.told.audit), self.told.kept
        files = names_told(self.told.audit, found.then)
        named = {**files, kept.digest: kept.name} if files else {}
        twice = counted_twice_words(framework, found.then, named)
        return (*twice, *same_outcomes(found.then))

    def _held(self, change: Change) -> Held | None:
        """Return which answers would stay open, and what would hold them back."""
        audit = self.told.audit
        inputs = replace(audit.inputs, candidates=with_change(audit, change))
        return held_back(framework_of(audit), inputs)

    def render(self, change: Change, status: int = HTTPStatus.OK) -> HttpResponse:
        """Render what the file says, and what a change would change."""
        audit, is_wrong = self.told.audit, bool(self.form.errors)
        found, framework = panel_assessment_of(audit), framework_of(audit)
        context: dict[str, Any] = {
            **wizard_context(audit, self.request.user, found),
            "step": "candidates",
            "kept": self.told.kept,
            "form": self.form,
            "runs": [*self._runs()],
            "effects": effects_of(framework, then := preview(audit, change)),
            "counted_twice": self._counted_twice(then),
            "is_all_there": not is_wrong and self.told.is_all_there(self.form),
            "replaced": [] if is_wrong else [*self.told.replaced(self.form)],
            "left": self.told.left(),
            "older": [] if is_wrong else self.told.older(self.form),
            "held": self._held(change),
            "left_out": [] if is_wrong else self.told.left_out(self.form),
            "unset": [] if is_wrong else self.told.unset(self.form),
            "comparisons": self._comparisons(change),
            "dropped": told_of_file(audit, self.told.kept),
            "elsewhere": [*elsewhere_said(results_elsewhere(audit, self.told.kept))],
            "shown": self.shown,
            "seen": candidates_seen(audit),
        }
        template = "wizard/candidates/results.html"
        return render_page(
            self.request, template, context, partial="effects", status=status
        )

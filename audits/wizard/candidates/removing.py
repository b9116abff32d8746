"""A candidate is removed, after a look at what that changes, or put back."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only
from audits.models import Audit
from audits.scoring.scored.candidates import ScoredCandidate, WrongFile, of_file
from audits.scoring.scored.kinds import KIND_NAMES, only_teaches
from audits.scoring.scored.values import WRONG_TEXTS
from audits.scoring.scored.words import name_of, result
from audits.services.answers.candidates import (
    Change,
    preview,
    put_back,
    removed,
    removed_as_wrong,
)
from audits.services.read_files.results_files import name_of_file
from audits.services.verdicts.assessments import framework_of
from audits.wizard.answering import to_result
from audits.wizard.candidates.effects import Effects, effects_of
from audits.wizard.candidates.forms import WrongFileForm
from audits.wizard.candidates.views import (
    candidate_row,
    candidates_audit,
    context_of,
    save_change,
)


@members_only
@require_http_methods(["GET", "POST"])
def remove_candidate(request: MemberRequest, audit_id: UUID, item: str) -> HttpResponse:
    """Remove a candidate or its whole file once that was asked, or put it back."""
    audit = candidates_audit(request, audit_id)
    row = candidate_row(audit, item)
    is_of_file = bool(row.sha256) and not row.wrong
    if request.method == "GET":
        if not audit.is_draft:
            return to_result(request, audit)
        if row.is_removed and not is_of_file:
            return redirect("candidates", audit.pk)
        return _ask(request, audit, row, WrongFileForm())
    form = WrongFileForm(request.POST)
    if "wrong" in request.POST and not (is_of_file and form.is_valid()):
        return _ask(request, audit, row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    done = save_change(request, audit, _change(request, audit, row, form))
    return done or redirect("candidates", audit.pk)


def _change(
    request: MemberRequest, audit: Audit, row: ScoredCandidate, form: WrongFileForm
) -> Change:
    """Return what was chosen: the whole file is wrong, put it back, or remove it."""
    if "wrong" in request.POST:
        return _wrong(request, audit, row, form.said)
    if "back" in request.POST:
        return put_back(audit.given_candidates, row)
    return removed(row)


def _wrong(
    request: MemberRequest, audit: Audit, row: ScoredCandidate, reason: str
) -> Change:
    wrong = WrongFile(
        reason=reason,
        file=name_of_file(audit, row.sha256),
        by=str(request.user)[: WRONG_TEXTS["by"]],
        day=timezone.localdate(),
    )
    return removed_as_wrong(audit.given_candidates, row.sha256, wrong)


def _ask(
    request: MemberRequest,
    audit: Audit,
    row: ScoredCandidate,
    form: WrongFileForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show what each way to remove it would change."""
    found = audit.given_candidates
    context = {
        **context_of(request, audit),
        "row": row,
        "name": name_of(row),
        "kind": KIND_NAMES[row.kind],
        "result": result(row, found.target),
        "form": form,
        "counts": not found.why_not(row, audit.codes),
        "only_teaches": only_teaches(row),
        "alone": None if row.is_removed else _effects(audit, removed(row)),
    }
    if row.sha256 and not row.wrong:
        rows = of_file(found, row.sha256)
        context |= {
            "file": name_of_file(audit, row.sha256),
            "of_file": [f"{name_of(x)}: {result(x, found.target)}" for x in rows],
            "whole": _effects(audit, _wrong(request, audit, row, "…")),
        }
    return render(request, "wizard/candidates/remove.html", context, status=status)


def _effects(audit: Audit, change: Change) -> Effects:
    return effects_of(framework_of(audit), preview(audit, change))

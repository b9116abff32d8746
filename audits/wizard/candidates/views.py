"""The table of the candidates, and the form for one."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audits.access.audits import audit_for_answering, audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Question
from audits.held_forms import held_as
from audits.limits import SAVES, mark_as_refused, too_many
from audits.models import Audit
from audits.scoring.chances.uncompared import uncompared
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.words import name_of
from audits.services.answers.answers import AuditLocked, Saved
from audits.services.answers.candidates import (
    Change,
    ChangedMeanwhile,
    TooManyCandidates,
    candidates_seen,
    save_candidates,
    takes_candidates,
    with_candidates,
    with_target,
)
from audits.services.read_files.compared_results import comparisons_of
from audits.services.read_files.results_files import names_of_files
from audits.services.verdicts.assessments import (
    framework_of,
    panel_assessment_of,
    told_by_candidates,
)
from audits.wizard.answering import (
    progress_of,
    tell_locked,
    to_result,
    wizard_context,
)
from audits.wizard.candidates.counted_faults import faults_to_answer
from audits.wizard.candidates.effects import held_back
from audits.wizard.candidates.forms import CandidateForm, ResultsForm, TargetForm
from audits.wizard.candidates.table import candidate_rows, counts_for
from audits.wizard.changes import tell_overruled
from audits.wizard.colleagues.pointed import pointed_among
from audits.wizard.forms.senders import new_tab, sender_of
from audits.written_fields.notations import notation_of

CHANGED = (
    "Somebody else changed the candidates after you opened this page, so nothing was "
    "saved. Read them again, then save."
)
# Where a button leads that saves the target on the way: a page, and what it is of.
_THEN: Mapping[str, tuple[str, ...]] = {
    "candidate": ("candidate", "new"),
    "numbers": ("numbers",),
    "questions": ("next",),
}


@held_as("What candidates must reach")
@members_only
@require_http_methods(["GET", "POST"])
def candidates(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the candidates, or save what they must reach."""
    audit = candidates_audit(request, audit_id)
    if request.method == "GET":
        if not audit.is_draft:
            return to_result(request, audit)
        return show_candidates(request, audit)
    form = TargetForm(audit.given_candidates, request.POST, notation_of(request))
    if request.htmx:
        return _saved_itself(request, audit, form)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return show_candidates(request, audit, status, form=form)
    then = _THEN.get(request.POST.get("then", ""))
    if then and not form.is_news:
        return redirect(then[0], audit.pk, *then[1:])
    done = save_change(request, audit, with_target(form.wanted()), then=then)
    return done or show_candidates(request, audit, HTTPStatus.CONFLICT, form=form)


@held_as("A candidate")
@members_only
@require_http_methods(["GET", "POST"])
def candidate(request: MemberRequest, audit_id: UUID, item: str) -> HttpResponse:
    """Show the form for a candidate, or add or change it."""
    audit = candidates_audit(request, audit_id)
    row = None if item == "new" else candidate_row(audit, item)
    if row and row.is_left_out:  # what it is, its file's page asks
        return redirect("candidates", audit.pk)
    if request.method == "GET":
        if not audit.is_draft:
            return to_result(request, audit)
        form = CandidateForm(row, notation=notation_of(request))
        return _show_form(request, audit, form)
    form = CandidateForm(row, request.POST, notation_of(request))
    if form.is_valid():
        try:
            change = with_candidates(audit, [form.candidate()])
        except TooManyCandidates as error:
            form.add_error(None, str(error))
        else:
            done = save_change(request, audit, change)
            return done or _show_form(request, audit, form, HTTPStatus.CONFLICT)
    return _show_form(request, audit, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def candidates_audit(request: MemberRequest, audit_id: UUID) -> Audit:
    """Return an audit that takes candidates, for a member who may answer it."""
    load = audit_for_answering if request.method == "GET" else audit_for_editing
    audit = load(request.membership, audit_id)
    if not takes_candidates(audit):
        message = "This version of the method reads no candidates"
        raise Http404(message)
    return audit


def candidate_row(audit: Audit, item: str) -> ScoredCandidate:
    """Return a candidate of an audit; an unknown one is not found."""
    found = (row for row in audit.given_candidates.rows if row.id == item)
    row = next(found, None)
    if row is None:
        message = "No such candidate"
        raise Http404(message)
    return row


def save_change(
    request: MemberRequest,
    audit: Audit,
    change: Change,
    *,
    then: Sequence[str] | None = None,
) -> HttpResponse | None:
    """Save a change and lead to the table; None if the page is not as it was shown.

    Args:
        request: The request, which names what its page had shown.
        audit: The audit to save it in.
        change: What changes.
        then: Where to lead in place of the table: the name of a page, and what of.
    """
    saved = _saved(request, audit, change)
    if saved is None:
        messages.warning(request, CHANGED)
    if not isinstance(saved, Saved):
        return saved
    name = saved.assessment.named.name
    if not audit.codes and saved.audit.codes:
        messages.success(request, f"Saved. The verdict so far is “{name}”.")
    elif saved.verdict_changed:
        messages.success(request, f"Saved. The verdict so far is now “{name}”.")
    else:
        messages.success(request, "Saved. The verdict so far is the same.")
    _tell_answers(request, audit, saved)
    if then:
        return redirect(then[0], saved.audit.pk, *then[1:])
    is_check = request.POST.get("back") == "check"
    return redirect("check" if is_check else "candidates", audit.pk)


def _saved(
    request: MemberRequest, audit: Audit, change: Change
) -> Saved | HttpResponse | None:
    """Save a change; None if the page is not as it was shown."""
    if refusal := SAVES.refusal(request.user.pk):
        return mark_as_refused(too_many(request, refusal), refusal)
    try:
        return save_candidates(
            audit=audit,
            by=request.user,
            change=change,
            seen=request.POST.get("seen", ""),
            sender=sender_of(request),
        )
    except AuditLocked:
        tell_locked(request, audit)
        return to_result(request, audit)
    except ChangedMeanwhile:
        audit.refresh_from_db()
        return None


def _saved_itself(
    request: MemberRequest, audit: Audit, form: TargetForm
) -> HttpResponse:
    """Answer an autosave of the target: what it changed on the page."""
    saved: Saved | None = None
    before = progress_of(audit)
    form.full_clean()
    if form.is_news:
        done = _saved(request, audit, with_target(form.wanted()))
        if done is None:
            return HttpResponse(CHANGED, status=HTTPStatus.CONFLICT)
        if isinstance(done, HttpResponse):
            return done
        saved = done
        _tell_answers(request, audit, saved)
    is_missed = bool(request.POST.get("missed"))
    context = {**_table_of(request, saved.audit if saved else audit), "form": form}
    context |= {
        "not_saved": [f"id_{name}" for name in form.errors],
        "is_news": saved is not None or is_missed,
        "nav_changed": is_missed or before != context["progress"],
        "verdict_changed": saved is not None and saved.verdict_changed,
        "saved_at": timezone.localtime(),
    }
    return render(request, "wizard/candidates/target_saved.html", context)


def _tell_answers(request: MemberRequest, audit: Audit, saved: Saved) -> None:
    """Say which answers by hand do not count any more, and which count again."""
    before, now = audit.given_codes, saved.audit.given_codes
    tell_overruled(request, [x.label for x in _only_in(audit, before, now)])
    _tell_given_back(request, saved.audit, _only_in(audit, now, before))


def _only_in(
    audit: Audit, these: Mapping[str, Code], others: Mapping[str, Code]
) -> list[Question]:
    """Return the questions that are answered by hand here and not there."""
    only = these.keys() - others.keys()
    return [each for each in framework_of(audit).questions if each.id in only]


def _tell_given_back(
    request: MemberRequest, audit: Audit, questions: list[Question]
) -> None:
    """Say which answers by hand count again, and how they are known."""
    levels = audit.inputs.levels
    for each in questions:
        answer = framework_of(audit).words(each.id, audit.given_codes)
        known = f", {levels[each.id]}" if each.id in levels else ""
        said = (
            "No test result contradicts the answer by hand to "
            f"“{each.label}” any more, so it counts again: “{answer}”{known}."
        )
        messages.info(request, said)


def show_candidates(
    request: MemberRequest,
    audit: Audit,
    status: int = HTTPStatus.OK,
    *,
    form: TargetForm | None = None,
    results_form: ResultsForm | None = None,
) -> HttpResponse:
    """Render the table, with what a form found wrong."""
    context = {
        **_table_of(request, audit),
        "form": form
        or TargetForm(audit.given_candidates, notation=notation_of(request)),
        "results_form": results_form or ResultsForm(),
        "tab": new_tab(),
    }
    return render(request, "wizard/candidates/candidates.html", context, status=status)


def _table_of(request: MemberRequest, audit: Audit) -> dict[str, Any]:
    """Return what was tried, what that answers, and what the page shows around it."""
    found, around = audit.given_candidates, context_of(request, audit)
    told = told_by_candidates(audit)
    rows = [*candidate_rows(found, audit.codes, names_of_files(audit))]
    return {
        **around,
        "rows": rows,
        "is_drawn": any(row.share for row in rows),
        "found": found,
        "told": [told[x] for x in told if x in around["assessment"].codes],
        "pointed": pointed_among(audit, told),
        "held": held_back(framework_of(audit), audit.inputs),
        "comparisons": comparisons_of(audit, found),
        "uncompared": uncompared(found),
        "faults": faults_to_answer(audit),
    }


def _show_form(
    request: MemberRequest,
    audit: Audit,
    form: CandidateForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    row = form.row
    context = {
        **context_of(request, audit),
        "form": form,
        "row": row,
        "counts_for": counts_for(row),
        "title": f"Change: {name_of(row)}" if row else "Type a result",
    }
    return render(request, "wizard/candidates/candidate.html", context, status=status)


def context_of(request: MemberRequest, audit: Audit) -> dict[str, Any]:
    """Return what every page of the candidates shows around its own part."""
    return {
        **wizard_context(audit, request.user, panel_assessment_of(audit)),
        "step": "candidates",
        "seen": candidates_seen(audit),
    }

"""The check of an audit, its submission, and taking it back from review."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from audits.access.audits import (
    audit_for_answering,
    audit_for_editing,
)
from audits.access.members import MemberRequest, members_only
from audits.frameworks.questions import Section
from audits.limits import STEPS, limited, too_many
from audits.models import Audit, User
from audits.models.audits import values
from audits.pages import render_in_pieces
from audits.scoring import Assessment
from audits.scoring.money.of_assessment import is_plan_missing
from audits.scoring.money.states import plan_state
from audits.scoring.numbers.proposal_fields import what_lacks
from audits.scoring.results_behind.wrong_files import wrong_files
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.scored.kinds import is_built
from audits.scoring.step_facts import card_facts
from audits.scoring.summary.answers_apart import answers_apart, uncounted_answers
from audits.scoring.summary.found.tried_by_hand import (
    shown_levels,
    tried_of,
    tried_words,
)
from audits.scoring.summary.plan import plan_of
from audits.scoring.told.results_told import ToldApart, told_apart
from audits.scoring.told.targets import target_above
from audits.services.answers.answers import AuditLocked, fresh_audit
from audits.services.answers.candidates import candidates_seen
from audits.services.answers.evidence import for_other_answers
from audits.services.answers.levels import said_with_nothing
from audits.services.conditions.against import against_verdict, left_out_of
from audits.services.due.covers import cover_of
from audits.services.papers.covers import save_cover
from audits.services.papers.entries import candidates_of, numbers_of
from audits.services.papers.page_one_words import own_amounts_of
from audits.services.people.times_of_day import as_shown
from audits.services.read_files.compared_results import missing_told
from audits.services.read_files.doubtful_names import doubtful_names
from audits.services.read_files.seen_months import seen_beside
from audits.services.read_files.told_results import told_of_results
from audits.services.read_files.usage_doubts import usage_doubts
from audits.services.reviews.audits import (
    ChangedSinceRead,
    ConflictsOpen,
    NothingAnswered,
    ResultsLeftOut,
    digest_of_audit,
    reopen_audit,
    submit_audit,
)
from audits.services.reviews.drafts.withdrawals import withdrawal_of
from audits.services.reviews.points import left_of
from audits.services.reviews.resubmissions import sent_back_with, since_submission
from audits.services.reviews.separation import who_can_sign, who_could_sign
from audits.services.verdicts.assessments import (
    assessment_of,
    framework_of,
)
from audits.wizard.answer_lists import answer_list
from audits.wizard.answering import wizard_context
from audits.wizard.candidates.forms import TargetForm
from audits.wizard.changes import changes_of_mine
from audits.wizard.colleagues.against import conflicts_of, who_differ
from audits.wizard.colleagues.earlier import fallen_levels
from audits.wizard.forms.submit_form import SubmitForm
from audits.wizard.panel import Panel
from audits.wizard.submitting.asserted import asserted_answers
from audits.wizard.submitting.vouched import vouched_answers


@members_only
@require_GET
def check(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show every answer, the open questions first, before the audit is submitted."""
    audit = audit_for_answering(request.membership, audit_id)
    if not audit.is_draft:
        return redirect("result", audit.pk)
    return _show_check(request, audit, SubmitForm(initial=_on_page_one(audit)))


def _show_check(
    request: MemberRequest, audit: Audit, form: SubmitForm, status: int = 200
) -> HttpResponse:
    assessment, state = assessment_of(audit), plan_state(audit.use_case.stage)
    around = wizard_context(audit, request.user, assessment)
    context = {
        **around,
        "against_verdict": against_verdict(audit),
        "own_amounts": own_amounts_of(audit, assessment),
        "answers": _with_levels(audit, assessment),
        "vouched": vouched_answers(framework_of(audit), assessment),
        "asserted": asserted_answers(framework_of(audit), assessment),
        "numbers": numbers_of(audit),
        "candidates": candidates_of(audit),
        "results": str(len(audit.given_candidates.rows)),
        "is_built": is_built(audit.given_candidates.rows),
        "wrong_files": wrong_files(framework_of(audit), assessment),
        "results_told": _results_told(audit, assessment),
        "target_above": _target_above(audit, assessment),
        **_target_missing(audit, assessment),
        "offer_lacks": what_lacks(values(audit.numbers)),
        "seen_months": seen_beside(audit, assessment),
        "usage_doubts": usage_doubts(audit),
        "uncounted": uncounted_answers(
            framework_of(audit), audit.given_codes, audit.codes
        ),
        "apart": answers_apart(framework_of(audit), assessment, state),
        "is_plan_missing": is_plan_missing(assessment, state),
        "changes": changes_of_mine(audit, request.user),
        "earlier": for_other_answers(audit),
        "fallen": fallen_levels(audit),
        "step": "check",
        "read": digest_of_audit(audit),
        "form": form,
        **_open(around["panel"]),
        **_reviewed(audit, request.user, assessment),
        **_conflicting(audit, request.user),
    }
    return render_in_pieces(request, "wizard/submission/check.html", context, status)


def _conflicting(audit: Audit, by: User) -> dict[str, Any]:
    """Return the conflicts to settle first, and who gave their answers."""
    found = conflicts_of(audit, by)
    return {"conflicts": found, "who_differ": who_differ(found)}


def _results_told(audit: Audit, assessment: Assessment) -> ToldApart | None:
    """Return what is said of results, with what folds for who answers."""
    told = told_of_results(audit, assessment, for_team=True)
    more = (*doubtful_names(audit), *missing_told(audit))
    return told_apart((*told, *more), folds=True)


def _open(panel: Panel) -> dict[str, Any]:
    """Return what lacks an answer, and whether the title says that it can matter."""
    lacking = panel.unanswered
    says_open = bool(lacking and lacking.can and not panel.points.is_settled)
    return {"unanswered": lacking, "says_open": says_open}


def _reviewed(audit: Audit, by: User, assessment: Assessment) -> dict[str, Any]:
    """Return who could sign it off, and what the review that sent it back left."""
    review = sent_back_with(audit)
    since = since_submission(audit, assessment) if review else None
    return {
        "is_unchanged": since is not None and not since.changes,
        "signers": who_could_sign(audit, by),
        "sent_back": review,
        "left_to_answer": left_of(review, audit),
        "withdrawal": withdrawal_of(audit),
    }


def _target_above(audit: Audit, assessment: Assessment) -> str:
    """Say that the target is above how often experts agree; empty if it is not."""
    given = audit.given_candidates
    return target_above(framework_of(audit), assessment.codes, given)


def _target_missing(audit: Audit, assessment: Assessment) -> dict[str, Any]:
    """Return what stays unknown without a target, and its form; else nothing."""
    found = audit.given_candidates
    if not audit.codes or found.target is not None:
        return {}
    return {
        "target_missing": plan_of(
            framework_of(audit), assessment, audit.inputs
        ).without_target,
        "target_form": TargetForm(found),
        "candidates_seen": candidates_seen(audit),
    }


def _with_levels(audit: Audit, assessment: Assessment) -> list[tuple[Section, Any]]:
    """Return what is answered in words and how it is known, by section."""
    levels = {**shown_levels(assessment), **said_with_nothing(audit)}
    framework, tried = framework_of(audit), tried_of(assessment)
    parts = {TRIED: tried_words(framework, tried)} if tried else {}
    beside = _target_said(audit)
    return [
        (
            section,
            [
                (q, parts.get(q.id, words) + beside.get(q.id, ""), levels.get(q.id, ""))
                for q, words in rows
                if q.id in assessment.codes
            ],
        )
        for section, rows in answer_list(framework, assessment, audit)
    ]


def _target_said(audit: Audit) -> dict[str, str]:
    """Return what follows the answer about the target, by its question."""
    target = audit.given_candidates.target
    if target is None:
        return {}
    said = f"; the target is {float(target) * 100:g} of 100"
    return {card_facts().written_target.question: said}


@members_only
@require_POST
@limited(STEPS)
def submit(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_editing(request.membership, audit_id)
    left_out = left_out_of(audit)
    initial, digest = _on_page_one(audit), left_out.digest if left_out else ""
    form = SubmitForm(request.POST, initial=initial, left_out=digest)
    if not form.is_valid() and audit.is_draft:
        shown = audit_for_answering(request.membership, audit_id)
        return _show_check(request, shown, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    words = form.cleaned_data.get("words", "")
    try:
        submitted = _submit(request, audit, form)
    except NothingAnswered:
        return redirect("resume", audit.pk)
    except ConflictsOpen:
        _give_back(request, words)
        who = who_differ(conflicts_of(fresh_audit(audit), request.user))
        messages.warning(request, _CONFLICTS.format(who=who.capitalize()))
        return redirect("check", audit.pk)
    except (ChangedSinceRead, ResultsLeftOut):
        _give_back(request, words)
        return _read_again(request, audit_id, "submitted")
    if audit.is_draft:  # else it was a second click
        _tell_submitted(request, submitted)
    return redirect("result", audit.pk)


def _on_page_one(audit: Audit) -> dict[str, Any]:
    """Return what page 1 of the board paper says that is asked with submitting."""
    return {"decide_by": cover_of(audit).decide_by}


@transaction.atomic
def _submit(request: MemberRequest, audit: Audit, form: SubmitForm) -> Audit:
    """Write the day of the board on page 1 if it is another one, and submit."""
    fields = form.cleaned_data
    if audit.is_draft and {"decide_by"} & {*form.data} & {*form.changed_data}:
        words = {"decide_by": fields["decide_by"]}
        save_cover(audit=audit, by=request.user, fields=words)
    return submit_audit(
        audit=audit,
        by=request.user,
        read=request.POST.get("read", ""),
        words=fields.get("words", ""),
        without=fields.get("without", ""),
    )


def _tell_submitted(request: MemberRequest, audit: Audit) -> None:
    """Say that an audit was submitted, and who can sign it off."""
    at = date_format(as_shown(audit.submitted_at), "j F Y, H:i")
    signers = "" if assessment_of(audit).provisional else who_can_sign(audit)
    then = f" {signers} can sign it off." if signers else ""
    messages.success(request, f"Submitted on {at}.{then}")


def _give_back(request: MemberRequest, words: str) -> None:
    """Return an answer to the reviewer that was not stored."""
    if words:
        messages.warning(request, f"Your answer was not sent: “{words}”")


@members_only
@require_http_methods(["GET", "POST"])
def reopen(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Confirm and take an audit back from review, so that its answers may change."""
    audit = audit_for_editing(request.membership, audit_id)
    if request.method == "GET":
        return _confirm_reopening(request, audit)
    if refusal := STEPS.refusal(request.user.pk):
        return too_many(request, refusal)
    read = request.POST.get("read", "")
    try:
        reopen_audit(audit=audit, by=request.user, read=read)
    except (AuditLocked, ChangedSinceRead):
        return _read_again(request, audit_id, "taken back")
    messages.success(request, _REOPENED)
    return redirect("check", audit.pk)


def _confirm_reopening(request: MemberRequest, audit: Audit) -> HttpResponse:
    """Say what taking an audit back does, and to whom, before it is done."""
    if audit.state != Audit.State.IN_REVIEW:
        return redirect("check" if audit.is_draft else "result", audit.pk)
    by = audit.submitted_by
    context = {
        "audit": audit,
        "nav": "use_cases",
        "read": digest_of_audit(audit),
        "told": by if by != request.user else None,
    }
    return render(request, "wizard/submission/reopen.html", context)


def _read_again(request: MemberRequest, audit_id: UUID, done: str) -> HttpResponse:
    """Say that nothing was done, and lead to the page as it is now."""
    audit = audit_for_editing(request.membership, audit_id)
    is_open = audit.is_draft and done == "taken back"
    messages.warning(request, _OPEN if is_open else _NOT_AS_READ.format(done=done))
    return redirect("check" if audit.is_draft else "result", audit_id)


_CONFLICTS = (
    "{who} answered the same question differently, so nothing was submitted. "
    "Settle that first."
)
_NOT_AS_READ = (
    "This audit was changed, submitted, taken back or reviewed after you opened the "
    "page, so it was not {done}. Read it again, then decide."
)
_REOPENED = (
    "You took this audit back from review. Change its answers and submit it again, or "
    "put it back as it was."
)
_OPEN = (
    "This audit was taken back or sent back after you opened the page, so its answers "
    "are open already. Read them again before you change them."
)

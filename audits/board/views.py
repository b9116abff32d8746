"""What a board decided of a signed verdict, and what was done about it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audits.access.audits import list_of, signed_audit, signed_audit_for_files
from audits.access.board_decisions import step_for_taking_back
from audits.access.members import MemberRequest, members_only
from audits.board.forms import BackForm, DecisionForm, MoneyForm, StageForm, StepForm
from audits.board.page import board_page
from audits.board.plan import above_plan, plan_said
from audits.board.put import (
    known_of,
    last_open_condition,
    proposed_amount,
    put_to_board,
)
from audits.given_back import shortened
from audits.limits import EVIDENCE, limited
from audits.models import Audit, BoardDecision, Cover, DecisionStep
from audits.models.fields.proof_field import SMALLER_PROOF, ask_for_the_file_again
from audits.plain_forms import why_dropped
from audits.scoring.board.follow_ups import FollowUp
from audits.scoring.board.standing import CARRIED_OUT_LATER
from audits.scoring.board.words import due_before_condition
from audits.services.answers.proof_files import REFUSED
from audits.services.board.proposals import Released, released_of
from audits.services.board.recording import (
    NotInForce,
    RecordedMeanwhile,
    last_number,
    record_decision,
)
from audits.services.board.steps import Done, add_step, take_step_back
from audits.services.due.board_decisions import OfBoard, decision_of, of_board
from audits.services.due.plan_left import plan_left
from audits.services.papers.asked_on_paper import asked_on_paper
from audits.services.people.times_of_day import today_shown
from audits.uploads.attachments.links import RefusedLinkError
from audits.written_fields.notations import notation_of

_REPLACED = "A newer sign-off or decision has replaced this one. Nothing was stored."
_MEANWHILE = (
    "Somebody recorded a decision after you opened this page. Read it above, then send "
    "yours again if it still holds."
)
_DONE_WHILE_HELD = "It is reported as done while the approved amount is held {}."
# The steps that the approved amount may pay for.
_PAID = (DecisionStep.Kind.SETUP, DecisionStep.Kind.OFFER, DecisionStep.Kind.DONE)
# What the link to correct a record asks the page for.
CORRECT = "correct"
_BACK_ALREADY = "Somebody has taken this step back already."


@members_only
@require_GET
def board(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = signed_audit(request.membership, audit_id)
    is_signed = audit.state == Audit.State.SIGNED_OFF
    return _show(request, audit, _empty(request, audit) if is_signed else None)


@members_only
@require_POST
@limited(EVIDENCE)
def board_decided(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Record what the board decided."""
    audit = signed_audit_for_files(request.membership, audit_id)
    notation = notation_of(request)
    condition = last_open_condition(audit)
    form = DecisionForm(
        *(audit.organization.currency, notation, request.POST, request.FILES),
        condition_due=condition,
        known=known_of(audit),
        is_first=not last_number(audit),
        refused=why_dropped(request, SMALLER_PROOF),
    )
    read = request.POST.get("read", "")

    def store() -> None:
        record_decision(
            audit=audit,
            by=request.user,
            record=form.record,
            read=int(read) if read.isdecimal() else 0,
            asked=asked_on_paper(audit),
            upload=form.cleaned_data["file"],
        )
        if form.record.outcome in CARRIED_OUT_LATER:
            _warn(request, due_before_condition(form.record.carry_out_by, condition))

    if _stored(request, form, store):
        return redirect("board", audit.pk)
    ask_for_the_file_again(form)
    return _show(request, audit, form, HTTPStatus.UNPROCESSABLE_CONTENT)


@members_only
@require_http_methods(["GET", "POST"])
@limited(EVIDENCE)
def board_step(request: MemberRequest, audit_id: UUID, kind: str) -> HttpResponse:
    """Say that something was done, or change the stage."""
    audit = signed_audit_for_files(request.membership, audit_id)
    decision, asked, held = _asked(audit, kind)
    released = released_of(decision) if kind == DecisionStep.Kind.MONEY else None
    form = _step_form(request, decision, asked, released)

    def store() -> None:
        if isinstance(form, StageForm):
            today, stage = timezone.localdate(), form.cleaned_data["stage"]
            done = Done(kind=kind, day=today, stage=stage)
        else:
            done = _with_source(form, released)
        add_step(decision=decision, by=request.user, done=done)
        _warn(request, _DONE_WHILE_HELD.format(held) if held else "")
        if done.basis == DecisionStep.Basis.MONTH:
            _warn(request, above_plan(audit, done.amount, decision.currency))

    if request.method == "POST" and _stored(request, form, store):
        return redirect("board", audit.pk)
    context = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": list_of(request.user, audit),
        "asked": asked,
        "form": form,
        "released": released,
        "held": held,
        "plan": plan_said(audit) if kind == DecisionStep.Kind.MONEY else "",
    }
    status = HTTPStatus.UNPROCESSABLE_CONTENT if form.errors else HTTPStatus.OK
    return render(request, "board/board_step.html", context, status=status)


@members_only
@require_http_methods(["GET", "POST"])
@limited(EVIDENCE)
def board_step_back(request: MemberRequest, step_id: UUID) -> HttpResponse:
    """Take a step back, with a reason."""
    step = step_for_taking_back(request.membership, step_id)
    form = BackForm(request.POST or None)

    def store() -> None:
        words = form.cleaned_data["words"]
        if take_step_back(step=step, by=request.user, words=words) is None:
            given = f" Your reason was not stored: “{shortened(words)}”"
            messages.warning(request, _BACK_ALREADY + given)

    if request.method == "POST" and _stored(request, form, store):
        return redirect("board", step.audit_id)
    context = {
        "step": step,
        "audit": step.audit,
        "use_case": step.audit.use_case,
        "nav": list_of(request.user, step.audit),
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_CONTENT if form.errors else HTTPStatus.OK
    return render(request, "board/board_step_back.html", context, status=status)


def _stored(request: MemberRequest, form: Form, store: Callable[[], None]) -> bool:
    """Store what a form says; what is refused is an error of the form."""
    if not form.is_valid():
        return False
    try:
        store()
    except RefusedLinkError as error:
        form.add_error("link", str(error))
    except REFUSED as error:
        form.add_error("file", str(error))
    except ValidationError as error:
        form.add_error(None, error)
    except RecordedMeanwhile:
        form.add_error(None, _MEANWHILE)
    except NotInForce:
        form.add_error(None, _REPLACED)
    return form.is_valid()


def _empty(request: MemberRequest, audit: Audit) -> DecisionForm:
    """Return the form with what the paper says of the meeting and the amount.

    What the board granted comes before what it was asked for.
    """
    cover = Cover.objects.filter(audit=audit).first()
    today = timezone.localdate()
    met = cover.decide_by if cover and cover.decide_by else today
    last = decision_of(audit)
    granted = last.amount if last else None
    initial = {
        "decided_on": min(met, today),
        "meeting": cover.meeting if cover else "",
        "amount": proposed_amount(audit) if granted is None else granted,
    }
    if last and CORRECT in request.GET:
        names = {*DecisionForm.base_fields} - {"corrects", "file"}
        initial = {name: getattr(last, name) for name in names}
    notation = notation_of(request)
    return DecisionForm(
        audit.organization.currency,
        notation,
        initial=initial,
        condition_due=last_open_condition(audit),
        is_first=last is None,
    )


def _warn(request: MemberRequest, said: str) -> None:
    if said:
        messages.warning(request, said)


def _asked(audit: Audit, kind: str) -> tuple[BoardDecision, FollowUp, str]:
    """Return a decision, its step, and until when the amount for that is held."""
    found = of_board(audit)
    if found is not None and found.decision is not None:
        for asked in found.decision.asks:
            if asked.kind == kind:
                held = found.held if kind in _PAID else ""
                return found.decision, asked, held
    message = "No such step"
    raise Http404(message)


def _step_form(
    request: MemberRequest,
    decision: BoardDecision,
    asked: FollowUp,
    released: Released | None,
) -> StageForm | StepForm:
    sent = request.POST or None
    if asked.kind == "stage":
        return StageForm(asked, sent)
    if asked.kind != "money":
        return StepForm(asked, sent, initial={"day": timezone.localdate()})
    initial: dict[str, Any] = {"basis": asked.basis, "day": timezone.localdate()}
    if released:
        initial |= {
            "amount": released.amount,
            "basis": DecisionStep.Basis.MONTH,
            "day": released.since,
            "words": "Usage that was imported after the decision shows it.",
        }
    notation = notation_of(request)
    return MoneyForm(decision.currency, notation, asked, sent, initial=initial)


def _with_source(form: StepForm, released: Released | None) -> Done:
    """Return what was done, marked as stated unless usage shows the amount."""
    values = {**form.cleaned_data}
    shown = released.amount if released else None
    is_shown = values.get("basis") == "month" and values.get("amount") == shown
    return Done(kind=form.asked.kind, is_stated=shown is None or not is_shown, **values)


def _show(
    request: MemberRequest,
    audit: Audit,
    form: DecisionForm | None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = of_board(audit, today_shown())
    context = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": list_of(request.user, audit),
        "page": board_page(audit, found),
        "put": put_to_board(audit, found.decision if found else None),
        "plan_left": plan_left(audit) if found and found.steps else "",
        "freed_less": _freed_less(audit, found),
        "may_record": request.membership.may_contribute and found is not None,
        "form": form,
        "corrects": CORRECT in request.GET,
        "read": last_number(audit),
        "stage_form": _stage_form(audit, found.decision if found else None),
    }
    return render(request, "board/board.html", context, status=status)


def _freed_less(audit: Audit, found: OfBoard | None) -> str:
    """Say from when a plan costs less than what is freed of it; empty if it does not.

    Note: it reads the stored assessment, only where money by month is freed.
    """
    freed = found.released("month") if found else None
    if found is None or found.decision is None or freed is None:
        return ""
    return above_plan(audit, freed, found.decision.currency)


def _stage_form(audit: Audit, decision: BoardDecision | None) -> StageForm | None:
    """Return the form that changes the stage at once, while that is open."""
    for asked in decision.asks if decision else ():
        if asked.kind == "stage" and audit.use_case.stage in asked.stages:
            return StageForm(asked)
    return None

"""A condition of a sign-off: what was asked, and what became of it."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audits.access.audits import list_of
from audits.access.conditions import (
    condition_for_confirming,
    condition_for_telling,
    condition_for_viewing,
)
from audits.access.members import MemberRequest, members_only
from audits.given_back import shortened
from audits.limits import EVIDENCE, limited
from audits.models import SignOffCondition
from audits.models.fields.proof_field import SMALLER_PROOF, ask_for_the_file_again
from audits.plain_forms import why_dropped
from audits.reviews.condition_forms import MetForm, TakeBackForm
from audits.services.answers.proof_files import REFUSED
from audits.services.read_files.tested_steps import check_of_steps
from audits.services.reviews.condition_steps import (
    NotInForce,
    confirm_condition,
    may_confirm,
    may_tell,
    meet_condition,
    take_back,
)
from audits.uploads.attachments.links import RefusedLinkError

_MET_ALREADY = "Somebody has marked this condition as met already."
_NOT_TO_CONFIRM = "Nobody says that this condition is met, or it is confirmed already."
_OPEN_ALREADY = "This condition is open already."
_NOT_STORED = "Your words were not stored: “{words}”"
_REPLACED = "A newer sign-off has replaced this one, so nothing was stored."


@members_only
@require_GET
def condition(request: MemberRequest, condition_id: UUID) -> HttpResponse:
    found = condition_for_viewing(request.membership, condition_id)
    return _show(request, found, TakeBackForm() if found.met_at else _to_meet(found))


@members_only
@require_POST
@limited(EVIDENCE)
def condition_met(request: MemberRequest, condition_id: UUID) -> HttpResponse:
    """Mark a condition as met."""
    found = condition_for_telling(request.membership, condition_id)
    dropped = why_dropped(request, SMALLER_PROOF)
    form = MetForm(request.POST, request.FILES, refused=dropped)
    if not form.is_valid():
        return _refused(request, found, form)
    try:
        if not meet_condition(condition=found, by=request.user, **form.cleaned_data):
            _say(request, _MET_ALREADY, form)
    except RefusedLinkError as error:
        form.add_error("link", str(error))
    except REFUSED as error:
        form.add_error("file", str(error))
    except ValidationError as error:
        form.add_error(None, error)
    except NotInForce:
        _say(request, _REPLACED, form)
    if not form.is_valid():
        return _refused(request, found, form)
    return redirect("condition", found.pk)


@members_only
@require_POST
@limited(EVIDENCE)
def condition_confirmed(request: MemberRequest, condition_id: UUID) -> HttpResponse:
    """Confirm that a condition is met."""
    found = condition_for_confirming(request.membership, condition_id)
    try:
        if not confirm_condition(condition=found, by=request.user):
            messages.warning(request, _NOT_TO_CONFIRM)
    except NotInForce:
        messages.warning(request, _REPLACED)
    return redirect("condition", found.pk)


@members_only
@require_POST
@limited(EVIDENCE)
def condition_open(request: MemberRequest, condition_id: UUID) -> HttpResponse:
    """Take back that a condition is met."""
    found = condition_for_telling(request.membership, condition_id)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return _refused(request, found, form)
    try:
        if not take_back(condition=found, by=request.user, **form.cleaned_data):
            _say(request, _OPEN_ALREADY, form)
    except NotInForce:
        _say(request, _REPLACED, form)
    return redirect("condition", found.pk)


def _to_meet(found: SignOffCondition) -> MetForm:
    """Return the form, with the newest test that the paper asked for as the proof."""
    check = check_of_steps(found.audit)
    if check is None:
        return MetForm()
    path = reverse("outcomes", args=[found.audit_id], fragment="checks")
    link = f"{settings.SITE_URL}{path}"
    return MetForm(initial={"words": check.sentence, "link": link, "name": check.name})


def _say(request: MemberRequest, why: str, form: Form) -> None:
    """Say why nothing was stored, and give the words back."""
    words = shortened(form.cleaned_data["words"])
    messages.warning(request, f"{why} {_NOT_STORED.format(words=words)}")


def _refused(
    request: MemberRequest, found: SignOffCondition, form: Form
) -> HttpResponse:
    ask_for_the_file_again(form)
    return _show(request, found, form, HTTPStatus.UNPROCESSABLE_CONTENT)


def _show(
    request: MemberRequest,
    found: SignOffCondition,
    form: Form,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    audit = found.audit
    is_to_meet = isinstance(form, MetForm)
    is_in_force = audit.state == audit.State.SIGNED_OFF
    context = {
        "condition": found,
        "audit": audit,
        "use_case": audit.use_case,
        "nav": list_of(request.user, audit),
        "steps": found.steps_told,
        "is_in_force": is_in_force,
        "may_tell": is_in_force and may_tell(found, request.membership),
        "may_confirm": is_in_force
        and found.is_said
        and may_confirm(found, request.user),
        "is_to_meet": is_to_meet,
        "action": reverse(
            "condition_met" if is_to_meet else "condition_open", args=[found.pk]
        ),
        "form": form,
    }
    return render(request, "reviews/condition.html", context, status=status)

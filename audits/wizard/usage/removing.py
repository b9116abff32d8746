"""The page that asks whether to remove a usage file, with what its numbers become."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.audits import audit_for_answering, audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.access.usage_uploads import usage_for_editing
from audits.limits import SAVES, mark_as_refused, too_many
from audits.models import Audit, UsageUpload
from audits.models.audits import values
from audits.services.answers.answers import AuditLocked, Saved
from audits.services.answers.candidates import ChangedMeanwhile
from audits.services.read_files.usage_removal import remove_usage, taken_back
from audits.services.read_files.usage_uploads import (
    StillUsed,
    kept_for_others,
    numbers_seen,
)
from audits.services.verdicts.assessments import panel_assessment_of
from audits.usage.numbers import PREFIX
from audits.usage.words import period
from audits.wizard.answering import tell_locked, to_result, wizard_context
from audits.wizard.usage.effects import in_words, label_of

_CHANGED = (
    "Somebody else changed the numbers after you opened this page, so nothing was "
    "removed. Read them again, then remove the file."
)


@members_only
@require_http_methods(["GET", "POST"])
def remove_usage_file(
    request: MemberRequest, audit_id: UUID, file_id: UUID
) -> HttpResponse:
    """Ask whether to remove a usage file, or remove it."""
    load = audit_for_answering if request.method == "GET" else audit_for_editing
    audit = load(request.membership, audit_id)
    kept = usage_for_editing(request.membership, audit, file_id)
    if not audit.is_draft and request.method == "GET":
        return to_result(request, audit)
    if request.method == "GET":
        return _ask(request, audit, kept)
    if refusal := SAVES.refusal(request.user.pk):
        return mark_as_refused(too_many(request, refusal), refusal)
    takes_back, staying = "take-back" in request.POST, _typed_beside(audit, kept)
    seen = request.POST.get("seen", "") if takes_back else None
    try:
        saved = remove_usage(audit=audit, by=request.user, kept=kept, seen=seen)
    except StillUsed as error:
        messages.warning(request, str(error))
    except ChangedMeanwhile:
        audit.refresh_from_db()
        messages.warning(request, _CHANGED)
        return _ask(request, audit, kept, HTTPStatus.CONFLICT)
    except AuditLocked:
        tell_locked(request, audit)
        return to_result(request, audit)
    else:
        messages.success(request, f"{kept.name} is removed. {_said(saved, staying)}")
    return redirect("usage", audit.pk)


def _typed_beside(audit: Audit, kept: UsageUpload) -> list[str]:
    """Return the number that people typed and the file was split by, if it is there."""
    is_there = kept.prefix and values(audit.numbers).get(PREFIX) == kept.prefix
    return [label_of(PREFIX)] if is_there else []


def _said(saved: Saved | None, staying: Sequence[str]) -> str:
    if saved is None:
        return "Its numbers stay, but not as “measured”."
    verdict = saved.assessment.named.name
    so_far = f"now “{verdict}”" if saved.verdict_changed else "the same"
    typed = f" “{staying[0]}” was typed, and stays." if staying else ""
    return (
        f"Its numbers are as they were before.{typed} The verdict so far is {so_far}."
    )


def _ask(
    request: MemberRequest,
    audit: Audit,
    kept: UsageUpload,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    there, before = values(audit.numbers), taken_back(audit, kept)
    context = {
        **wizard_context(audit, request.user, panel_assessment_of(audit)),
        "step": "numbers",
        "kept": kept,
        "period": period(kept.first, kept.last),
        "stays": kept.pk in kept_for_others(audit, [kept]),
        "seen": numbers_seen(audit),
        "rows": [
            (label_of(name), in_words(name, there[name]), in_words(name, value))
            for name, value in before.items()
        ],
        "staying": [
            *(label_of(name) for name in kept.measured if name not in before),
            *_typed_beside(audit, kept),
        ],
    }
    return render(request, "wizard/usage/remove.html", context, status=status)

"""Overrides a signed verdict, and takes that back."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.audits import audit_to_override
from audits.access.members import MemberRequest, members_only
from audits.models import Audit, Override
from audits.models.fields.text import TypedText
from audits.models.sign_offs.overrides import MOST_OF_A_REASON
from audits.reviews.signing import SigningForm
from audits.services.reviews.opinions.overrides import (
    REASON_NEEDED,
    VERDICT_NEEDED,
    NotInForce,
    NotTheirs,
    OverriddenMeanwhile,
    override_verdict,
    why_not_override,
)
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.services.verdicts.overridden import overridden_of

_BACK = "back"
_NOT_IN_FORCE = "This verdict is no longer in force, so nothing was stored."
_MEANWHILE = (
    "Somebody overrode this verdict, or took that back, after you opened the page. "
    "Nothing was stored. Read it again."
)


class OverrideForm(SigningForm):
    """The verdict that counts, the reason, and who signs."""

    verdict = forms.ChoiceField(
        label="Which verdict counts?",
        widget=forms.RadioSelect({"class": "form-check-input"}),
        error_messages={"required": VERDICT_NEEDED, "invalid_choice": VERDICT_NEEDED},
    )
    words = TypedText(
        label="Reason",
        help_text=f"At most {MOST_OF_A_REASON} characters. The result and the board "
        "paper show it word for word.",
        max_length=MOST_OF_A_REASON,
        widget=forms.Textarea({"rows": 4, "class": "form-control"}),
        error_messages={"required": REASON_NEEDED},
    )
    read = forms.CharField(widget=forms.HiddenInput, required=False)
    name_goes = ", because your name goes under this override"
    beside = "Your name goes under this override."

    def __init__(self, request: MemberRequest, audit: Audit, data: Any = None) -> None:
        super().__init__(data, initial={"read": audit.override})
        self.fields["verdict"].choices = choices_of(audit)  # type: ignore[attr-defined]
        self.ask_who_signs(request, data)

    def clean(self) -> dict[str, Any]:
        """Check who signs once the rest is there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_who_signs(cleaned)
        return cleaned

    @property
    def override(self) -> dict[str, str]:
        """What a form without errors stores; the computed verdict is an empty one."""
        verdict = self.cleaned_data["verdict"]
        return {
            "verdict": "" if verdict == _BACK else verdict,
            "words": self.cleaned_data["words"],
            "read": self.cleaned_data["read"],
        }


def choices_of(audit: Audit) -> list[tuple[str, str]]:
    """Return the verdicts that can count instead, each with what its option costs."""
    framework, assessment = framework_of(audit), assessment_of(audit)
    computed = f"{assessment.named.name}, as computed: take the override back"
    others: list[tuple[str, str]] = [
        (verdict, words.name)
        for verdict, words in framework.verdicts.items()
        if verdict not in (audit.verdict, audit.override)
    ]
    return [(_BACK, computed), *others] if audit.override else others


def _posted(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


@members_only
@require_http_methods(["GET", "POST"])
def override(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the overrides of a verdict, and take a new one."""
    audit = audit_to_override(request.membership, audit_id)
    if why_not := why_not_override(audit, request.user):
        raise PermissionDenied(why_not)
    if audit.state != Audit.State.SIGNED_OFF:
        return redirect("result", audit.pk)
    form = OverrideForm(request, audit, _posted(request))
    if form.is_valid():
        _store(request, audit, form)
        if not form.errors:
            return redirect("result", audit.pk)
    status = HTTPStatus.UNPROCESSABLE_CONTENT if form.errors else HTTPStatus.OK
    return _show(request, audit, form, status)


def _store(request: MemberRequest, audit: Audit, form: OverrideForm) -> None:
    try:
        override_verdict(audit=audit, by=request.user, **form.override)
    except ValidationError as error:
        form.add_error(None, error)
    except OverriddenMeanwhile:
        form.add_error(None, _MEANWHILE)
    except NotInForce:
        messages.warning(request, _NOT_IN_FORCE)
    except NotTheirs as error:
        raise PermissionDenied(str(error)) from None


def _show(
    request: MemberRequest, audit: Audit, form: OverrideForm, status: int
) -> HttpResponse:
    framework, assessment = framework_of(audit), assessment_of(audit)
    names = {key: words.name for key, words in framework.verdicts.items()}
    context = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": "portfolio",
        "form": form,
        "computed": assessment.named,
        "overriding": overridden_of(audit),
        "overrides": [
            (each, names.get(each.verdict, each.verdict))  # type: ignore[call-overload]
            for each in Override.objects.of_audit(audit)
        ],
    }
    return render(request, "reviews/override.html", context, status=status)

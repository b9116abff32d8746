"""Overrides a signed verdict, takes that back, and shows both to who may read it."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.boundfield import BoundWidget
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.audits import audit_for_viewing, audit_to_override, list_of
from audits.access.members import MemberRequest, members_only
from audits.models import Audit, Membership, Override
from audits.models.fields.text import TypedText
from audits.models.sign_offs.overrides import MOST_OF_A_REASON
from audits.reviews.override_choices import OverrideChoice, override_choices
from audits.reviews.signing import SigningForm
from audits.services.due.board_decisions import of_board
from audits.services.people.times_of_day import today_shown
from audits.services.reviews.opinions.overrides import (
    BACK_NEEDED,
    REASON_NEEDED,
    VERDICT_NEEDED,
    NotInForce,
    NotTheirs,
    OverriddenMeanwhile,
    override_verdict,
    why_not_override,
)
from audits.services.verdicts.assessments import framework_of, verdict_named
from audits.services.verdicts.overridden import overridden_of

_BACK = "back"
_NOT_IN_FORCE = "This verdict is no longer in force, so nothing was stored."
_MEANWHILE = (
    "Somebody overrode this verdict, or took that back, after you opened the page. "
    "Nothing was stored. Read it again."
)
_RULED_OUT = "The result rules this out. Say that you know, or choose another verdict"
_READERS = "Only a reviewer can override a verdict or take that back."
_WHEN = {
    Audit.State.DRAFT: "A reviewer can override this verdict once it is submitted and "
    "signed off.",
    Audit.State.IN_REVIEW: "A reviewer can override this verdict once it is signed "
    "off. Until then, who reviews it can send it back.",
    Audit.State.SUPERSEDED: "Another audit replaced this verdict, so nobody can "
    "override it any more.",
}


class BackForm(SigningForm):
    """The reason for taking an override back, and who signs that."""

    words = TypedText(
        label="Reason",
        help_text=f"At most {MOST_OF_A_REASON} characters. The result and the appendix "
        "of the board paper show it word for word.",
        max_length=MOST_OF_A_REASON,
        widget=forms.Textarea({"rows": 4, "class": "form-control"}),
        error_messages={"required": BACK_NEEDED},
    )
    read = forms.CharField(widget=forms.HiddenInput, required=False)
    name_goes = ", because your name goes beside this"
    beside = "Your name goes beside this."
    is_back = True

    def __init__(self, request: MemberRequest, audit: Audit, data: Any = None) -> None:
        super().__init__(data, initial={"read": audit.override})
        self.ask_who_signs(request, data)

    def clean(self) -> dict[str, Any]:
        """Check who signs once the rest is there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_who_signs(cleaned)
        return cleaned

    @property
    def override(self) -> dict[str, str]:
        """What a form without errors stores; an empty verdict takes an override back.

        Without one, nothing was shown to be taken back.
        """
        cleaned = self.cleaned_data
        return {
            "verdict": cleaned.get("verdict", ""),
            "words": cleaned["words"],
            "read": cleaned["read"],
        }


class OverrideForm(BackForm):
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
    sure = forms.BooleanField(
        label="If the result rules it out: I know that, and choose it all the same",
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    field_order = ("verdict", "words")
    name_goes = ", because your name goes under this override"
    beside = "Your name goes under this override."
    is_back = False

    def __init__(self, request: MemberRequest, audit: Audit, data: Any = None) -> None:
        super().__init__(request, audit, data)
        self.computed_asks, self._options = override_choices(audit)
        self._out = {each.verdict for each in self._options if each.ruled_out}
        self.fields["verdict"].choices = [  # type: ignore[attr-defined]
            (each.verdict, each.name) for each in self._options
        ]
        if not self._out:
            del self.fields["sure"]

    @property
    def options(self) -> Iterator[tuple[BoundWidget, OverrideChoice]]:
        """Each verdict's own field, with what it would ask for."""
        return zip(self["verdict"], self._options, strict=True)

    def clean(self) -> dict[str, Any]:
        """Let nobody choose what the result rules out without saying that they know."""
        cleaned = super().clean()
        if cleaned.get("verdict") in self._out and not cleaned.get("sure"):
            self.add_error("sure", _RULED_OUT)
        return cleaned


def _form(request: MemberRequest, audit: Audit) -> BackForm:
    data = request.POST if request.method == "POST" else None
    asked = request.POST.get("do") or request.GET.get("do")
    is_back = asked == _BACK and bool(audit.override)
    return (BackForm if is_back else OverrideForm)(request, audit, data)


@members_only
@require_http_methods(["GET", "POST"])
def override(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the overrides of a verdict to who may read it, and take a new one."""
    member = request.membership
    if request.method == "GET":
        audit = audit_for_viewing(member, audit_id)
        why_not = _why_not(audit, member)
        return _show(request, audit, None if why_not else _form(request, audit))
    audit = audit_to_override(member, audit_id)
    if why_not := why_not_override(audit, request.user):
        raise PermissionDenied(why_not)
    if audit.state != Audit.State.SIGNED_OFF:
        messages.warning(request, _NOT_IN_FORCE)
        return redirect("override", audit.pk)
    form = _form(request, audit)
    if form.is_valid():
        _store(request, audit, form)
        if not form.errors:
            return redirect("result", audit.pk)
    status = HTTPStatus.UNPROCESSABLE_CONTENT if form.errors else HTTPStatus.OK
    return _show(request, audit, form, status)


def _why_not(audit: Audit, member: Membership) -> str:
    """Return why a reader cannot override a verdict; empty if they can."""
    if audit.state != Audit.State.SIGNED_OFF:
        return _WHEN[Audit.State(audit.state)]
    if not member.may_review:
        return _READERS
    return why_not_override(audit, member.user)


def _store(request: MemberRequest, audit: Audit, form: BackForm) -> None:
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
    request: MemberRequest,
    audit: Audit,
    form: BackForm | None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    framework = framework_of(audit)
    names = {key: words.name for key, words in framework.verdicts.items()}
    found = of_board(audit, today_shown())
    context = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": list_of(request.user, audit),
        "form": form,
        "why_not": "" if form else _why_not(audit, request.membership),
        "computed": verdict_named(audit),
        "overriding": overridden_of(audit),
        "decided": found.told if found else "",
        "overrides": [
            (each, names.get(each.verdict, each.verdict))  # type: ignore[call-overload]
            for each in Override.objects.of_audit(audit)
        ],
    }
    return render(request, "reviews/override.html", context, status=status)

"""The page on which an administrator exports an organization, and says what is kept."""

from tempfile import TemporaryFile

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.members import (
    MemberRequest,
    for_closed,
    members_only,
    require_administrator,
)
from audits.confirming.fresh import ask_to_confirm, fresh_only, is_fresh
from audits.held_forms import held_as
from audits.limits import EXPORTS, limited
from audits.organization.pages import show
from audits.services.privacy.organization_export import (
    record_export,
    write_organization,
)
from audits.services.privacy.retention import choose_retention

_MOST_YEARS, _MOST_MONTHS = 50, 120


def _number(label: str, most: int, unit: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=f"From 1 to {most} {unit}. Empty: for good.",
        required=False,
        min_value=1,
        max_value=most,
        widget=forms.NumberInput({"class": "form-control"}),
        error_messages={
            "min_value": f"Enter a number of {unit} from 1 to {most}",
            "max_value": f"Enter a number of {unit} from 1 to {most}",
            "invalid": f"Enter a number of {unit} from 1 to {most}",
        },
    )


class RetentionForm(forms.Form):
    """For how long drafts, replaced verdicts and sign-ins are kept."""

    drafts_months = _number(
        "Months to keep a draft that nobody changes", _MOST_MONTHS, "months"
    )
    signed_years = _number(
        "Years to keep a signed verdict after another replaced it", _MOST_YEARS, "years"
    )
    sign_ins_months = _number(
        "Months to keep who signed in and out", _MOST_MONTHS, "months"
    )


@members_only
@held_as("For how long the organization keeps what")
@require_http_methods(["GET", "POST"])
def organization_data(request: MemberRequest) -> HttpResponseBase:
    """Show for how long the organization keeps what, and change it."""
    require_administrator(request.membership)
    organization = request.membership.organization
    initial = {
        "signed_years": organization.keep_signed_years,
        "drafts_months": organization.keep_drafts_months,
        "sign_ins_months": organization.keep_sign_ins_months,
    }
    posted = request.POST if request.method == "POST" else None
    form = RetentionForm(posted, initial=initial)
    if form.is_valid():
        if form.has_changed() and not is_fresh(request, here=True):
            return ask_to_confirm(request, organization.name)
        choose_retention(
            organization=organization, by=request.user, **form.cleaned_data
        )
        messages.success(request, "Your choice is saved.")
        return redirect("organization_data")
    return show(request, "data", "organization_data", {"form": form})


@members_only
@for_closed
@held_as("The export of the organization", downloads="organization_data")
@require_POST
def export_organization(request: MemberRequest) -> HttpResponseBase:
    """Send all that the organization has to an administrator, as a zip."""
    require_administrator(request.membership)
    return _send(request)


@fresh_only
@limited(EXPORTS)
def _send(request: MemberRequest) -> HttpResponseBase:
    organization = request.membership.organization
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    content = write_organization(organization, file)
    record_export(organization=organization, by=request.user, content=content)
    file.seek(0)
    name = f"{organization.slug}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name)

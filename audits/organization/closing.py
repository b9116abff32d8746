"""The page on which an administrator closes the organization, or opens it again."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.members import (
    MemberRequest,
    for_closed,
    members_only,
    require_administrator,
)
from audits.confirming.fresh import ask_to_confirm, is_fresh
from audits.held_forms import held_as
from audits.models.fields.text import UncutField
from audits.organization.pages import show
from audits.plain_forms import PlainForm
from audits.services.privacy.closing import (
    KEPT,
    RemovalBegan,
    close_organization,
    ends_with,
    gone_on,
    is_over,
    take_back_closing,
)


class ClosingForm(PlainForm):
    """The name of the organization, typed by who is sure."""

    name = UncutField(
        label="Type the name of the organization",
        max_length=200,
        error_messages={"required": "Type the name as it is above"},
    )

    def __init__(self, own: str, *args: object) -> None:
        super().__init__(*args)
        self.own = own

    def clean_name(self) -> str:
        """Return the name, if it is theirs."""
        name: str = self.cleaned_data["name"]
        if name.split() != self.own.split():
            message = "Type the name as it is above"
            raise forms.ValidationError(message)
        return name


@members_only
@for_closed
@held_as("Close the organization, or open it again")
@require_http_methods(["GET", "POST"])
def close(request: MemberRequest) -> HttpResponseBase:
    """Say what follows from closing the organization, close it, or take that back."""
    require_administrator(request.membership)
    organization = request.membership.organization
    if organization.closed_at:
        return _closed(request)
    form = ClosingForm(
        organization.name, request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        if not is_fresh(request, here=True):
            return ask_to_confirm(request, organization.name)
        close_organization(organization=organization, by=request.user)
        return redirect("close_organization")
    invitations, shares = ends_with(organization)
    context = {
        "form": form,
        "days": KEPT.days,
        "invitations": invitations,
        "shares": shares,
    }
    return show(request, "close", "organization_data", context)


def _closed(request: MemberRequest) -> HttpResponseBase:
    organization = request.membership.organization
    if "open" in request.POST:
        if not is_fresh(request, here=True):
            return ask_to_confirm(request, organization.name)
        try:
            take_back_closing(organization=organization, by=request.user)
        except RemovalBegan:
            messages.warning(request, f"{organization} cannot be opened any more.")
            return redirect("close_organization")
        messages.success(request, f"{organization} is open again.")
        return redirect("organization")
    context = {"gone_on": gone_on(organization), "is_over": is_over(organization)}
    return render(request, "organization/closed.html", context)

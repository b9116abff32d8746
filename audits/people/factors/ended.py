"""Ending sessions, and requiring a second factor of an organization's members."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.members import (
    MemberRequest,
    members_only,
    require_administrator,
    signed_in_only,
)
from audits.people.factors.views import SignedInRequest
from audits.services.people.factors.required import (
    members_without_factor,
    require_second_factor,
)
from audits.services.people.sessions import end_session, end_sessions


@signed_in_only
@require_POST
def end(request: SignedInRequest) -> HttpResponse:
    """End one session, all others, or all of them with this one."""
    name = request.POST.get("session", "")
    this = request.session.session_key
    if name == "all":
        end_sessions(user=request.user, by=request.user)
        request.session.flush()
        return redirect("account_login")
    if name == "others":
        number = end_sessions(user=request.user, by=request.user, but=this)
        messages.success(request, _signed_out(number))
    elif end_session(user=request.user, name=name):
        messages.success(request, _signed_out(1))
    return redirect("sign_in_security")


def _signed_out(number: int) -> str:
    """Return how many devices were signed out.

    >>> _signed_out(0), _signed_out(2)
    ('No other device was signed in.', '2 devices are signed out.')
    """
    if number == 0:
        return "No other device was signed in."
    return f"{number} device{' is' if number == 1 else 's are'} signed out."


class RequiredForm(forms.Form):
    """Whether an organization requires a second factor."""

    required = forms.BooleanField(
        label="Members need a second factor",
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )


@members_only
@require_http_methods(["GET", "POST"])
def organization_sign_in(request: MemberRequest) -> HttpResponse:
    """Let an administrator choose how members of the organization sign in."""
    require_administrator(request.membership)
    organization = request.membership.organization
    now = {"required": organization.requires_second_factor}
    form = RequiredForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        require_second_factor(
            organization=organization,
            by=request.user,
            required=form.cleaned_data["required"],
        )
        messages.success(request, "Your choice is saved.")
        return redirect("organization_sign_in")
    context = {"form": form, "without": members_without_factor(organization)}
    return render(request, "people/factors/organization.html", context)

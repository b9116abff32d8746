"""The page on which an organization requires a second factor of its members."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audits.access.members import (
    MemberRequest,
    came_by_sign_on,
    members_only,
    require_administrator,
)
from audits.confirming.fresh import ask_to_confirm, is_fresh
from audits.held_forms import held_as
from audits.organization.pages import show
from audits.organization.sure import SURE, Question, ask_about
from audits.services.people.factors.required import (
    members_without_factor,
    require_second_factor,
)
from audits.services.single_sign_on.domains import has_domain
from audits.services.single_sign_on.providers import provider_of

_ASKED = {
    True: "Require a second factor of every member",
    False: "Require no second factor any more",
}
_SAID = {
    True: "Members need a second factor from now on.",
    False: "Members no longer need a second factor.",
}


class RequiredForm(forms.Form):
    """Whether an organization requires a second factor."""

    required = forms.BooleanField(
        label="Members need a second factor",
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )


def _asked_for(sent: QueryDict) -> str:
    """Say what a form that was sent does, for the page that offers to send it."""
    return _ASKED["required" in sent]


def _has_one(request: MemberRequest) -> bool:
    """Whether who chooses could go on if a second factor were required."""
    member = request.membership
    by_provider = came_by_sign_on(request, member)
    counts = member.organization.sign_on_has_factor and by_provider
    return counts or bool(getattr(member, "has_factor", False))


def _closed_to(without: int) -> Question:
    others = without - 1
    some = "1 other member, who has" if others == 1 else f"{others:,} others, who have"
    told = f" The same holds for {some} none either."
    return Question(
        "You have no second factor yourself",
        "If members need one, every page of your organization stays closed to you from "
        "your next click on, until you set one up. That takes about two minutes."
        f"{told if others > 0 else ''}",
        "Require it, then set mine up",
        "Set mine up first",
        "sign_in_security",
    )


def _opened_to(without: int) -> Question:
    some = f"{without or 'No'} members have" if without != 1 else "1 member has"
    return Question(
        "Require no second factor any more?",
        "From now on, a password alone lets every member without a second factor in, "
        f"also one that was stolen. {some} none now. Who has one goes on using it.",
        "Require it no more",
        "Keep it required",
        "organization_sign_in",
    )


@members_only
@held_as(_asked_for)
@require_http_methods(["GET", "POST"])
def organization_sign_in(request: MemberRequest) -> HttpResponseBase:
    """Let an administrator choose how members of the organization sign in."""
    require_administrator(request.membership)
    organization = request.membership.organization
    now = {"required": organization.requires_second_factor}
    form = RequiredForm(request.POST if request.method == "POST" else None, initial=now)
    without, lacks_own = members_without_factor(organization), not _has_one(request)
    if form.is_valid():
        if form.cleaned_data["required"] and lacks_own and SURE not in request.POST:
            return ask_about(request, _closed_to(without), {"required": "on"})
        is_lifted = now["required"] and not form.cleaned_data["required"]
        if is_lifted and SURE not in request.POST:
            return ask_about(request, _opened_to(without), {})
        if not is_fresh(request, here=True):
            return ask_to_confirm(request)
        required = form.cleaned_data["required"]
        require_second_factor(
            organization=organization, by=request.user, required=required
        )
        messages.success(request, _SAID[required])
        return redirect("organization_sign_in")
    context = {
        "form": form,
        "without": without,
        "lacks_own": lacks_own,
        "provider": provider_of(organization),
        "has_domain": has_domain(organization),
        "only_there": organization.requires_single_sign_on,
    }
    return show(request, "second_factor", "organization_sign_in", context)

"""The page of who may sign audits off."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only, require_administrator
from audits.confirming.fresh import ask_to_confirm, is_fresh
from audits.held_forms import held_as
from audits.organization.pages import show
from audits.services.reviews.opinions.second_opinions import (
    ask_for_second_opinions,
)
from audits.services.reviews.separation import let_answerers_sign

_CHOICES = (
    ("others", "Only reviewers who answered none of its questions"),
    ("answerers", "Reviewers who helped to answer it, too"),
)


class SignOffForm(forms.Form):
    """Whether those who answered an audit may sign it off."""

    who = forms.ChoiceField(
        choices=_CHOICES,
        widget=forms.RadioSelect({"class": "form-check-input"}),
        error_messages={
            "required": "Choose who may sign off",
            "invalid_choice": "Choose who may sign off",
        },
    )


class OpinionForm(forms.Form):
    """Whether a sign-off needs a second opinion."""

    opinion = forms.BooleanField(
        required=False,
        label="A sign-off needs a second opinion of another reviewer first",
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )


@members_only
@held_as("Who may sign off")
@require_http_methods(["GET", "POST"])
def sign_off_rules(request: MemberRequest) -> HttpResponseBase:
    """Show who may sign off, and change it."""
    require_administrator(request.membership)
    organization = request.membership.organization
    since = organization.answerers_may_sign_since
    posted = request.POST if request.method == "POST" else None
    form = SignOffForm(posted, initial={"who": "answerers" if since else "others"})
    asked_since = organization.second_opinion_since
    opinion = OpinionForm(posted, initial={"opinion": asked_since is not None})
    if form.is_valid() and opinion.is_valid():
        if not is_fresh(request, here=True):
            return ask_to_confirm(request)
        allowed = form.cleaned_data["who"] == "answerers"
        let_answerers_sign(organization=organization, by=request.user, allowed=allowed)
        asked = opinion.cleaned_data["opinion"]
        ask_for_second_opinions(organization=organization, by=request.user, asked=asked)
        messages.success(request, "The rule is saved.")
        return redirect("sign_off_rules")
    context = {
        "form": form,
        "since": since,
        "opinion": opinion["opinion"],
        "asked_since": asked_since,
    }
    return show(request, "sign_off_rules", "sign_off_rules", context)

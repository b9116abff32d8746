"""The page on which a person chooses how Attune works for them."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only
from audits.models import Mails
from audits.services.people.mail_kinds import at_once
from audits.services.people.people import HOUR, choose_mails


class MailsForm(forms.Form):
    """How often a person gets emails."""

    mails = forms.ChoiceField(
        choices=Mails,
        widget=forms.RadioSelect({"class": "form-check-input"}),
        error_messages={
            "required": "Choose how often",
            "invalid_choice": "Choose how often",
        },
    )


@members_only
@require_http_methods(["GET", "POST"])
def own_settings(request: MemberRequest) -> HttpResponse:
    """Show what a person chose, and store another choice."""
    posted = request.POST if request.method == "POST" else None
    form = MailsForm(posted, initial={"mails": request.user.mails})
    if form.is_valid():
        choose_mails(user=request.user, mails=form.cleaned_data["mails"])
        messages.success(request, "Your choice is saved.")
        return redirect("own_settings")
    context = {
        "form": form,
        "hour": f"{HOUR:02}:00",
        "at_once": at_once(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/own_settings.html", context, status=status)

"""The page on which a person chooses how Attune works for them."""

from datetime import datetime, time
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audits.access.members import (
    MemberRequest,
    for_closed,
    for_readers,
    invitations_of,
    may_found,
    members_only,
)
from audits.models import Mails
from audits.services.people.mail_kinds import at_once
from audits.services.people.people import HOUR, choose_mails
from audits.services.people.region import choose_region
from audits.services.people.times_of_day import place_of
from audits.written_fields.notations import notation_of_browser
from audits.written_fields.region import RegionForm, moment_in


class SettingsForm(RegionForm):
    """What a person chooses: times, numbers, and how often they get emails."""

    mails = forms.ChoiceField(
        choices=Mails,
        widget=forms.RadioSelect({"class": "form-check-input"}),
        error_messages={
            "required": "Choose how often",
            "invalid_choice": "Choose how often",
        },
    )


@members_only
@for_closed
@for_readers
@require_http_methods(["GET", "POST"])
def own_settings(request: MemberRequest) -> HttpResponse:
    """Show what a person chose, and store another choice."""
    form = _form(request)
    if form.is_valid():
        chosen = {**form.cleaned_data}
        with transaction.atomic():
            choose_mails(user=request.user, mails=chosen.pop("mails"))
            choose_region(user=request.user, **chosen)
        messages.success(request, "Your choice is saved.")
        return redirect("own_settings")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = _context(request, form)
    return render(request, "people/own_settings.html", context, status=status)


def _form(request: MemberRequest) -> SettingsForm:
    user, organization = request.user, request.membership.organization
    zone, usual = organization.time_zone, organization.number_style
    browser = notation_of_browser(request).sample
    return SettingsForm(
        request.POST if request.method == "POST" else None,
        initial={
            "mails": user.mails,
            "time_zone": user.time_zone,
            "number_style": user.number_style,
        },
        zone=f"As {organization}: {place_of(zone or settings.TIME_ZONE)}",
        numbers=(
            f"As {organization}: {usual}"
            if usual
            else f"As the language of your browser: {browser}"
        ),
    )


def _context(request: MemberRequest, form: SettingsForm) -> dict[str, Any]:
    seven = datetime.combine(timezone.localdate(), time(HOUR))
    return {
        "form": form,
        "invitations": invitations_of(request),
        "now": moment_in(request.membership.time_zone),
        "days_in": place_of(settings.TIME_ZONE),
        "languages": [str(name) for _, name in settings.LANGUAGES],
        "digest_at": timezone.make_aware(seven, timezone.get_default_timezone()),
        "at_once": at_once(),
        "may_make_another": may_found(request.user),
    }

"""The page of the time zone and of how numbers are written, for who did not choose."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only, require_administrator
from audits.organization.pages import show
from audits.services.people.region import set_region
from audits.services.people.times_of_day import place_of
from audits.written_fields.region import RegionForm, moment_in


@members_only
@require_http_methods(["GET", "POST"])
def organization_region(request: MemberRequest) -> HttpResponse:
    """Show what people have who did not choose, or store what they shall have."""
    require_administrator(request.membership)
    organization = request.membership.organization
    form = RegionForm(
        request.POST if request.method == "POST" else None,
        initial={
            "time_zone": organization.time_zone,
            "number_style": organization.number_style,
        },
        zone=f"As this installation: {place_of(settings.TIME_ZONE)}",
        numbers="As the language of each browser",
    )
    form.fields["number_style"].label = "How people write numbers"
    if form.is_valid():
        set_region(organization=organization, by=request.user, **form.cleaned_data)
        messages.success(request, "The settings of the organization are saved.")
        return redirect("organization_region")
    context = {
        "form": form,
        "now": moment_in(organization.time_zone),
        "days_in": place_of(settings.TIME_ZONE),
    }
    return show(request, "region", "organization_region", context)

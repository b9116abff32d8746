"""The page of an organization's name, and of what its board papers look like."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only, require_administrator
from audits.models import Organization
from audits.organization.forms import GeneralForm
from audits.organization.pages import show
from audits.plain_forms import why_dropped
from audits.services.organizations.settings import change_settings


@members_only
@require_http_methods(["GET", "POST"])
def general(request: MemberRequest) -> HttpResponse:
    """Show the settings, and store others."""
    require_administrator(request.membership)
    # Read again: a form writes into it what is refused, which the header would show.
    kept = Organization.objects.get(pk=request.membership.organization_id)
    if request.method == "POST":
        dropped = why_dropped(request, "a logo has up to 200 kB")
        form = GeneralForm(request.POST, request.FILES, instance=kept, refused=dropped)
        if form.is_valid():
            change_settings(organization=kept, by=request.user, changed=form.changed)
            messages.success(request, "The settings are saved.")
            return redirect("organization")
    else:
        form = GeneralForm(instance=kept)
    return show(request, "general", "organization", {"form": form, "kept": kept})

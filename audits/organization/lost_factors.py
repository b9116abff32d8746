"""An administrator removes the second factors of a member who lost them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from audits.access.members import MemberRequest, member_for_managing, members_only
from audits.confirming.fresh import ask_to_confirm, is_fresh
from audits.held_forms import held_as
from audits.services.organizations.lost_factors import (
    NotTheirs,
    remove_factors_of_member,
)


@members_only
@held_as("Remove the second factors of a member")
@require_POST
def remove_factors(request: MemberRequest, person_id: UUID) -> HttpResponseBase:
    """Ask who the administrator is, then let the member in by password alone."""
    found = member_for_managing(request.membership, person_id)
    if not is_fresh(request, here=True):
        return ask_to_confirm(request, str(found.user))
    try:
        remove_factors_of_member(member=found, by=request.membership)
    except NotTheirs as refused:
        messages.error(request, str(refused))
    else:
        said = f"{found.user} has no second factor now, and is signed out everywhere."
        messages.success(request, said)
    return redirect("member", person_id)

"""The form of the header with which a person works with another own organization."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from audits.access.members import (
    MemberRequest,
    refuse_provider_of_another,
    signed_in_only,
)
from audits.models import Membership
from audits.services.people.choosing import choose_organization


@signed_in_only
@require_POST
def switch(request: MemberRequest) -> HttpResponse:
    """Work with another organization of one's own, and open its page if one is named.

    A member of one organization gets what an unknown address gets.
    """
    member: Membership | None = request.membership
    asked = request.POST.get("organization", "")
    own = [member, *member.others] if member and member.others else []
    chosen = next((each for each in own if str(each.organization_id) == asked), None)
    if chosen is None:
        message = "No such organization"
        raise Http404(message)
    refuse_provider_of_another(request, chosen)
    choose_organization(member=chosen)
    page = request.POST.get("next", "")
    return redirect(page if _is_ours(page) else "use_cases")


def _is_ours(page: str) -> bool:
    return page.startswith("/") and url_has_allowed_host_and_scheme(page, None)

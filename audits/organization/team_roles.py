"""The form that gives a member a role for one team."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from audits.access.members import MemberRequest, member_for_managing, members_only
from audits.confirming.fresh import ask_to_confirm, is_fresh
from audits.held_forms import held_as
from audits.models import Role, Team
from audits.models.organizations import stronger
from audits.organization.words import A_ROLE
from audits.plain_forms import PlainForm
from audits.services.organizations.members import (
    LastAdministrator,
    OwnMembership,
    set_team_role,
)

_ROLES = (
    (Role.CONTRIBUTOR, "Contributor"),
    (Role.REVIEWER, "Reviewer"),
    (Role.ADMIN, "Administrator: also discards what others submitted"),
    ("none", "None of its own"),
)
_CHOOSE = "Choose a team"


class TeamRoleForm(PlainForm):
    """A team, and what somebody may do with its use cases."""

    team = forms.ModelChoiceField(
        Team.objects.none(),
        empty_label=_CHOOSE,
        to_field_name="public_id",
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    team_role = forms.ChoiceField(choices=_ROLES, label="Role for this team")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = cast("forms.ModelChoiceField[Team]", self.fields["team"])
        team.queryset = Team.objects.all()


@members_only
@held_as("A role for a team")
@require_POST
def team_role(request: MemberRequest, person_id: UUID) -> HttpResponseBase:
    """Give a member a role for one team, or none of its own."""
    found = member_for_managing(request.membership, person_id)
    form = TeamRoleForm(request.POST)
    if not form.is_valid():
        messages.warning(request, f"{_CHOOSE} and a role.")
        return redirect("member", person_id)
    if not is_fresh(request, here=True):
        return ask_to_confirm(request, str(found.user))
    team, chosen = form.cleaned_data["team"], form.cleaned_data["team_role"]
    role = None if chosen == "none" else Role(chosen)
    try:
        set_team_role(member=found, by=request.membership, team=team, role=role)
    except (OwnMembership, LastAdministrator):
        messages.warning(request, "Ask another administrator to change your own role.")
    except ValidationError as refused:
        messages.warning(request, f"{refused.messages[0]}.")
    else:
        is_now = f"is {role.label.lower()} for {team}" if role else ""
        said = is_now or f"has no role for {team} alone"
        more = ""
        if role and stronger(found.role, role) == found.role:
            more = (
                f" It changes nothing as long as they are {A_ROLE[Role(found.role)]} "
                "of the whole organization: the stronger role holds."
            )
        messages.success(request, f"{found.user} {said} from now on.{more}")
    return redirect("member", person_id)

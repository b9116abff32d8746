"""The pages of an organization's teams."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only, require_administrator
from audits.access.teams import team_for_managing
from audits.models import Team, UseCase
from audits.models.fields.text import TypedText
from audits.organization.pages import show
from audits.plain_forms import PlainForm
from audits.services.organizations.teams import (
    MOST_OF_A_NAME,
    add_team,
    archive_team,
    merge_teams,
    rename_team,
)

_A_PAGE = 100


class TeamNameForm(PlainForm):
    """The name of a team."""

    name = TypedText(
        max_length=MOST_OF_A_NAME,
        label="Name of the team",
        error_messages={
            "required": "Enter a name for the team",
            "max_length": f"Use {MOST_OF_A_NAME} characters or fewer for the team",
        },
    )


class MergeForm(PlainForm):
    """The team that stays."""

    into = forms.ModelChoiceField(
        Team.objects.none(),
        label="Merge it into",
        empty_label="Choose a team",
        to_field_name="public_id",
        error_messages={
            "required": "Choose the team that stays",
            "invalid_choice": "Choose the team that stays",
        },
    )

    def __init__(self, team: Team, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = cast("forms.ModelChoiceField[Team]", self.fields["into"])
        into.queryset = Team.objects.offered().exclude(pk=team.pk)


@members_only
@require_http_methods(["GET", "POST"])
def teams(request: MemberRequest) -> HttpResponse:
    """List the teams, and add one."""
    require_administrator(request.membership)
    form = TeamNameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            added = add_team(
                organization=request.membership.organization,
                by=request.user,
                name=form.cleaned_data["name"],
            )
        except ValidationError as refused:
            form.add_error("name", refused.messages[0])
        else:
            messages.success(request, f"The team “{added.name}” is added.")
            return redirect("organization_teams")
    counted = Team.objects.annotate(number=Count("use_cases"))
    counted = counted.order_by(Lower("name"), "pk")  # a count drops the model's order
    page = Paginator(counted.offered(), _A_PAGE).get_page(request.GET.get("page"))
    archived = counted.exclude(archived_at=None)[:_A_PAGE]
    context = {"form": form, "page": page, "archived": archived}
    return show(request, "teams", "organization_teams", context)


@members_only
@require_http_methods(["GET", "POST"])
def team(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Show one team; rename, archive or bring it back."""
    found = team_for_managing(request.membership, team_id)
    does = request.POST.get("do")
    if does in {"archive", "restore"}:
        archive_team(team=found, by=request.user, is_archived=does == "archive")
        said = "archived" if does == "archive" else "back"
        messages.success(request, f"The team “{found.name}” is {said}.")
        return redirect("organization_teams")
    posted = request.POST if request.method == "POST" else None
    form = TeamNameForm(posted, initial={"name": found.name})
    if form.is_valid():
        try:
            name = form.cleaned_data["name"]
            rename_team(team=found, by=request.user, name=name)
        except ValidationError as refused:
            form.add_error("name", refused.messages[0])
        else:
            messages.success(request, "The name is saved.")
            return redirect("organization_teams")
    context = {"form": form, "team": found, "merge": MergeForm(found)}
    return show(request, "team", "organization_teams", context)


@members_only
@require_http_methods(["GET", "POST"])
def merge(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Say what a merge moves, and merge once that is confirmed.

    The address names the team that stays: what is sent merges into no other one.
    """
    found = team_for_managing(request.membership, team_id)
    form = shown = MergeForm(found, request.GET)
    into = shown.cleaned_data["into"] if shown.is_valid() else None
    if request.method == "POST":
        form = MergeForm(found, request.POST)
        if form.is_valid():
            if form.cleaned_data["into"] == into:
                return _merged(request, found, into)
            form.add_error(None, _ANOTHER)
    context = {
        "form": form,
        "team": found,
        "into": into,
        "number": UseCase.objects.filter(team=found).count(),
    }
    return show(request, "merge_team", "organization_teams", context)


_ANOTHER = "This page showed another team. See what moves first, then merge"


def _merged(request: MemberRequest, found: Team, into: Team) -> HttpResponse:
    name = found.name
    number = merge_teams(team=found, into=into, by=request.user)
    said = f"“{name}” is merged into “{into.name}”"
    if number:
        said += f": {number:,} use case{'' if number == 1 else 's'} moved"
    messages.success(request, f"{said}.")
    return redirect("organization_teams")

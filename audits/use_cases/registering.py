"""The page that registers a use case."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only, require_registering
from audits.held_forms import held_as
from audits.limits import REGISTRATIONS, mark_as_refused
from audits.models import CONTRIBUTORS, Audit
from audits.services.use_cases.namesakes import namesakes_said
from audits.services.use_cases.use_cases import (
    last_number,
    register_use_case,
    team_named,
)
from audits.use_cases.forms import RegisterForm, TeamForm

NOT_YOURS = "Choose a team in which you may contribute"
_DIGITS = 9


@held_as("A new use case")
@members_only
@require_http_methods(["GET", "POST"])
def register(request: MemberRequest) -> HttpResponse:
    require_registering(request.membership)
    form = RegisterForm(request.POST) if request.method == "POST" else RegisterForm()
    refusal = None
    if form.is_bound and form.is_valid():
        refusal = REGISTRATIONS.refusal(request.user.pk)
        if refusal:
            form.add_error(None, refusal.sentence)
    if form.is_bound and form.is_valid() and not may_choose(request, form):
        form.add_error("team", NOT_YOURS)
    if form.is_bound and form.is_valid():
        try:
            audit = _register(request, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if said := namesakes_said(audit.use_case):
                messages.warning(request, said)
            return redirect("tasks", audit.pk)
    context = {"form": form, "nav": "use_cases", "shown": shown_to(request)}
    page = render(request, "use_cases/register.html", context)
    return mark_as_refused(page, refusal) if refusal else page


def may_choose(request: MemberRequest, form: TeamForm) -> bool:
    """Return whether a member may give the chosen team a use case."""
    member, team = request.membership, form.cleaned_data["team"]
    if member.role in CONTRIBUTORS:
        return True
    return team is not None and team.pk in member.contributes_to


def shown_to(request: MemberRequest) -> int:
    """Return the last number of a use case that was given when the page was opened."""
    said = request.POST.get("registered", "")
    if said.isdecimal() and len(said) < _DIGITS:
        return int(said)
    return last_number(request.membership.organization)


@transaction.atomic
def _register(request: MemberRequest, form: RegisterForm) -> Audit:
    """Create the team if it is new and register the use case, both or neither."""
    fields = form.cleaned_data
    organization = request.membership.organization
    team = fields["team"] or team_named(
        organization=organization, by=request.user, name=fields["new_team"]
    )
    return register_use_case(
        organization=organization,
        by=request.user,
        owner=request.user,
        team=team,
        name=fields["name"],
        summary=fields["summary"],
        stage=fields["stage"],
        tags=fields["tags"],
        own=form.own_values,
        shown=shown_to(request),
    )

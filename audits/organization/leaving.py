"""The page that deactivates a member, and asks who takes over."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, member_for_managing, members_only
from audits.confirming.fresh import ask_to_confirm, is_fresh
from audits.held_forms import held_as
from audits.models import Membership, UseCase, User
from audits.organization.pages import show
from audits.plain_forms import PlainForm
from audits.services.organizations.members import (
    Held,
    LastAdministrator,
    OwnMembership,
    end_membership,
    heirs_of,
    held_by,
)
from audits.services.reviews.separation import signed_by_nobody_else

NEEDED = "Choose who takes over"
_MOST_TEAMS = 20


class HeirForm(PlainForm):
    """Who gets what a member has; asked only if they have something."""

    heir = forms.ModelChoiceField(
        User.objects.none(),
        label="Who takes over?",
        empty_label="Choose a colleague",
        to_field_name="public_id",
        help_text="A colleague who may answer questions. They see what is theirs now "
        "in their inbox.",
        error_messages={"required": NEEDED, "invalid_choice": NEEDED},
    )

    def __init__(self, member: Membership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heir = cast("forms.ModelChoiceField[User]", self.fields["heir"])
        people = User.objects.filter(pk__in=heirs_of(member).values("user"))
        heir.queryset = people.order_by("name", "pk")
        if not held_by(member):
            del self.fields["heir"]


class LeavingForm(HeirForm):
    """Who takes over from who leaves, with somebody else for what is of some teams."""

    def __init__(self, member: Membership, *args: Any, **kwargs: Any) -> None:
        super().__init__(member, *args, **kwargs)
        if "heir" not in self.fields:
            return
        heir = cast("forms.ModelChoiceField[User]", self.fields["heir"])
        own = UseCase.objects.filter(owner=member.user).order_by()
        teams = own.values("team", "team__name").annotate(number=Count("pk"))
        self._teams = [*teams.order_by("team__name")[:_MOST_TEAMS]]
        for each in self._teams if len(self._teams) > 1 else ():
            number = each["number"]
            many = f"{number:,} use case{'' if number == 1 else 's'}"
            self.fields[f"team-{each['team']}"] = forms.ModelChoiceField(
                heir.queryset,
                required=False,
                label=f"What is of {each['team__name']} ({many})",
                empty_label="The colleague above",
                to_field_name="public_id",
                error_messages={"invalid_choice": NEEDED},
            )

    @property
    def of_teams(self) -> dict[int, User]:
        """Who gets what is of some teams, by the key of the team."""
        return {
            int(name.removeprefix("team-")): person
            for name, person in self.cleaned_data.items()
            if name.startswith("team-") and person
        }


def has_now(heir: User | None, held: Held) -> str:
    """Return the sentence that says what a colleague got, after a space.

    >>> has_now(User(name="Omar"), Held(use_cases=1, requests=2, conditions=0))
    ' Omar has their 1 use case and 2 answer requests now.'
    >>> has_now(None, Held(use_cases=0, requests=0, conditions=0))
    ''
    """
    if heir is None:
        return ""
    counted = (
        (held.use_cases, "use case"),
        (held.requests, "answer request"),
        (held.conditions, "condition"),
    )
    said = [f"{n:,} {what}{'' if n == 1 else 's'}" for n, what in counted if n]
    *first, last = said
    both = f"{', '.join(first)} and {last}" if first else last
    return f" {heir} has their {both} now."


def _said(
    found: Membership, heir: User | None, held: Held, of_teams: dict[int, User]
) -> str:
    others = {str(each) for each in of_teams.values() if each != heir}
    if not others:
        return f"{found.user} is deactivated.{has_now(heir, held)}"
    names = ", ".join(sorted(others))
    return f"{found.user} is deactivated. {heir} has what they had, and so has {names}."


@members_only
@held_as("Deactivate a member")
@require_http_methods(["GET", "POST"])
def deactivate(request: MemberRequest, person_id: UUID) -> HttpResponseBase:
    """Ask to whom a member's work goes, then hand it over and let them in no more."""
    found = member_for_managing(request.membership, person_id)
    if found.ended_at or found.pk == request.membership.pk:
        return redirect("member", person_id)
    form = LeavingForm(found, request.POST if request.method == "POST" else None)
    held = held_by(found)
    if form.is_valid():
        if not is_fresh(request):
            return ask_to_confirm(request, str(found.user))
        heir = form.cleaned_data.get("heir")
        try:
            end_membership(
                member=found,
                by=request.membership,
                heir=heir,
                of_teams=form.of_teams,
            )
        except (OwnMembership, LastAdministrator):
            form.add_error(None, "Make somebody else an administrator first")
        except ValidationError as refused:
            form.add_error(None, refused.messages[0])
        else:
            messages.success(request, _said(found, heir, held, form.of_teams))
            return redirect("members")
    alone = signed_by_nobody_else(found.user) if found.may_review else []
    context = {"form": form, "shown": found, "held": held, "alone": alone}
    return show(request, "deactivate_member", "members", context)

"""The page that deactivates a member, and asks who takes over."""

from collections.abc import Iterable, Mapping
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
from audits.models import (
    AnswerRequest,
    Membership,
    SignOffCondition,
    UseCase,
    User,
)
from audits.organization.pages import show
from audits.plain_forms import PlainForm
from audits.services.organizations.members import (
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
        self._teams: dict[int, str] = {}
        self._rest = ""
        if "heir" in self.fields:
            self._ask_by_team(member.user)

    def _ask_by_team(self, person: User) -> None:
        """Ask for each team of several; the first question is then for the rest."""
        own = UseCase.objects.filter(owner=person).order_by()
        teams = own.values("team", "team__name").annotate(number=Count("pk"))
        found = [*teams.order_by("team__name")]
        if not found[1:]:
            return
        heir = cast("forms.ModelChoiceField[User]", self.fields["heir"])
        for each in found[:_MOST_TEAMS]:
            many = _many(each["number"], "use case")
            self._teams[each["team"]] = each["team__name"]
            self.fields[f"team-{each['team']}"] = forms.ModelChoiceField(
                heir.queryset,
                required=False,
                label=f"What is of {each['team__name']} ({many})",
                empty_label="The colleague above",
                to_field_name="public_id",
                error_messages={"invalid_choice": NEEDED},
            )
        further = sum(each["number"] for each in found[_MOST_TEAMS:])
        self._rest = _rest_of(person, self._teams, further)
        heir.required = False
        heir.label = (
            f"Everything else, {self._rest}" if self._rest else "Who takes over?"
        )
        heir.help_text = (
            "A colleague who may answer questions. They also get what is of a team "
            "for which you choose nobody."
        )

    def clean(self) -> dict[str, Any]:
        """Need somebody for the rest, and for each team that nobody was chosen for."""
        cleaned = super().clean() or self.cleaned_data
        if not self._teams or cleaned.get("heir") or "heir" in self.errors:
            return cleaned
        of_teams = self.of_teams
        left = [name for pk, name in self._teams.items() if pk not in of_teams]
        if missing := [x for x in (self._rest, *left) if x]:
            self.add_error("heir", f"{NEEDED}: {', '.join(missing)}")
        else:
            cleaned["heir"] = next(iter(of_teams.values()))
        return cleaned

    @property
    def of_teams(self) -> dict[int, User]:
        """Who gets what is of some teams, by the key of the team."""
        return {
            int(name.removeprefix("team-")): person
            for name, person in self.cleaned_data.items()
            if name.startswith("team-") and person
        }


def _rest_of(person: User, teams: Iterable[int], use_cases: int) -> str:
    """Say what a member has beside what is of some teams, and where conditions belong.

    Note: this asks two queries.
    """
    asks = AnswerRequest.objects.open().filter(of=person)
    asked = asks.exclude(audit__use_case__team__in=teams).count()
    conditions = SignOffCondition.objects.asked_of(person.pk)
    beside = conditions.exclude(audit__use_case__team__in=teams)
    numbers = [*beside.order_by("pk").values_list("audit__use_case__number", flat=True)]
    said = [_many(use_cases, "use case")] if use_cases else []
    said += [_many(asked, "answer request")] if asked else []
    if numbers:
        of = ", ".join(sorted({UseCase.reference_of(each) for each in numbers}))
        said.append(f"{_many(len(numbers), 'condition')} of {of}")
    return _joined(said)


def has_now(got: Iterable[Mapping[str, int]]) -> str:
    """Return the sentences that say what colleagues got, after a space.

    Note: this asks a query for the names of the colleagues.
    """
    parts = [*got]
    people = User.objects.in_bulk([each["person"] for each in parts])
    return "".join(
        f" {people[each['person']]} has their {_counted(each)} now." for each in parts
    )


def _counted(got: Mapping[str, int]) -> str:
    """Return in words what a colleague got.

    >>> _counted({"person": 3, "use_cases": 1, "requests": 2})
    '1 use case and 2 answer requests'
    """
    kinds = (
        ("use_cases", "use case"),
        ("requests", "answer request"),
        ("conditions", "condition"),
    )
    said = [_many(number, what) for name, what in kinds if (number := got.get(name))]
    return _joined(said)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _joined(said: list[str]) -> str:
    *first, last = said or [""]
    return f"{', '.join(first)} and {last}" if first else last


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
        if not is_fresh(request, here=True):
            return ask_to_confirm(request, str(found.user))
        try:
            got = end_membership(
                member=found,
                by=request.membership,
                heir=form.cleaned_data.get("heir"),
                of_teams=form.of_teams,
            )
        except (OwnMembership, LastAdministrator):
            form.add_error(None, "Make somebody else an administrator first")
        except ValidationError as refused:
            form.add_error(None, refused.messages[0])
        else:
            messages.success(request, f"{found.user} is deactivated.{has_now(got)}")
            return redirect("members")
    reviews = found.may_review or found.team_roles
    alone = signed_by_nobody_else(found.user) if reviews else []
    context = {
        "form": form,
        "shown": found,
        "held": held,
        "alone": alone,
        "team_roles": found.roles.select_related("team").order_by("team__name"),
    }
    return show(request, "deactivate_member", "members", context)

"""The page on which somebody makes an organization, their first or one more."""

from http import HTTPStatus
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.members import (
    MemberRequest,
    came_by_what_a_provider_set,
    for_closed,
    for_readers,
    may_found,
    members_only,
)
from audits.confirming.fresh import let_go_if_ended
from audits.limits import Limit, too_many
from audits.models import User
from audits.models.fields.text import TypedText
from audits.services.demo.sample_drafts import add_sample_drafts
from audits.services.organizations.settings import BelongsAlready, found_organization
from audits.services.people.rate_limits import DAY

FOUNDINGS = Limit("ORGANIZATIONS_PER_DAY", "You can make {} organizations a day.", DAY)
_BELONGS = "You belong to an organization by now, so no other one was made."
_BY_PROVIDER = (
    "Your provider speaks for one organization alone. To make another one, sign out, "
    "and sign in with your password."
)


class FoundingForm(forms.Form):
    """The names of an organization and of its first team."""

    name = TypedText(
        max_length=80,
        label="Name of the organization",
        error_messages={
            "required": "Enter the name of the organization",
            "max_length": "Use 80 characters or fewer for the organization",
        },
    )
    team = TypedText(
        max_length=80,
        label="Name of your team",
        help_text="You can add more teams later.",
        error_messages={
            "required": "Enter the name of your team",
            "max_length": "Use 80 characters or fewer for the team",
        },
    )

    sample = forms.BooleanField(
        required=False,
        label="Add the sample portfolio",
        help_text="Use cases of an invented company, as drafts in teams of their own. "
        "You own them, and can discard each.",
    )

    # How many they belonged to when the page was opened: sent twice, it makes one.
    own = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


@login_required
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponseBase:
    """Make an organization and a team; who does so looks after them."""
    if not settings.FOUNDING_ALLOWED:
        raise Http404
    if getattr(request, "membership", None) is not None:
        return _found_another(request)
    if isinstance(request.user, User) and not may_found(request.user):
        return _to_own_organization(request)  # which says why
    return _answer(request, own=0)


@members_only
@for_closed
@for_readers
def _found_another(request: MemberRequest) -> HttpResponseBase:
    """Let a member make one more, in which they work from then on."""
    if not may_found(request.user):
        return _to_own_organization(request)
    if came_by_what_a_provider_set(request):
        raise PermissionDenied(_BY_PROVIDER)
    return _answer(request, own=1 + len(request.membership.others))


def _answer(request: HttpRequest, *, own: int) -> HttpResponseBase:
    sent = request.POST if request.method == "POST" else None
    form = FoundingForm(sent, initial={"own": own})
    if form.is_valid() and isinstance(request.user, User):
        if refusal := FOUNDINGS.refusal(request.user.pk):
            return too_many(request, refusal)
        try:
            _found(request.user, **form.cleaned_data)
        except BelongsAlready:
            messages.warning(request, _BELONGS)
            return redirect("own_settings")
        let_go_if_ended(request)
        if form.cleaned_data["sample"]:
            return redirect("portfolio")
        made = f"{form.cleaned_data['name']} is made, and you are its administrator."
        messages.success(request, made)
        return redirect("members")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/found.html", {"form": form}, status=status)


@transaction.atomic
def _found(
    person: User, *, name: str, team: str, sample: bool, own: int | None
) -> None:
    member = found_organization(person=person, name=name, team=team, own=own or 0)
    if sample:
        add_sample_drafts(member=member)


@members_only
@for_readers
def _to_own_organization(request: HttpRequest) -> HttpResponseBase:
    """Lead a member to their first page, or say that a form made nothing."""
    if request.method != "POST":
        return redirect("home")
    messages.warning(request, _BELONGS)
    return redirect("own_settings")

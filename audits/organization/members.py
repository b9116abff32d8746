"""The pages of an organization's members, and of who is invited."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import validate_email
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.invitations import invitation_for_managing
from audits.access.members import (
    MemberRequest,
    member_for_managing,
    members_only,
    require_administrator,
)
from audits.confirming.fresh import ask_to_confirm, is_fresh
from audits.held_forms import held_as
from audits.limits import INVITATIONS, too_many
from audits.models import CONTRIBUTORS, Invitation, Membership, Role, UseCase
from audits.models.fields.text import UncutField
from audits.organization.leaving import NEEDED, HeirForm, has_now
from audits.organization.pages import show
from audits.organization.team_roles import TeamRoleForm
from audits.organization.words import A_ROLE, ROLES
from audits.plain_forms import PlainForm
from audits.services.organizations.invitation_mails import preview
from audits.services.organizations.invitations import (
    NotOpen,
    invite,
    renew_invitation,
    withdraw_invitation,
)
from audits.services.organizations.members import (
    LastAdministrator,
    OwnMembership,
    change_role,
    held_by,
    is_last_administrator,
    take_back_ending,
)
from audits.services.people.factors.factors import FACTORS
from audits.services.reviews.separation import signed_by_nobody_else

MOST_AT_ONCE = 20
_A_PAGE = 100


class InviteForm(PlainForm):
    """Addresses, and the role of those who have them."""

    emails = UncutField(
        label="Email addresses",
        max_length=6000,
        widget=forms.Textarea({"rows": 3}),
        help_text=f"One on each line, up to {MOST_AT_ONCE}. Each gets its own link, "
        "which works once, within 7 days.",
        error_messages={"required": "Enter an email address"},
    )
    role = forms.ChoiceField(
        choices=ROLES,
        initial=Role.CONTRIBUTOR,
        error_messages={"required": "Choose a role"},
    )

    def clean_emails(self) -> list[str]:
        """Return the addresses, each once."""
        typed = self.cleaned_data["emails"].replace(",", " ").replace(";", " ").split()
        found = list(dict.fromkeys(address.lower() for address in typed))
        for address in found:
            try:
                validate_email(address)
            except ValidationError:
                message = f"“{address[:80]}” is not an email address"
                raise ValidationError(message) from None
        if len(found) > MOST_AT_ONCE:
            message = f"Enter {MOST_AT_ONCE} addresses at most, not {len(found)}"
            raise ValidationError(message)
        members = Membership.objects.filter(user__email__in=found)
        if known := members.values_list("user__email", flat=True).first():
            message = f"{known} is a member already"
            raise ValidationError(message)
        return found


_STAYS = (
    "This role answers questions, so they keep what they have. Choose nobody here, or "
    "deactivate them"
)


class RoleForm(HeirForm):
    """The role of a member, and who gets what they have if they may answer no more."""

    field_order = ("role", "heir")
    role = forms.ChoiceField(
        choices=ROLES, error_messages={"required": "Choose a role"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if heir := self.fields.get("heir"):
            heir.required = False
            heir.label = "Who takes over, if the new role answers no questions?"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("role") in CONTRIBUTORS:
            if cleaned.get("heir"):
                self.add_error("heir", _STAYS)
        elif "heir" in self.fields and "role" in cleaned and not cleaned.get("heir"):
            self.add_error("heir", NEEDED)
        return cleaned


@members_only
@held_as("An invitation")
@require_http_methods(["GET", "POST"])
def members(request: MemberRequest) -> HttpResponseBase:
    """List members and open invitations, and invite people."""
    require_administrator(request.membership)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["role"] == Role.ADMIN and not is_fresh(request, here=True):
            return ask_to_confirm(request, ", ".join(form.cleaned_data["emails"]))
        return _invite(request, form)
    everybody = _with_counts(Membership.objects.all())
    page = Paginator(everybody, _A_PAGE).get_page(request.GET.get("page"))
    ended = _with_counts(Membership.ever.exclude(ended_at=None))
    invitations = Invitation.objects.unanswered().select_related("by")
    context = {
        "form": form,
        "page": page,
        "ended": ended[:_A_PAGE],
        "invitations": invitations[:_A_PAGE],
        "mail": preview(request.membership.organization, request.user),
    }
    return show(request, "members", "members", context)


def _invite(request: MemberRequest, form: InviteForm) -> HttpResponseBase:
    emails, role = form.cleaned_data["emails"], Role(form.cleaned_data["role"])
    replaced = _replaced(emails, role)
    for email in emails:
        if refusal := INVITATIONS.refusal(request.user.pk):
            return too_many(request, refusal)
        invite(
            organization=request.membership.organization,
            by=request.user,
            email=email,
            role=role,
        )
    many = f"{len(emails)} people are invited." if len(emails) > 1 else ""
    said = many or f"{emails[0]} is invited."
    said = f"{said} “Open invitations” says when an email has left.{replaced}"
    messages.success(request, said)
    return redirect("members")


def _replaced(emails: list[str], role: Role) -> str:
    """Say which open invitations these replace, as their role is another one."""
    found = Invitation.objects.unanswered().filter(email__in=emails).exclude(role=role)
    named = [f"{x.email} ({x.get_role_display().lower()})" for x in found]
    if not named:
        return ""
    first = "first invitation" if len(named) == 1 else "first invitations"
    return f" This replaces the {first} of {', '.join(named)}: the old link is dead."


def _with_counts(found: QuerySet[Membership]) -> QuerySet[Any]:
    """Return members by name, with their use cases and whether they have a factor."""
    own = UseCase.objects.filter(owner=OuterRef("user")).order_by()
    counted = own.values("owner").annotate(number=Count("pk")).values("number")
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=FACTORS)
    members = found.select_related("user").annotate(
        number=Coalesce(Subquery(counted), 0), has_factor=Exists(factors)
    )
    members = members.prefetch_related("roles__team")
    return members.order_by(Lower("user__name"), "user__email")


@members_only
@held_as("What a member may do")
@require_http_methods(["GET", "POST"])
def member(request: MemberRequest, person_id: UUID) -> HttpResponseBase:
    """Show a member; change their role, or take back that they were deactivated."""
    found = member_for_managing(request.membership, person_id)
    by = request.membership
    if request.POST.get("do") == "restore":
        return _restored(request, found)
    posted = request.POST if request.method == "POST" else None
    form = RoleForm(found, posted, initial={"role": found.role})
    if form.is_valid():
        if not is_fresh(request, here=True):
            return ask_to_confirm(request, str(found.user))
        role, heir = Role(form.cleaned_data["role"]), form.cleaned_data.get("heir")
        if role == found.role:
            messages.info(request, f"{found.user} stays {A_ROLE[role]}.")
            return redirect("members")
        try:
            got = change_role(member=found, by=by, role=role, heir=heir)
        except (OwnMembership, LastAdministrator) as refused:
            form.add_error("role", _WHY_NOT[type(refused)])
        except ValidationError as refused:
            form.add_error(None, refused.messages[0])
        else:
            said = f"{found.user} is {A_ROLE[role]} now.{has_now(got)}"
            messages.success(request, said)
            return redirect("members")
    [shown] = _with_counts(Membership.ever.filter(pk=found.pk))
    reviews = found.may_review or found.team_roles
    context = {
        "form": form,
        "shown": shown,
        "held": held_by(found),
        "alone": signed_by_nobody_else(found.user) if reviews else [],
        "team_roles": found.roles.select_related("team").order_by("team__name"),
        "team_form": TeamRoleForm(),
        "is_own": found.pk == by.pk,
        "is_last": is_last_administrator(found),
    }
    return show(request, "member", "members", context)


_WHY_NOT = {
    OwnMembership: "Ask another administrator to change your own role",
    LastAdministrator: "Make somebody else an administrator first",
}


def _restored(request: MemberRequest, found: Membership) -> HttpResponseBase:
    if not is_fresh(request, here=True):
        return ask_to_confirm(request, str(found.user))
    try:
        take_back_ending(member=found, by=request.membership)
    except OwnMembership:
        return redirect("members")
    role = found.get_role_display().lower()
    said = f"{found.user} is a member again, as {role}."
    messages.success(request, f"{said} Give roles for single teams again.")
    return redirect("members")


@members_only
@held_as("A change of an invitation")
@require_POST
def invitation(request: MemberRequest, invitation_id: UUID) -> HttpResponseBase:
    """Renew an invitation, or withdraw it."""
    found = invitation_for_managing(request.membership, invitation_id)
    is_renewed = request.POST.get("do") == "renew"
    if is_renewed and found.role == Role.ADMIN and not is_fresh(request, here=True):
        return ask_to_confirm(request, found.email)
    if is_renewed and (refusal := INVITATIONS.refusal(request.user.pk)):
        return too_many(request, refusal)
    try:
        if is_renewed:
            renew_invitation(invitation=found, by=request.user)
            said = f"{found.email} gets a new link; the one before opens nothing."
        else:
            withdraw_invitation(invitation=found, by=request.user)
            said = f"The invitation of {found.email} is withdrawn."
    except NotOpen as over:
        said = f"The invitation of {found.email} was {over.state} meanwhile."
    messages.success(request, said)
    return redirect("members")

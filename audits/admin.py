"""The back office: rows for operators, not for members.

Its pages run without a scope, for superusers only (see middleware).
"""

from typing import Any, cast

from allauth.mfa.admin import Authenticator  # registers its page on import
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audits.models import (
    Audit,
    Event,
    FileProblem,
    Membership,
    Organization,
    RecordCheck,
    Team,
    UseCase,
    User,
)
from audits.organization.forms import MembershipForm, SettingsForm
from audits.people.back_office_parts import ReadOnlyAdmin, RecordedAdmin
from audits.people.passwords import (
    back_office_password,
    back_office_sign_in,
    may_enter_back_office,
)
from audits.services.files.logos import keep_digest
from audits.services.organizations.new_members import store_new
from audits.services.people.back_office import (
    record_membership,
    record_organization,
    record_person,
    record_team,
    settle_record,
)
from audits.services.people.factors.factors import remove_all_factors
from audits.services.reviews.separation import let_answerers_sign

# Its page shows what is stored of second factors, and lets it be changed.
admin.site.unregister(Authenticator)
# One sign-in page, with its limits on attempts, for members and operators.
admin.site.login = back_office_sign_in  # type: ignore[method-assign]
admin.site.has_permission = may_enter_back_office  # type: ignore[method-assign]
admin.site.password_change = back_office_password  # type: ignore[assignment,method-assign]
admin.site.site_header = "Attune back office"
admin.site.site_title = "Attune"


class OrganizationForm(SettingsForm):
    """An organization; a change of its sign-off setting leaves a separate event."""

    answerers_may_sign = forms.BooleanField(
        required=False,
        label="Reviewers may sign off audits that they helped to answer",
        help_text="For organizations with one reviewer. Each such sign-off says so on "
        "its page and its board paper. Changing this is recorded.",
    )

    class Meta(SettingsForm.Meta):
        fields = ("name", "slug", *SettingsForm.Meta.fields[1:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        since = self.instance.answerers_may_sign_since
        self.fields["answerers_may_sign"].initial = since is not None


@admin.register(User)
class UserAdmin(RecordedAdmin[User]):
    list_display = ("email", "name", "is_active", "is_superuser")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "last_login")
    readonly_fields = ("last_login",)
    actions = ("remove_factors",)

    @admin.action(description="Remove second factors", permissions=("change",))
    def remove_factors(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Let people in again who lost every second factor, and sign them out."""
        for person in people:
            remove_all_factors(user=person, by=cast("User", request.user))

    def recorded_save(
        self, old: User | None, new: User, by: User, changed: list[str]
    ) -> None:
        if old:
            record_person(person=new, by=by, changed=changed)

    def recorded_removal(self, old: User, by: User) -> None:
        for membership in old.memberships.select_related("organization"):
            role = membership.role
            record_membership(membership=membership, by=by, before=role, after=None)


@admin.register(Organization)
class OrganizationAdmin(RecordedAdmin[Organization]):
    form = OrganizationForm
    list_display = ("name", "slug", "answerers_may_sign_since", "created_at", "record")
    list_select_related = ("record_check",)
    readonly_fields = ("record",)

    @admin.display
    def record(self, organization: Organization) -> str:
        """Say how far the record was checked, and whether it is broken."""
        return str(getattr(organization, "record_check", "Record not checked yet"))

    def recorded_save(
        self, old: Organization | None, new: Organization, by: User, changed: list[str]
    ) -> None:
        if old is None:
            record_organization(organization=new, by=by, verb="organization.added")
        elif changed:
            verb = "organization.changed"
            record_organization(organization=new, by=by, verb=verb, changed=changed)

    def recorded_removal(self, old: Organization, by: User) -> None:
        """Record nothing: an organization that has a record cannot be removed."""

    def save_model(
        self, request: HttpRequest, obj: Organization, form: Any, change: bool
    ) -> None:
        """Store an organization, and with a new logo its SHA-256."""
        if "logo" in form.changed_data:
            keep_digest(obj)
        super().save_model(request, obj, form, change)
        let_answerers_sign(
            organization=obj,
            by=cast("User", request.user),
            allowed=form.cleaned_data["answerers_may_sign"],
        )


@admin.register(Team)
class TeamAdmin(RecordedAdmin[Team]):
    list_display = ("name", "organization")
    list_filter = ("organization",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Team | None = None
    ) -> tuple[str, ...]:
        """Keep a team in the organization of its use cases."""
        return ("organization",) if obj else ()

    def recorded_save(
        self, old: Team | None, new: Team, by: User, changed: list[str]
    ) -> None:
        if old is None or changed:
            verb = "team.renamed" if old else "team.founded"
            record_team(team=new, by=by, verb=verb)

    def recorded_removal(self, old: Team, by: User) -> None:
        record_team(team=old, by=by, verb="team.removed")


@admin.register(Membership)
class MembershipAdmin(RecordedAdmin[Membership]):
    form = MembershipForm
    list_display = ("user", "organization", "role", "ended_at")
    list_filter = ("organization", "role", ("ended_at", admin.EmptyFieldListFilter))
    store_new = staticmethod(store_new)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """List the ended ones, too."""
        return Membership.ever.order_by("pk")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Membership | None = None
    ) -> tuple[str, ...]:
        """Change a role only; another person or organization is another membership."""
        return ("user", "organization") if obj else ()

    def recorded_save(
        self, old: Membership | None, new: Membership, by: User, changed: list[str]
    ) -> None:
        before = old.role if old else None
        record_membership(membership=new, by=by, before=before, after=new.role)

    def recorded_removal(self, old: Membership, by: User) -> None:
        record_membership(membership=old, by=by, before=old.role, after=None)


@admin.register(UseCase)
class UseCaseAdmin(ReadOnlyAdmin):
    list_display = ("reference", "name", "team", "owner", "stage")
    list_filter = ("organization", "stage")


@admin.register(Audit)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ("use_case", "state", "verdict", "strength", "scored_at")
    list_filter = ("organization", "state")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("number", "at", "actor", "verb", "subject")
    list_filter = ("organization", "verb")


@admin.register(FileProblem)
class FileProblemAdmin(ReadOnlyAdmin):
    """Stored files that are missing or altered; solved problems come last."""

    list_display = (
        *("organization", "kind", "what", "noticed_at", "state"),
        *("closed_at", "file"),
    )
    list_filter = (
        ("closed_at", admin.EmptyFieldListFilter),
        *("kind", "state", "organization"),
    )


@admin.register(RecordCheck)
class RecordCheckAdmin(ReadOnlyAdmin):
    """How far each record was checked; removed to clear the mark of a broken one."""

    list_display = ("organization", "number", "checked_on", "broken_words")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(getattr(request.user, "is_superuser", False))

    def delete_model(self, request: HttpRequest, obj: RecordCheck) -> None:
        settle_record(check=obj, by=cast("User", request.user))

    def delete_queryset(
        self, request: HttpRequest, queryset: QuerySet[RecordCheck]
    ) -> None:
        for check in queryset:
            self.delete_model(request, check)

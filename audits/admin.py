"""The back office: rows for operators, not for members.

Its pages run without a scope, for superusers only (see middleware).
"""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.http import HttpRequest

from audits.models import Audit, Event, Membership, Organization, Team, UseCase, User
from audits.services.separation import let_answerers_sign

# One door, with its limits on attempts, for members and operators alike.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = "Attune back office"
admin.site.site_title = "Attune"


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Rows that only services may write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OrganizationForm(forms.ModelForm[Organization]):
    """An organization, with what leaves an event as a choice of its own."""

    answerers_may_sign = forms.BooleanField(
        required=False,
        label="Reviewers may sign off verdicts that rest on their own answers",
        help_text="For organizations with one reviewer. Each such sign-off says so on "
        "its page and its board paper. Changing this is recorded.",
    )

    class Meta:
        model = Organization
        fields = ("name", "slug", "paper_size", "accent", "logo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        since = self.instance.answerers_may_sign_since
        self.fields["answerers_may_sign"].initial = since is not None


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("email", "name", "is_active", "is_superuser")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "last_login")
    readonly_fields = ("last_login",)


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin[Organization]):
    form = OrganizationForm
    list_display = ("name", "slug", "answerers_may_sign_since", "created_at")

    def save_model(
        self, request: HttpRequest, obj: Organization, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        let_answerers_sign(
            organization=obj,
            by=cast("User", request.user),
            allowed=form.cleaned_data["answerers_may_sign"],
        )


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin[Team]):
    list_display = ("name", "organization")
    list_filter = ("organization",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Team | None = None
    ) -> tuple[str, ...]:
        """Keep a team where its use cases are."""
        return ("organization",) if obj else ()


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    list_display = ("user", "organization", "role")
    list_filter = ("organization", "role")


@admin.register(UseCase)
class UseCaseAdmin(ReadOnlyAdmin):
    list_display = ("reference", "name", "team", "owner", "stage")
    list_filter = ("organization", "stage")


@admin.register(Audit)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ("use_case", "state", "verdict", "confidence", "scored_at")
    list_filter = ("organization", "state")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("number", "at", "actor", "verb", "subject")
    list_filter = ("organization", "verb")

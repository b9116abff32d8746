"""The back office: rows for operators, not for members.

Its pages run without a scope, for superusers only (see middleware).
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from audits.models import (
    Audit,
    Event,
    FileProblem,
    Membership,
    Organization,
    Team,
    UseCase,
    User,
)
from audits.people.passwords import back_office_sign_in
from audits.services.logos import keep_digest

# One door, with its limits on attempts, for members and operators alike.
admin.site.login = back_office_sign_in  # type: ignore[method-assign]
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


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("email", "name", "is_active", "is_superuser")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "last_login")
    readonly_fields = ("last_login",)


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin[Organization]):
    list_display = ("name", "slug", "created_at")

    def save_model(
        self, request: HttpRequest, obj: Organization, form: Any, change: bool
    ) -> None:
        """Store an organization, and with a new logo its SHA-256."""
        if "logo" in form.changed_data:
            keep_digest(obj)
        super().save_model(request, obj, form, change)


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


@admin.register(FileProblem)
class FileProblemAdmin(ReadOnlyAdmin):
    """Stored files that are missing or altered; the last to be settled come last."""

    list_display = (
        *("organization", "kind", "what", "noticed_at", "state"),
        *("closed_at", "file"),
    )
    list_filter = (
        ("closed_at", admin.EmptyFieldListFilter),
        *("kind", "state", "organization"),
    )

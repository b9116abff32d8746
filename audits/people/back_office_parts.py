"""The kinds of pages that the back office is made of."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from audits.models import User


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Rows that only services may write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RecordedAdmin[M: Model](admin.ModelAdmin[M]):
    """Rows whose changes are recorded, each in the transaction of the change."""

    # Stores a row that an operator adds.
    store_new: Callable[[Any], object] = staticmethod(Model.save)

    def recorded_save(
        self, old: M | None, new: M, by: User, changed: list[str]
    ) -> None:
        """Record what was saved; `old` is None if it is new."""
        raise NotImplementedError

    def recorded_removal(self, old: M, by: User) -> None:
        """Record what is about to be removed."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        with transaction.atomic():
            kept = self.get_queryset(request).filter(pk=obj.pk)
            old = kept.first() if change else None
            (Model.save if change else self.store_new)(obj)
            by = cast("User", request.user)
            self.recorded_save(old, obj, by, form.changed_data)

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        with transaction.atomic():
            self.recorded_removal(obj, cast("User", request.user))
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[M]) -> None:
        with transaction.atomic():
            for obj in queryset:
                self.delete_model(request, obj)

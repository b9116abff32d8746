"""Imports of inventories."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from audits.access.members import require_administrator, require_contributor
from audits.access.owned import owned
from audits.models import Import, Membership, Role
from audits.models.jobs.imports import ImportQuerySet
from audits.services.use_cases.import_room import UNUSED


def import_for_removing(member: Membership, import_id: UUID) -> Import:
    """Return an import that a member may remove: their own, or any as administrator."""
    light = Import.objects.select_related("organization").defer("rows", "lines")
    found = owned(member, light.filter(pk=import_id).first(), "import")
    require_contributor(member)
    if found.by_id != member.user_id:
        require_administrator(member)
    return found


def unused_imports(member: Membership) -> ImportQuerySet:
    """Return the files that are not imported yet and that a member may remove."""
    light = Import.objects.select_related("by").defer("rows", "lines", "found")
    unused = light.filter(organization=member.organization, state__in=UNUSED)
    if member.role != Role.ADMIN:
        unused = unused.filter(by=member.user_id)
    return unused.order_by("-at")


def import_for_editing(member: Membership, import_id: UUID) -> Import:
    """Return an import of the member's organization; 403 unless it is their own.

    Colleagues must upload the file themselves: the record names the person who uploaded
    it, and that person owns each row without an owner.

    Its rows are loaded only on use: a page that waits needs none.
    """
    imports = Import.objects.select_related("organization", "by")
    light = imports.defer("rows", "lines", "found")
    found: Import | None = light.filter(pk=import_id).first()
    found = owned(member, found, "import")
    require_contributor(member)
    if found.by_id != member.user_id:
        message = (
            "Only the person who uploaded this file can see and import it. To import "
            "it yourself, upload the file."
        )
        raise PermissionDenied(message)
    return found

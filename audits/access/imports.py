"""Imports of inventories."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import Import, Membership


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

"""Imports of inventories."""

from uuid import UUID

from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import Import, Membership


def import_for_editing(member: Membership, import_id: UUID) -> Import:
    """Return an import of the member's organization; 403 for one who may only read.

    Its rows are loaded only on use: a page that waits needs none.
    """
    imports = Import.objects.select_related("organization", "by")
    light = imports.defer("rows", "lines", "found")
    found: Import | None = light.filter(pk=import_id).first()
    found = owned(member, found, "import")
    require_contributor(member)
    return found

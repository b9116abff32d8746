"""The states of the pages that import an inventory, or change many use cases."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page

from audits.models import BulkChange, Import, Role
from audits.services.use_cases import inventories
from audits.services.use_cases.bulk import changes, inventory_undo
from audits.services.use_cases.bulk.plans import digest_of
from audits.services.use_cases.bulk.reading import plan_of
from audits.services.use_cases.own_fields import archive_field, save_field
from tests.casting import Cast
from tests.e2e.states.state import (
    LEAD,
    LONG_NAME,
    PROBLEM,
    State,
    at,
    ours,
    press,
)
from tests.imports.conftest import row, sheet
from tests.uploads.tables.made_sheets import BROKEN


def select_broken_file(page: Page) -> None:
    file = FilePayload(
        name="x.csv", mimeType="text/csv", buffer=BROKEN["neither encoding"][0]
    )
    page.get_by_label("Inventory").set_input_files(file)
    press("Read the file")(page)


def of_import(cast: Cast) -> str:
    return reverse("import", args=[cast.ours.inventory.pk])


def read(*rows: list[str]) -> Callable[[Cast], None]:
    """Put a file in place of the cast's, and check its rows."""

    def before(cast: Cast) -> None:
        tenant = cast.ours
        with scope(organization=tenant.organization):
            inventory = inventories.start_import(
                organization=tenant.organization,
                by=tenant.contributor,
                name=f"{LONG_NAME}.csv",
                file=ContentFile(sheet(*rows)),
            )
            inventories.ask_to_check(inventory=inventory, columns=inventory.columns)
            inventories.check(inventory=inventory)
            Import.objects.filter(pk=tenant.inventory.pk).delete()
            Import.objects.filter(pk=inventory.pk).update(id=tenant.inventory.pk)

    return before


def working(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        inventory = cast.ours.inventory
        inventories.ask_to_check(inventory=inventory, columns=inventory.columns)


def written(cast: Cast) -> None:
    read(row("A-1"), row("A-2"))(cast)
    with scope(organization=cast.ours.organization):
        inventory = Import.objects.select_related("organization", "by").get(
            pk=cast.ours.inventory.pk
        )
        shown = inventories.digest_of_check(inventory)
        inventories.ask_to_write(inventory=inventory, shown=shown)
        inventories.write(inventory=inventory)


def undone(cast: Cast) -> None:
    written(cast)
    with scope(organization=cast.ours.organization):
        inventory = Import.objects.select_related("organization", "by").get(
            pk=cast.ours.inventory.pk
        )
        inventory_undo.ask_to_undo(inventory=inventory)
        inventory_undo.undo(inventory=inventory)


def of_change(cast: Cast) -> str:
    return reverse("bulk_change", args=[cast.ours.change.pk])


def change_undone(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        found = BulkChange.objects.select_related("organization", "by")
        change = found.get(pk=cast.ours.change.pk)
        changes.write_now(change=change, shown=digest_of(plan_of(change)))
        changes.undo_now(change=change)


def fields_added(cast: Cast) -> None:
    tenant = cast.ours
    whose: Any = {"organization": tenant.organization, "by": tenant.contributor}
    with scope(organization=tenant.organization):
        save_field(**whose, name=LONG_NAME[:40], kind="choice", choices=("EU", "US"))
        old = save_field(**whose, name="Old")
        archive_field(**whose, key=old.key)


PART = (row("A-1", Name=LONG_NAME * 3), row("", Team=LONG_NAME))
GOOD = (row("A-1"), row("UC-0001", Name=LONG_NAME), row("A-3", Team=LONG_NAME))
BAD = (row("A-1"), row("", Owner="nobody@example.org", Stage=LONG_NAME[:30]))
IMPORT_STATES = {
    "import_upload": State("Import an inventory", at("import_upload"), LEAD),
    "import_broken": State(PROBLEM, at("import_upload"), LEAD, act=select_broken_file),
    "import_columns": State("Match the columns", of_import, LEAD),
    "import_columns_refused": State(
        PROBLEM, of_import, LEAD, act=lambda page: leave_out(page, "name")
    ),
    "import_working": State("Checking the rows", of_import, LEAD, working),
    "import_good": State("Every row is valid", of_import, LEAD, read(*GOOD)),
    "import_bad": State("cannot be imported", of_import, LEAD, read(*BAD)),
    "import_part": State("Import 1 good row", of_import, LEAD, read(*PART)),
    "import_undone": State("Undone.", of_import, LEAD, undone),
    "change_many": State(
        PROBLEM, at("change_many", which="all"), LEAD, act=press("See what changes")
    ),
    "bulk_change": State("What becomes of each", of_change, LEAD),
    "bulk_change_undone": State("Undone.", of_change, LEAD, change_undone),
    "bulk_changes": State("Recent changes", at("bulk_changes"), LEAD, change_undone),
    "own_fields": State("Own fields", at("own_fields"), ours(Role.ADMIN), fields_added),
    "import_done": State("2 use cases registered", of_import, LEAD, written),
}


def leave_out(page: Page, field: str) -> None:
    page.locator(f"[name={field}]").select_option("")
    press("Check the rows")(page)

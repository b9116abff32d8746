"""Imports inventories: read, checked row by row, and written at once or not at all."""

import hashlib
import json
from collections.abc import Mapping

from django.core.files import File
from django.db import IntegrityError, transaction

from audits.inventories.presets import presets, recognised
from audits.models import Import, Organization, User
from audits.models.clock import database_now
from audits.services.jobs import leases
from audits.services.use_cases.import_room import make_room_of, require_room, size_of
from audits.services.use_cases.inventory_columns import guessed_columns
from audits.services.use_cases.inventory_own import all_columns
from audits.services.use_cases.inventory_rows import Planned, Rows
from audits.services.use_cases.inventory_writing import Overtaken, write_rows
from audits.uploads.tables.reading import table_of

_STEP = 250
CHANGED_SINCE = (
    "Something named in the file changed after the check, so nothing was imported. "
    "Check the rows again."
)


class CheckChanged(Exception):  # noqa: N818 - the state it is in, not a fault
    """The rows were checked again, perhaps with other columns, after they were read."""


def start_import(
    *,
    organization: Organization,
    by: User,
    name: str,
    file: "File[bytes]",
    encoding: str = "",
) -> Import:
    """Store the table of a file, with columns matched by their headings.

    Args:
        organization: Whose inventory.
        by: The importer.
        name: The file's name.
        file: The file itself.
        encoding: That of a CSV file; it is found out without one.

    Raises:
        RefusedTableError: It is not a valid table; nothing is stored.
        BusyError: Other files are being read.
        NoRoomForImports: The organization, or its importer, has no room for another.
    """
    require_room(organization)
    table = table_of(file, encoding)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    inventory = Import(
        organization=organization,
        by=by,
        file_name=name[-120:],
        sha256=digest.hexdigest(),
        headings=list(table.headings),
        rows=[list(row) for row in table.rows],
        lines=list(table.lines),
        encoding=table.encoding,
        columns=guessed_columns(table.headings, all_columns()),
    )
    preset = recognised(table.headings)
    inventory.preset = preset.id if preset else ""
    inventory.size = size_of(inventory.rows, inventory.lines)
    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
        require_room(organization, inventory.size)
        make_room_of(organization, by, inventory.size)
        inventory.save(force_insert=True)
    return inventory


def ask_to_check(
    *, inventory: Import, columns: Mapping[str, str], preset: str = ""
) -> bool:
    """Store the columns or the public format, and queue the check of the rows.

    Returns:
        Whether to enqueue a task; False while a worker has it.
    """
    return queue(
        inventory,
        (Import.State.READ, Import.State.CHECKED, Import.State.FAILED),
        Import.State.CHECKING,
        columns=dict(columns),
        preset=preset,
        found=[],
    )


def digest_of_check(inventory: Import) -> str:
    """Return a digest that identifies a check: its columns and its results."""
    told = [inventory.columns, inventory.preset, inventory.found]
    check = json.dumps(told, sort_keys=True)
    return hashlib.sha256(check.encode()).hexdigest()


@transaction.atomic
def ask_to_write(*, inventory: Import, shown: str, only_good: bool = False) -> bool:
    """Queue the writing of the checked rows; False if some are invalid.

    Args:
        inventory: The import; its row is read again and locked.
        shown: The `digest_of_check` of the check that the person read.
        only_good: Whether the rows that are valid are written without the others.

    Raises:
        CheckChanged: The rows were checked again since then.
    """
    inventory.refresh_from_db(
        from_queryset=Import.objects.select_for_update(no_key=True)
    )
    if shown != digest_of_check(inventory):
        raise CheckChanged
    refused = sum(row["does"] == "refused" for row in inventory.found)
    if refused and (not only_good or refused == len(inventory.found)):
        return False
    return queue(
        inventory,
        (Import.State.CHECKED,),
        Import.State.WRITING,
        only_good=bool(refused),
    )


def check(*, inventory: Import) -> None:
    """Plan every row and store the result; write nothing else.

    Raises:
        LeaseLost: Another worker has it.
    """
    found = [plan.told() for plan in _planned(inventory)]
    size = size_of(inventory.rows, inventory.lines, found)
    state = Import.State.CHECKED
    if not leases.finish(job=inventory, state=state, found=found, size=size):
        raise leases.LeaseLost
    inventory.refresh_from_db()


def write(*, inventory: Import) -> None:
    """Make use cases of the rows: of all, of the good ones if asked to, or of none.

    The rows are planned again without a lock, because somebody may have changed the
    same use cases; a second check follows under the lock.

    Raises:
        LeaseLost: Another worker has it.
    """
    planned = list(_planned(inventory))
    if [plan.told() for plan in planned] != inventory.found:
        leases.fail(job=inventory, reason=CHANGED_SINCE)
        return
    try:
        write_rows(inventory, planned)
    except (Overtaken, IntegrityError):  # another import registered the same
        leases.fail(job=inventory, reason=CHANGED_SINCE)


def queue(
    inventory: Import,
    before: tuple[Import.State, ...],
    to: Import.State,
    **columns: object,
) -> bool:
    """Queue an import for a worker; False if one has it, or its state differs."""
    own = Import.objects.filter(pk=inventory.pk)
    now = database_now()
    free = own.filter(state__in=before) | own.overdue(now)
    queued = free.update(state=to, done=0, attempts=0, **leases.queued(now), **columns)
    inventory.refresh_from_db()
    return bool(queued)


def _planned(inventory: Import) -> list[Planned]:
    """Plan all rows, and report the progress from time to time."""
    rows = Rows(
        inventory.organization,
        inventory.by,
        inventory.table,
        inventory.columns,
        presets().get(inventory.preset),
    )
    planned: list[Planned] = []
    for plan in rows.planned():
        planned.append(plan)
        if len(planned) % _STEP == 0:
            leases.extend(job=inventory, done=len(planned))
    return planned

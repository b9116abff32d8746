"""Imports inventories: read, checked row by row, and written whole or not at all."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from itertools import batched
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from audits.frameworks.loading import loader
from audits.models import Audit, Import, Organization, PortfolioRow, Team, UseCase, User
from audits.models.clock import database_now
from audits.services.jobs import leases
from audits.services.portfolio.rows import (
    add_portfolio_rows,
    follow_use_cases,
    replace_columns,
)
from audits.services.record import events
from audits.services.use_cases.import_room import make_room_of, require_room, size_of
from audits.services.use_cases.inventory_rows import Planned, Rows, guessed_columns
from audits.services.use_cases.use_cases import last_deleted
from audits.uploads.tables.reading import table_of

_STEP = 250
_BATCH = 500
# No organization has so many use cases; a column holds twice the number.
_FAR = 1_000_000_000
_FIELDS = ("name", "team", "summary", "owner", "stage")
CHANGED_SINCE = (
    "Something named in the file changed after the check, so nothing was imported. "
    "Check the rows again."
)


class _Overtaken(Exception):  # noqa: N818 - the state it is in, not a fault
    """Another import changed the same use cases since the rows were planned."""


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
        columns=guessed_columns(table.headings),
    )
    inventory.size = size_of(inventory.rows, inventory.lines)
    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
        require_room(organization, inventory.size)
        make_room_of(organization, by, inventory.size)
        inventory.save(force_insert=True)
    return inventory


def ask_to_check(*, inventory: Import, columns: Mapping[str, str]) -> bool:
    """Store the columns, and queue the check of the rows.

    Returns:
        Whether to enqueue a task; False while a worker has it.
    """
    return _queue(
        inventory,
        (Import.State.READ, Import.State.CHECKED, Import.State.FAILED),
        Import.State.CHECKING,
        columns=dict(columns),
        found=[],
    )


def digest_of_check(inventory: Import) -> str:
    """Return a digest that identifies a check: its columns and its results."""
    check = json.dumps([inventory.columns, inventory.found], sort_keys=True)
    return hashlib.sha256(check.encode()).hexdigest()


@transaction.atomic
def ask_to_write(*, inventory: Import, shown: str) -> bool:
    """Queue the writing of the checked rows; False if some are invalid.

    Args:
        inventory: The import; its row is read again and locked.
        shown: The `digest_of_check` of the check that the person read.

    Raises:
        CheckChanged: The rows were checked again since then.
    """
    inventory.refresh_from_db(
        from_queryset=Import.objects.select_for_update(no_key=True)
    )
    if shown != digest_of_check(inventory):
        raise CheckChanged
    if any(row["does"] == "refused" for row in inventory.found):
        return False
    return _queue(inventory, (Import.State.CHECKED,), Import.State.WRITING)


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
    """Make use cases of the rows: of all, or of none.

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
        _write(inventory, planned)
    except (_Overtaken, IntegrityError):  # another import registered the same
        leases.fail(job=inventory, reason=CHANGED_SINCE)


@transaction.atomic
def _write(inventory: Import, planned: list[Planned]) -> None:
    """Write all rows, and only then lock the record of the organization.

    Nobody of the organization can sign in or export anything without a line in the
    record, so what takes long comes before: new use cases have high numbers until the
    record is locked, and get the next ones then.

    Raises:
        LeaseLost: Another worker has it.
        _Overtaken: Another import changed the same use cases since the plan.
    """
    organization = inventory.organization
    _lock(planned)
    if _is_overtaken(organization, planned):
        raise _Overtaken
    # The report stays for a while; the file is of no more use.
    rest: dict[str, Any] = {"rows": [], "lines": [], "size": size_of(inventory.found)}
    if not leases.finish(job=inventory, state=Import.State.DONE, **rest):
        raise leases.LeaseLost
    teams = _teams(organization, planned)
    first = _FAR + secrets.randbelow(_FAR)
    registered = _register(organization, teams, planned, first)
    changes = _change(teams, planned)
    imported = events.Entry(
        verb="inventory.imported",
        subject=str(inventory.pk),
        details={
            "sha256": inventory.sha256,
            "registered": registered,
            "changed": len(changes),
        },
    )
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    _number(organization, first)
    events.record_all(
        organization=organization, actor=inventory.by, entries=[*changes, imported]
    )


def _queue(
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
        inventory.organization, inventory.by, inventory.table, inventory.columns
    )
    planned: list[Planned] = []
    for plan in rows.planned():
        planned.append(plan)
        if len(planned) % _STEP == 0:
            leases.extend(job=inventory, done=len(planned))
    return planned


def _lock(planned: list[Planned]) -> None:
    """Lock the rows to change, in the order that `events.record` needs.

    Saves of other use cases continue meanwhile.
    """
    changing = sorted(
        plan.use_case.pk for plan in planned if plan.use_case and plan.changes
    )
    use_cases = UseCase.objects.order_by("pk").values_list("pk")
    portfolio_rows = PortfolioRow.objects.order_by("use_case_id").values_list("pk")
    for some in batched(changing, _BATCH, strict=False):
        list(use_cases.filter(pk__in=some).select_for_update(no_key=True))
    for some in batched(changing, _BATCH, strict=False):
        own = portfolio_rows.filter(use_case__in=some)
        list(own.select_for_update(no_key=True))


def _is_overtaken(organization: Organization, planned: list[Planned]) -> bool:
    """Return whether another import changed the same use cases since the plan."""
    columns = ("name", "team_id", "summary", "owner_id", "stage")
    own = UseCase.objects.filter(organization=organization)
    now = {
        pk: (reference, values)
        for pk, reference, *values in own.values_list(
            "pk", "external_reference", *columns
        )
    }
    taken = {reference for reference, _ in now.values()}
    return any(
        now[plan.use_case.pk][1] != [getattr(plan.use_case, name) for name in columns]
        if plan.use_case
        else plan.reference in taken
        for plan in planned
    )


def _teams(organization: Organization, planned: list[Planned]) -> dict[str, Team]:
    names = {plan.values["team"] for plan in planned}
    own = Team.objects.filter(organization=organization)
    new = names - set(own.values_list("name", flat=True))
    Team.objects.bulk_create(
        (Team(organization=organization, name=name) for name in sorted(new)),
        ignore_conflicts=True,  # somebody founds the same now
    )
    return {team.name: team for team in own}


def _register(
    organization: Organization,
    teams: Mapping[str, Team],
    planned: list[Planned],
    first: int,
) -> int:
    """Register use cases, numbered from the first of the numbers far away."""
    new = [plan for plan in planned if plan.does == "register"]
    framework = loader.current()
    use_cases = [
        UseCase(
            organization=organization,
            number=first + place,
            external_reference=plan.reference,
            **{**plan.values, "team": teams[plan.values["team"]]},
        )
        for place, plan in enumerate(new)
    ]
    for some in batched(use_cases, _BATCH, strict=False):
        UseCase.objects.bulk_create(some)
        audits = Audit.objects.bulk_create(
            Audit(
                organization=organization,
                use_case=use_case,
                framework=framework.name,
                framework_version=framework.version,
                framework_hash=framework.content_hash,
            )
            for use_case in some
        )
        add_portfolio_rows(audits)
    return len(use_cases)


def _number(organization: Organization, first: int) -> None:
    """Give the new use cases the next numbers of the organization, which is locked."""
    own = UseCase.objects.filter(organization=organization)
    last = own.filter(number__lt=_FAR).aggregate(last=Max("number"))["last"] or 0
    last = max(last, last_deleted(organization))
    for model in (UseCase, PortfolioRow):
        new = model.objects.filter(organization=organization, number__gte=_FAR)
        new.update(number=F("number") - first + last + 1)


def _change(teams: Mapping[str, Team], planned: list[Planned]) -> list[events.Entry]:
    """Change use cases, and return a line of the record for each."""
    changing = [plan for plan in planned if plan.does == "change"]
    lines = []
    for plan in changing:
        use_case = plan.use_case
        assert use_case is not None  # noqa: S101 - what is changed was found
        lines.append(_line(use_case, plan))
        for name, value in plan.values.items():
            setattr(use_case, name, teams[value] if name == "team" else value)
    use_cases = [plan.use_case for plan in changing if plan.use_case]
    replace_columns(UseCase, use_cases, _FIELDS)
    follow_use_cases(use_cases)
    return lines


def _line(use_case: UseCase, plan: Planned) -> events.Entry:
    """Tell what of a use case changes, from what to what; an owner is an id.

    The row of the import is removed after a month, so only the record can tell later
    what a colleague had written.
    """
    before = {
        "name": use_case.name,
        "team": use_case.team.name,
        "summary": use_case.summary,
        "owner": use_case.owner,
        "stage": use_case.stage,
    }
    told = {
        name: [_kept(before[name]), _kept(plan.values[name])]
        for name in _FIELDS
        if plan.values.get(name, before[name]) != before[name]
    }
    return events.Entry(
        verb="use_case.changed",
        subject=use_case.reference,
        details={"changed": list(told), **told},
    )


def _kept(value: object) -> object:
    """Return a value as the record keeps it, which has no names of people."""
    return value.pk if isinstance(value, User) else str(value)

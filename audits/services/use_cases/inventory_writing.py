"""Writes the planned rows of an inventory: all at once, or nothing."""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from audits.frameworks.loading import loader
from audits.models import (
    Audit,
    Import,
    ImportedRow,
    Organization,
    PortfolioRow,
    Team,
    UseCase,
    User,
)
from audits.models.events import IMPORTED
from audits.services.jobs import leases
from audits.services.portfolio.rows import (
    add_portfolio_rows,
    follow_use_cases,
    replace_columns,
)
from audits.services.record import events
from audits.services.use_cases.given import Given, tell_owners
from audits.services.use_cases.import_room import size_of
from audits.services.use_cases.inventory_fills import fill_new, numbers_of
from audits.services.use_cases.inventory_rows import Planned
from audits.services.use_cases.use_cases import last_deleted

BATCH = 500
# No organization has so many use cases; a column holds twice the number.
_FAR = 1_000_000_000
FIELDS = ("name", "team", "summary", "owner", "stage", "tags", "own")


class Overtaken(Exception):  # noqa: N818 - the state it is in, not a fault
    """Another import changed the same use cases since the rows were planned."""


@transaction.atomic
def write_rows(inventory: Import, planned: list[Planned]) -> None:
    """Write all rows but the refused ones, and only then lock the record.

    Nobody of the organization can sign in or export anything without a line in the
    record, so what takes long comes before: new use cases have high numbers until the
    record is locked, and get the next ones then.

    Raises:
        LeaseLost: Another worker has it.
        Overtaken: Another import changed the same use cases since the plan.
    """
    organization = inventory.organization
    refused = {plan.line for plan in planned if plan.does == "refused"}
    planned = [plan for plan in planned if plan.does != "refused"]
    lock_to_change([p.use_case.pk for p in planned if p.use_case and p.changes])
    if _is_overtaken(organization, planned):
        raise Overtaken
    rest = _rest(inventory, refused)
    if not leases.finish(job=inventory, state=Import.State.DONE, **rest):
        raise leases.LeaseLost
    before = _before(planned)
    teams, founded = _teams(organization, planned)
    first = _FAR + secrets.randbelow(_FAR)
    registered, filled = _register(organization, teams, planned, first, inventory.by)
    changes = _change(teams, planned, inventory)
    rows = [*registered, *_of(planned)]
    told = [*_written(rows, before, _keep(inventory, rows))]
    written = {"teams": founded, "rows": told}
    size = size_of(inventory.found, *rest.values(), written)
    Import.objects.filter(pk=inventory.pk).update(written=written, size=size)
    imported = events.Entry(
        verb="inventory.imported",
        subject=str(inventory.pk),
        details={
            "sha256": inventory.sha256,
            "registered": len(registered),
            "changed": len(changes),
            **({"refused": len(refused)} if refused else {}),
        },
    )
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    new = _told_as_new(inventory, _number(organization, first), len(registered))
    events.record_all(
        organization=organization,
        actor=inventory.by,
        entries=[*new, *filled, *changes, imported],
    )


def _told_as_new(inventory: Import, first: int, count: int) -> Iterable[events.Entry]:
    """Yield a line of the record for each use case that an import registered.

    Args:
        inventory: The import.
        first: The number of the first one.
        count: How many there are.
    """
    for number in range(first, first + count):
        yield events.Entry(
            verb=IMPORTED,
            subject=UseCase.reference_of(number),
            details={"inventory": str(inventory.pk)},
        )


def _rest(inventory: Import, refused: Collection[int]) -> dict[str, Any]:
    """Return what stays of the table for a while: the rows of refused lines."""
    left = [(line, row) for line, row in inventory.table if line in refused]
    return {"rows": [row for _, row in left], "lines": [line for line, _ in left]}


def lock_to_change(ids: Iterable[Any]) -> None:
    """Lock use cases to change, and their rows, in the order that the record needs.

    Saves of other use cases continue meanwhile.
    """
    changing = sorted(ids)
    use_cases = UseCase.objects.order_by("pk").values_list("pk")
    portfolio_rows = PortfolioRow.objects.order_by("use_case_id").values_list("pk")
    for some in batched(changing, BATCH, strict=False):
        list(use_cases.filter(pk__in=some).select_for_update(no_key=True))
    for some in batched(changing, BATCH, strict=False):
        own = portfolio_rows.filter(use_case__in=some)
        list(own.select_for_update(no_key=True))


def _is_overtaken(organization: Organization, planned: list[Planned]) -> bool:
    """Return whether another import changed the same use cases since the plan."""
    columns = ("name", "team_id", "summary", "owner_id", "stage", "tags", "own")
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


def _of(planned: list[Planned]) -> list[tuple[UseCase, Planned]]:
    """Return the use cases that change, each with its plan."""
    return [(p.use_case, p) for p in planned if p.use_case and p.does == "change"]


def _before(planned: list[Planned]) -> dict[Any, dict[str, Any]]:
    """Return the values of the use cases that change, by their ids."""
    return {use_case.pk: stored_values(use_case) for use_case, _ in _of(planned)}


def stored_values(use_case: UseCase) -> dict[str, Any]:
    """Return what an import may change of a use case; team and owner are ids."""
    return {
        "name": use_case.name,
        "team": str(use_case.team_id),
        "summary": use_case.summary,
        "owner": str(use_case.owner_id),
        "stage": str(use_case.stage),
        "tags": use_case.tags,
        "own": use_case.own,
    }


def mark_of(values: Mapping[str, Any]) -> str:
    """Return a digest that tells whether somebody changed the values since."""
    text = json.dumps(values, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _keep(
    inventory: Import, written: list[tuple[UseCase, Planned]]
) -> dict[Any, dict[str, Any]]:
    """Keep the cells of the rows, and return those that they replace."""
    replaced: dict[Any, dict[str, Any]] = {}
    with_cells = [(use_case, plan) for use_case, plan in written if plan.kept]
    for some in batched(with_cells, BATCH, strict=False):
        old = ImportedRow.objects.filter(
            use_case__in=[use_case for use_case, _ in some]
        )
        replaced |= {r.pk: {"preset": r.preset, "cells": r.cells} for r in old}
        replace_columns(
            ImportedRow,
            [
                ImportedRow(
                    use_case=use_case,
                    organization=inventory.organization,
                    preset=inventory.preset,
                    cells=dict(plan.kept),
                )
                for use_case, plan in some
            ],
            ("preset", "cells"),
        )
    return replaced


def _written(
    written: list[tuple[UseCase, Planned]],
    before: Mapping[Any, Mapping[str, Any]],
    kept_before: Mapping[Any, Mapping[str, Any]],
) -> Iterable[dict[str, Any]]:
    """Yield what an undo needs of each row."""
    for use_case, plan in written:
        row: dict[str, Any] = {
            "id": use_case.pk.hex,
            "mark": mark_of(stored_values(use_case)),
        }
        if use_case.pk in before:
            row |= {"before": before[use_case.pk]}
            if plan.kept:
                row |= {"kept": kept_before.get(use_case.pk)}
        yield row


def _teams(
    organization: Organization, planned: list[Planned]
) -> tuple[dict[str, Team], list[str]]:
    """Return the teams by name, and the ids of those that were not there before."""
    names = {plan.values["team"] for plan in planned if "team" in plan.values}
    own = Team.objects.filter(organization=organization)
    new = names - set(own.values_list("name", flat=True))
    Team.objects.bulk_create(
        (Team(organization=organization, name=name) for name in sorted(new)),
        ignore_conflicts=True,  # somebody founds the same now
    )
    teams = {team.name: team for team in own}
    return teams, [str(teams[name].pk) for name in sorted(new)]


def _register(
    organization: Organization,
    teams: Mapping[str, Team],
    planned: list[Planned],
    first: int,
    by: User,
) -> tuple[list[tuple[UseCase, Planned]], list[events.Entry]]:
    """Register use cases, numbered from the first of the numbers far away.

    Returns:
        Each with its plan, and lines of the record.
    """
    lines: list[events.Entry] = []
    new = [plan for plan in planned if plan.does == "register"]
    use_cases = [
        UseCase(
            organization=organization,
            number=first + place,
            external_reference=plan.reference,
            **{**plan.values, "team": teams[plan.values["team"]]},
        )
        for place, plan in enumerate(new)
    ]
    pairs = [*zip(use_cases, new, strict=True)]
    for some in batched(pairs, BATCH, strict=False):
        UseCase.objects.bulk_create(use_case for use_case, _ in some)
        audits = _audits(organization, some, by)
        fills = [plan.fills for _, plan in some]
        lines += fill_new([*zip(audits, fills, strict=True)], by)
        add_portfolio_rows(audits)
    return pairs, lines


def _audits(
    organization: Organization, some: Iterable[tuple[UseCase, Planned]], by: User
) -> list[Audit]:
    """Open the first audit of each of some use cases."""
    framework = loader.current()
    return Audit.objects.bulk_create(
        Audit(
            organization=organization,
            use_case=use_case,
            framework=framework.name,
            framework_version=framework.version,
            framework_hash=framework.content_hash,
            numbers=numbers_of(plan.fills, by),
        )
        for use_case, plan in some
    )


def _number(organization: Organization, first: int) -> int:
    """Give the new use cases the next numbers of the organization, which is locked.

    Returns:
        The first of these numbers.
    """
    own = UseCase.objects.filter(organization=organization)
    last = own.filter(number__lt=_FAR).aggregate(last=Max("number"))["last"] or 0
    last = max(last, last_deleted(organization))
    for model in (UseCase, PortfolioRow):
        new = model.objects.filter(organization=organization, number__gte=_FAR)
        new.update(number=F("number") - first + last + 1)
    return last + 1


def _change(
    teams: Mapping[str, Team], planned: list[Planned], inventory: Import
) -> list[events.Entry]:
    """Change use cases, and return a line of the record for each."""
    changing = [plan for plan in planned if plan.does == "change"]
    given: dict[UUID, Given] = {}
    lines = []
    for plan in changing:
        use_case = plan.use_case
        assert use_case is not None  # noqa: S101 - what is changed was found
        lines.append(_line(use_case, plan, inventory))
        owner = plan.values.get("owner", use_case.owner)
        if owner != use_case.owner:
            before = use_case.owner_id
            given[use_case.pk] = Given(use_case.number, before, owner.pk)
        for name, value in plan.values.items():
            setattr(use_case, name, teams[value] if name == "team" else value)
    use_cases = [plan.use_case for plan in changing if plan.use_case]
    replace_columns(UseCase, use_cases, FIELDS)
    tell_owners(given=given, by=inventory.by)
    follow_use_cases(use_cases)
    return lines


def _line(use_case: UseCase, plan: Planned, inventory: Import) -> events.Entry:
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
        "tags": use_case.tags,
        "own": use_case.own,
    }
    told = {
        name: [_kept(before[name]), _kept(plan.values[name])]
        for name in FIELDS
        if plan.values.get(name, before[name]) != before[name]
    }
    return events.Entry(
        verb="use_case.changed",
        subject=use_case.reference,
        details={"changed": list(told), **told, "inventory": str(inventory.pk)},
    )


def _kept(value: object) -> object:
    """Return a value as the record keeps it, which has no names of people."""
    if isinstance(value, dict):
        return value
    return value.pk if isinstance(value, User) else str(value)

"""A save and an import that change one use case lock its rows in one order."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django_scopes import scope

from audits.imports.tasks import queue_check
from audits.models import Event as Record
from audits.models import Import, PortfolioRow, Role, UseCase
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.jobs import leases
from audits.services.record.events import record
from audits.services.use_cases import inventories
from audits.services.use_cases.use_cases import register_use_case
from tests.casting import Cast
from tests.imports.conftest import row, sheet, stored

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one lock for all"
    ),
    pytest.mark.on_both,
]
# Seconds that a save waits for the import to lock what it can meanwhile: less than
# PostgreSQL lets anybody wait for a lock.
_MEANWHILE = 1


@pytest.fixture
def inventory(cast: Cast) -> Import:
    """Rows that rename the use case of the draft, and a worker that has them."""
    tenant = cast.ours
    with scope(organization=tenant.organization):
        made = inventories.start_import(
            organization=tenant.organization,
            by=tenant.contributor,
            name="inventory.csv",
            file=ContentFile(sheet(row("UC-0001", Name="Renamed", Stage=""))),
        )
        queue_check(inventory=made, columns=made.columns)
        made = stored(cast, made)
        shown = inventories.digest_of_check(made)
        assert inventories.ask_to_write(inventory=made, shown=shown)
        assert leases.claim(job=made, waiting_in=Import.State.WRITING)
    return made


@contextmanager
def told_of(
    statement: tuple[str, str], done: Event, then: Event | None = None
) -> Iterator[None]:
    """Tell once a statement is done, by its start and end; then wait for another."""
    start, end = statement

    def tell(execute: Any, sql: str, *others: Any) -> Any:
        result = execute(sql, *others)
        if sql.startswith(start) and sql.endswith(end) and not done.is_set():
            done.set()
            if then:
                then.wait(_MEANWHILE)
        return result

    with connection.execute_wrapper(tell):
        yield


def test_save_and_import_of_one_use_case_both_succeed(
    cast: Cast, inventory: Import
) -> None:
    tenant = cast.ours
    row_is_locked, organization_is_locked = Event(), Event()

    def save() -> None:
        update = ('UPDATE "audits_portfoliorow"', "")
        try:
            with (
                scope(organization=tenant.organization),
                told_of(update, row_is_locked, then=organization_is_locked),
            ):
                save_answers(
                    audit=tenant.draft, by=tenant.contributor, answers={"state": "none"}
                )
        finally:
            connection.close()

    lock = ('SELECT "audits_organization"', " UPDATE")
    with (
        scope(organization=tenant.organization),
        told_of(lock, organization_is_locked),
        ThreadPoolExecutor(1) as pool,
    ):
        saving = pool.submit(save)
        assert row_is_locked.wait(10)
        inventories.write(inventory=inventory)
        saving.result()

        assert stored(cast, inventory).state == "done"
        audit = fresh_audit(tenant.draft)
        assert values(audit.answers) == {"state": "none"}
        portfolio_row = PortfolioRow.objects.get(audit=audit)
        assert [audit.use_case.name, portfolio_row.name] == ["Renamed"] * 2


def test_record_is_free_while_the_rows_are_written(
    cast: Cast, inventory: Import
) -> None:
    """A sign-in of a colleague, just before the import locks the record."""
    tenant = cast.ours
    added: list[int] = []

    def sign_in() -> None:
        try:
            with scope(organization=tenant.organization), transaction.atomic():
                line = record(
                    organization=tenant.organization,
                    actor=tenant.people[Role.VIEWER],
                    verb="person.signed_in",
                    subject=str(tenant.people[Role.VIEWER].pk),
                )
                added.append(line.number)
        finally:
            connection.close()

    def meanwhile(execute: Any, sql: str, *others: Any) -> Any:
        locks = sql.startswith('SELECT "audits_organization"') and "UPDATE" in sql
        if locks and not added:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(sign_in).result(10)
        return execute(sql, *others)

    with scope(organization=tenant.organization):
        more = Import.objects.get(pk=inventory.pk)
        with connection.execute_wrapper(meanwhile):
            inventories.write(inventory=more)

        assert added
        assert stored(cast, inventory).state == "done"
        [imported] = Record.objects.filter(verb="inventory.imported")
        assert imported.number == added[0] + 2


def test_numbers_follow_those_given_while_rows_are_written(
    cast: Cast, inventory: Import
) -> None:
    tenant = cast.ours
    given: list[int] = []

    def register() -> None:
        try:
            with scope(organization=tenant.organization):
                audit = register_use_case(
                    organization=tenant.organization,
                    by=tenant.contributor,
                    owner=tenant.contributor,
                    team=tenant.team,
                    name="Meanwhile",
                    summary="Sorts",
                )
                given.append(audit.use_case.number)
        finally:
            connection.close()

    def meanwhile(execute: Any, sql: str, *others: Any) -> Any:
        locks = sql.startswith('SELECT "audits_organization"') and "UPDATE" in sql
        if locks and not given:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(register).result(10)
        return execute(sql, *others)

    with scope(organization=tenant.organization):
        new = inventories.start_import(
            organization=tenant.organization,
            by=tenant.contributor,
            name="inventory.csv",
            file=ContentFile(sheet(row("A-1"), row("A-2"))),
        )
        queue_check(inventory=new, columns=new.columns)
        new = stored(cast, new)
        shown = inventories.digest_of_check(new)
        assert inventories.ask_to_write(inventory=new, shown=shown)
        assert leases.claim(job=new, waiting_in=Import.State.WRITING)
        with connection.execute_wrapper(meanwhile):
            inventories.write(inventory=new)

        numbers = UseCase.objects.filter(external_reference__startswith="A-")
        found = list(numbers.order_by("number").values_list("number", flat=True))
        assert found == [given[0] + 1, given[0] + 2]
        rows = PortfolioRow.objects.filter(number__in=found)
        assert all(
            r.number == r.use_case.number for r in rows.select_related("use_case")
        )
        assert rows.count() == 2

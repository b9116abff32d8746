"""A save and an import that change one use case lock its rows in one order."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django_scopes import scope

from audits.imports.tasks import queue_check
from audits.models import Import, PortfolioRow
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.jobs import leases
from audits.services.use_cases import inventories
from tests.casting import Cast
from tests.imports.conftest import row, sheet, stored

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one lock for all"
    ),
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

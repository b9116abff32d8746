"""What workers do, how far they say they are, and what is left when they die."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoAssertNumQueries

from audits.imports.tasks import queue_check, write_inventory
from audits.models import Event, Import, UseCase
from audits.services.jobs import leases
from audits.services.use_cases import inventories
from tests.casting import Cast
from tests.imports.conftest import row, sheet, stored, write
from tests.pages import html_of

pytestmark = pytest.mark.on_both


# How many rows are planned before a worker says how far it is; and fewer.
A_STEP, FEW = 250, 10


def started(cast: Cast, rows: int, name: str = "Case") -> Import:
    """Start an import of so many rows, as our contributor."""
    cells = (row(f"A-{n}", Name=f"{name} A-{n}") for n in range(rows))
    with scope(organization=cast.ours.organization):
        return inventories.start_import(
            organization=cast.ours.organization,
            by=cast.ours.contributor,
            name="inventory.csv",
            file=ContentFile(sheet(*cells)),
        )


@pytest.fixture
def inventory(cast: Cast) -> Import:
    return started(cast, FEW)


@pytest.fixture
def written(cast: Cast, client: Client, inventory: Import) -> Import:
    """An inventory that is checked and written."""
    with scope(organization=cast.ours.organization):
        queue_check(inventory=inventory, columns=inventory.columns)
        write(stored(cast, inventory))
    return stored(cast, inventory)


def ask_to_write(inventory: Import) -> None:
    """Note that the rows are to be written as they are checked now."""
    shown = inventories.digest_of_check(inventory)
    assert inventories.ask_to_write(inventory=inventory, shown=shown)


@pytest.mark.once
def test_many_rows_take_few_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    inventory = started(cast, 600)

    with scope(organization=cast.ours.organization):
        queue_check(inventory=inventory, columns=inventory.columns)
        with django_assert_max_num_queries(60):
            write(stored(cast, inventory))

        assert stored(cast, inventory).state == "done"
        assert UseCase.objects.exclude(external_reference="").count() == 600


@pytest.mark.once
def test_import_leaves_one_event_that_names_the_file(
    cast: Cast, written: Import
) -> None:
    with scope(organization=cast.ours.organization):
        [event] = Event.objects.filter(verb="inventory.imported")
        assert event.actor == cast.ours.contributor
        assert event.details == {
            "sha256": written.sha256,
            "registered": FEW,
            "changed": 0,
        }


def test_progress_is_told_while_rows_are_checked(
    cast: Cast, client: Client, inventory: Import
) -> None:
    with scope(organization=cast.ours.organization):
        inventories.ask_to_check(inventory=inventory, columns=inventory.columns)
        Import.objects.filter(pk=inventory.pk).update(done=4)
    there = reverse("import", args=[inventory.pk])

    page = html_of(client.get(there))
    same = client.get(f"{there}?seen=checking%204", headers={"HX-Request": "true"})
    moved = client.get(f"{there}?seen=checking%200", headers={"HX-Request": "true"})

    assert "Checking the rows: 4 of 10" in page
    assert '<progress class="progress-wide" value="4" max="10"' in page
    assert "Check the rows</button>" not in page
    assert same.status_code == 204
    assert "Checking the rows: 4 of 10" in html_of(moved)


def test_second_task_writes_nothing(cast: Cast, written: Import) -> None:
    with scope(organization=cast.ours.organization):
        write_inventory.enqueue(str(cast.ours.organization.pk), str(written.pk))

        assert UseCase.objects.exclude(external_reference="").count() == FEW
        assert stored(cast, written).state == "done"


def test_rows_of_a_lost_worker_can_be_checked_again(
    cast: Cast, client: Client, inventory: Import
) -> None:
    with scope(organization=cast.ours.organization):
        assert inventories.ask_to_check(inventory=inventory, columns=inventory.columns)
        assert not inventories.ask_to_check(inventory=inventory, columns={})
        Import.objects.filter(pk=inventory.pk).update(
            leased_until=timezone.now() - timedelta(minutes=1)
        )
        page = html_of(client.get(reverse("import", args=[inventory.pk])))
        assert "This is taking longer than it should. Nothing is imported yet." in page

        queue_check(inventory=stored(cast, inventory), columns=inventory.columns)

        assert stored(cast, inventory).state == "checked"


def test_lost_import_is_taken_up_again_and_given_up_after_three(
    cast: Cast, inventory: Import
) -> None:
    past = timezone.now() - timedelta(minutes=1)
    with scope(organization=cast.ours.organization):
        queue_check(inventory=inventory, columns=inventory.columns)
        ask_to_write(stored(cast, inventory))
        own = Import.objects.filter(pk=inventory.pk)
        own.update(leased_by="a lost worker", leased_until=past, attempts=3)
        call_command("housekeeping", verbosity=0)
        assert stored(cast, inventory).state == "failed"
        assert "stopped each time" in stored(cast, inventory).failure
        assert not UseCase.objects.exclude(external_reference="").exists()

        own.update(state="writing", leased_until=past, attempts=1)
        call_command("housekeeping", verbosity=0)

        assert stored(cast, inventory).state == "done"
        assert UseCase.objects.exclude(external_reference="").count() == FEW


def test_worker_whose_lease_is_over_writes_nothing(cast: Cast) -> None:
    inventory = started(cast, A_STEP)  # then it says how far it is
    with scope(organization=cast.ours.organization):
        queue_check(inventory=inventory, columns=inventory.columns)
        ask_to_write(stored(cast, inventory))
        late = stored(cast, inventory)
        assert leases.claim(job=late, waiting_in=Import.State.WRITING)
        assert not leases.claim(job=inventory, waiting_in=Import.State.WRITING)
        Import.objects.filter(pk=late.pk).update(leased_by="another")

        with pytest.raises(leases.LeaseLost):
            inventories.write(inventory=late)

        assert not leases.fail(job=late, reason="It came late.")
        assert not UseCase.objects.exclude(external_reference="").exists()
        assert stored(cast, inventory).state == "writing"


def test_fault_is_told_and_leaves_nothing(
    cast: Cast, client: Client, inventory: Import
) -> None:
    with scope(organization=cast.ours.organization):
        queue_check(inventory=inventory, columns=inventory.columns)
        rows = stored(cast, inventory).rows
        # Two rows whose difference the database does not see: it keeps no NUL apart.
        Import.objects.filter(pk=inventory.pk).update(columns={"reference": "gone"})

        write(stored(cast, inventory))

        assert len(rows) == FEW
        assert stored(cast, inventory).state == "failed"
        assert "nothing was imported" in stored(cast, inventory).failure
        assert not UseCase.objects.exclude(external_reference="").exists()


def test_what_another_import_wrote_while_rows_were_planned_is_not_overwritten(
    cast: Cast, written: Import
) -> None:
    again = started(cast, A_STEP, name="Again")

    with scope(organization=cast.ours.organization):
        queue_check(inventory=again, columns=again.columns)
        use_case = UseCase.objects.get(external_reference="A-7")

        def overtake(execute: Any, sql: str, *others: Any) -> Any:
            if sql.startswith("UPDATE") and '"done" = ' in sql:
                UseCase.objects.filter(pk=use_case.pk).update(stage="stopped")
            return execute(sql, *others)

        with connection.execute_wrapper(overtake):
            write(stored(cast, again))

        use_case.refresh_from_db()
        assert (use_case.name, use_case.stage) == ("Case A-7", "stopped")
        assert stored(cast, again).failure == inventories.CHANGED_SINCE


@pytest.mark.once
def test_page_that_waits_reads_no_rows(
    cast: Cast, client: Client, inventory: Import
) -> None:
    with scope(organization=cast.ours.organization):
        inventories.ask_to_check(inventory=inventory, columns=inventory.columns)
    there = reverse("import", args=[inventory.pk])

    with CaptureQueriesContext(connection) as queries:
        client.get(f"{there}?seen=checking%200", headers={"HX-Request": "true"})

    assert not [q for q in queries.captured_queries if '"rows"' in q["sql"]]


@pytest.mark.once
def test_rows_are_forgotten_after_a_month_and_use_cases_stay(
    cast: Cast, written: Import
) -> None:
    month = timezone.now() - timedelta(days=30)
    with scopes_disabled():
        Import.objects.filter(pk=written.pk).update(leased_until=month)
        kept = Import.objects.exclude(pk=written.pk).count()

        call_command("housekeeping", verbosity=0)

        assert not Import.objects.filter(pk=written.pk).exists()
        assert Import.objects.count() == kept
        assert UseCase.objects.exclude(external_reference="").count() == FEW

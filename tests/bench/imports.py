"""How long an inventory of 5,000 rows takes, from the file to use cases.

It is measured beside the bare writing of as many use cases.
"""

import time

from django.core.files.base import ContentFile
from django_scopes import scope

from audits.models import Import, UseCase
from audits.services.use_cases import inventories
from tests.bench.measure import Result
from tests.bench.tenants import founded
from tests.casting import Tenant
from tests.uploads.tables.made_sheets import HEADINGS, xlsx

ROWS = 5_000
MOST_SECONDS = 30


def importing() -> Result:
    tenant = founded("imports", "Bench")
    with scope(organization=tenant.organization):
        whole, bare = _whole(tenant), _bare(tenant)
        assert (
            UseCase.objects.filter(external_reference__startswith="A-").count() == ROWS
        )
    assert whole <= MOST_SECONDS, whole
    return Result(
        f"import an inventory of {ROWS:,} rows",
        whole,
        "s",
        f"write as many use cases and nothing else, {bare:.2f} s",
        whole / bare,
    )


def _whole(tenant: Tenant) -> float:
    rows = [
        (f"A-{n}", f"Case {n}", f"Team {n % 40}", "", "Live", f"Sorts letters of {n}")
        for n in range(ROWS)
    ]
    raw = xlsx(HEADINGS, *rows)
    start = time.perf_counter()
    inventory = inventories.start_import(
        organization=tenant.organization,
        by=tenant.contributor,
        name="inventory.xlsx",
        file=ContentFile(raw),
    )
    inventories.ask_to_check(inventory=inventory, columns=inventory.columns)
    inventories.check(inventory=inventory)
    shown = inventories.digest_of_check(inventory)
    inventories.ask_to_write(inventory=inventory, shown=shown)
    inventories.write(inventory=inventory)
    spent = time.perf_counter() - start
    assert Import.objects.get(pk=inventory.pk).state == "done"
    return spent


def _bare(tenant: Tenant) -> float:
    use_cases = [
        UseCase(
            organization=tenant.organization,
            number=100_000 + n,
            team=tenant.team,
            owner=tenant.contributor,
            name=f"Bare {n}",
            summary="Sorts letters",
        )
        for n in range(ROWS)
    ]
    start = time.perf_counter()
    UseCase.objects.bulk_create(use_cases, batch_size=500)
    return time.perf_counter() - start


BENCHMARKS = (importing,)

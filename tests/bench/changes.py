"""How long a change of 10,000 use cases takes that were ticked by a filter.

It is measured from the choice to the last line of the record, beside as many bare lines
of the record: these have to be there, each with its digest.
"""

import time
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django_scopes import scope

from audits.models import PortfolioRow, Role, Stage, Team
from audits.services.record import events
from audits.services.use_cases.bulk import changes
from audits.services.use_cases.bulk.plans import digest_of
from audits.services.use_cases.bulk.reading import plan_of
from tests.bench.measure import Result
from tests.bench.tenants import founded
from tests.casting import Tenant
from tests.portfolio.rows_made import make_rows

ROWS = 10_000
MOST_SECONDS = 5


def changing() -> Iterator[Result]:
    tenant = founded("changes", "Bench")
    rows = make_rows(tenant, ROWS, stage=Stage.LIVE, state="draft")
    admin = tenant.people[Role.ADMIN]
    with scope(organization=tenant.organization):
        team = Team.objects.create(organization=tenant.organization, name="Others")
        for name, wanted in (
            ("the owner", {"owner": admin.pk}),
            (
                "owner, team and stage",
                {
                    "owner": tenant.contributor.pk,
                    "team": team.pk,
                    "stage": "stopped",
                },
            ),
            ("the sponsor", {"sponsor": "Ada"}),
        ):
            planned, made, undone = _change(tenant, rows, wanted)
            bare = _bare(tenant)
            for what, spent in (
                ("plan", planned),
                ("change", made),
                ("put back", undone),
            ):
                yield Result(
                    f"{what} {name} of {ROWS:,} use cases (bar: {MOST_SECONDS} s)",
                    spent,
                    "s",
                    f"write as many lines of the record and nothing else, {bare:.2f} s",
                    spent / bare,
                )


def _change(
    tenant: Tenant, rows: list[PortfolioRow], wanted: dict[str, Any]
) -> tuple[float, float, float]:
    start = time.perf_counter()
    change = changes.start_change(
        organization=tenant.organization,
        by=tenant.contributor,
        cases=[row.use_case_id.hex for row in rows],
        wanted=wanted,
    )
    shown = digest_of(plan_of(change))
    planned = time.perf_counter()
    assert changes.write_now(change=change, shown=shown)
    made = time.perf_counter()
    change.refresh_from_db()
    assert change.changed == ROWS
    before = time.perf_counter()
    assert changes.undo_now(change=change)
    return planned - start, made - planned, time.perf_counter() - before


@transaction.atomic
def _bare(tenant: Tenant) -> float:
    lines = [
        events.Entry(verb="bench.line", subject=str(number)) for number in range(ROWS)
    ]
    start = time.perf_counter()
    events.record_all(
        organization=tenant.organization, actor=tenant.contributor, entries=lines
    )
    return time.perf_counter() - start


BENCHMARKS = (changing,)

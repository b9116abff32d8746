"""10,000 use cases are reassigned in a few seconds of work, and that is undone."""

import time

import pytest
from django_scopes import scope

from audits.models import Event, PortfolioRow, Role, Stage, UseCase
from audits.services.record.record_checks import check_record
from audits.services.use_cases.bulk import changes
from audits.services.use_cases.bulk.plans import digest_of
from audits.services.use_cases.bulk.reading import plan_of
from tests.casting import Cast
from tests.portfolio.rows_made import make_rows

NUMBER = 10_000
# Seconds of the processor, without those of a database server.
MOST = 5


@pytest.mark.thorough
def test_ten_thousand_use_cases_are_reassigned_and_put_back(cast: Cast) -> None:
    rows = make_rows(cast.ours, NUMBER, stage=Stage.LIVE)
    admin, organization = cast.ours.people[Role.ADMIN], cast.ours.organization
    with scope(organization=organization):
        change = changes.start_change(
            organization=organization,
            by=cast.ours.contributor,
            cases=[row.use_case_id.hex for row in rows],
            wanted={"owner": admin.pk, "stage": "stopped", "add": "Reassigned"},
        )
        started = time.process_time()
        shown = digest_of(plan_of(change))
        changes.write_now(change=change, shown=shown)
        took = time.process_time() - started

        assert took <= MOST
        for model in (UseCase, PortfolioRow):
            changed = model.objects.filter(owner=admin, tags="Reassigned")
            assert changed.filter(stage="stopped").count() == NUMBER
        lines = Event.objects.filter(verb="use_case.changed", details__has_key="tags")
        assert lines.count() == NUMBER
        started = time.process_time()
        changes.undo_now(change=change)
        undoing = time.process_time() - started

        assert undoing <= MOST
        change.refresh_from_db()
        assert change.written["restored"] == NUMBER
        assert not PortfolioRow.objects.filter(owner=admin).exists()
        assert lines.count() == 2 * NUMBER
        assert not check_record(organization).faults
    print(f"changed in {took:.1f} s, undone in {undoing:.1f} s")  # noqa: T201

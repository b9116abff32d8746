"""10,000 use cases are reassigned in one act, and that is undone."""

import time

import pytest
from django_scopes import scope

from audits.models import Event, PortfolioRow, Role, Stage, UseCase
from audits.services.record.record_checks import check_record
from audits.services.use_cases.bulk import changes
from audits.services.use_cases.bulk.plans import digest_of
from audits.services.use_cases.bulk.reading import plan_of
from tests.casting import Cast
from tests.examples import thorough
from tests.portfolio.rows_made import make_rows

_MOST_SECONDS = 5  # of the processor, for each of the two acts


@pytest.mark.parametrize("number", [3, thorough(10_000)])
def test_many_use_cases_are_reassigned_and_put_back(cast: Cast, number: int) -> None:
    rows = make_rows(cast.ours, number, stage=Stage.LIVE)
    admin, organization = cast.ours.people[Role.ADMIN], cast.ours.organization
    with scope(organization=organization):
        change = changes.start_change(
            organization=organization,
            by=cast.ours.contributor,
            cases=[row.use_case_id.hex for row in rows],
            wanted={"owner": admin.pk, "stage": "stopped", "add": "Reassigned"},
        )
        shown = digest_of(plan_of(change))
        start = time.process_time()
        changes.write_now(change=change, shown=shown)
        made = time.process_time() - start

        for model in (UseCase, PortfolioRow):
            changed = model.objects.filter(owner=admin, tags="Reassigned")
            assert changed.filter(stage="stopped").count() == number
        lines = Event.objects.filter(verb="use_case.changed", details__has_key="tags")
        assert lines.count() == number
        start = time.process_time()
        changes.undo_now(change=change)
        undone = time.process_time() - start

        change.refresh_from_db()
        assert change.written["restored"] == number
        assert not PortfolioRow.objects.filter(owner=admin).exists()
        assert lines.count() == 2 * number
        assert not check_record(organization).faults
        assert max(made, undone) <= _MOST_SECONDS

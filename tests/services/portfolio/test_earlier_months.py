"""Months that nobody counted are worked out from what is stored since."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django_scopes import scope, scopes_disabled

from audits.models import Audit, Snapshot, Submission, Team, UseCase
from audits.services.portfolio.earlier_months import (
    work_out_months,
    work_out_months_of,
)
from audits.services.portfolio.snapshots import take_snapshots
from audits.services.record import events
from tests.casting import Cast, Tenant
from tests.portfolio.rows_made import make_rows

TODAY = date(2027, 5, 20)


def on(month: int, day: int) -> datetime:
    return datetime(2027, month, day, 12, tzinfo=UTC)


def signed_in_february(tenant: Tenant) -> None:
    """Date a use case back: registered in January, live and elsewhere since April."""
    audit = tenant.submitted
    with scopes_disabled():
        UseCase.objects.update(created_at=on(5, 1))
    UseCase.objects.filter(pk=audit.use_case_id).update(
        created_at=on(1, 31), stage="live"
    )
    Submission.objects.filter(audit=audit).delete()
    Submission.objects.create(
        organization=tenant.organization,
        audit=audit,
        by=tenant.contributor,
        at=on(2, 10),
        verdict="rag",
    )
    signed = {"state": Audit.State.SIGNED_OFF, "signed_off_at": on(3, 5)}
    Audit.objects.filter(pk=audit.pk).update(verdict="rag", **signed)
    line = events.Entry(
        verb="use_case.changed",
        subject=audit.use_case.reference,
        details={
            "stage": ["building", "live"],
            "team": ["Search", tenant.team.name],
        },
        at=on(4, 2),
    )
    events.record_all(organization=tenant.organization, actor=None, entries=[line])


def shots(tenant: Tenant, **of: Any) -> list[Any]:
    found = Snapshot.objects.filter(**of).order_by("month")
    return [
        (x.month.month, x.verdicts, x.states, x.stages, x.worked_out) for x in found
    ]


@pytest.mark.on_both
def test_missing_months_are_worked_out_once_and_no_other_is_touched(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        search = Team.objects.create(organization=tenant.organization, name="Search")
        signed_in_february(tenant)
        take_snapshots(date(2027, 2, 20))
        Snapshot.objects.filter(team=None).update(verdicts={"kept": 1})

        assert work_out_months(TODAY) == 3

        building, live = {"building": 1}, {"live": 1}
        signed = {"rag": 1}, {"signed_off": 1}
        assert [shot for shot in shots(tenant, team=None) if shot[0] != 2] == [
            (1, {"": 1}, {"draft": 1}, building, True),
            (3, *signed, building, True),
            (4, *signed, live, True),
        ]
        [kept] = [shot for shot in shots(tenant, team=None) if shot[0] == 2]
        assert (kept[1], kept[4]) == ({"kept": 1}, False)
        found = [(shot[0], shot[4]) for shot in shots(tenant, team=search)]
        assert found == [(1, True), (3, True)]
        last = Snapshot.objects.get(team=None, month=date(2027, 4, 1))
        assert last.taken_on == date(2027, 4, 30)
        assert (last.running, last.planned, last.at_risk) == (None, None, None)
        assert work_out_months(TODAY) == 0


def test_first_month_is_that_of_the_first_use_case_and_many_take_no_query_more(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    organization = cast.ours.organization
    with scope(organization=organization):
        UseCase.objects.update(created_at=on(5, 1))
        assert work_out_months_of(organization, TODAY) == 0

        make_rows(cast.ours, 12)
        UseCase.objects.update(created_at=on(1, 2))
        with django_assert_num_queries(13):
            assert work_out_months_of(organization, TODAY) == 4
        UseCase.objects.update(created_at=on(1, 2).replace(year=2020))
        assert work_out_months_of(organization, TODAY) == 8  # the last twelve in all

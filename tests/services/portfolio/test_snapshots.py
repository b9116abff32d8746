"""What the portfolio amounted to, month by month."""

from datetime import date
from decimal import Decimal
from typing import Any

from django_scopes import scope, scopes_disabled

from audits.models import PortfolioRow, Snapshot, Stage, Team
from audits.services.portfolio.snapshots import take_snapshots, year_before
from tests.casting import Cast
from tests.portfolio.rows_made import make_rows

MAY = date(2027, 5, 20)
MONEY = ("running", "planned", "proposed", "stopped", "at_risk")
FIELDS = ("use_cases", "verdicts", "states", "stages", *MONEY)


def shots(cast: Cast, **of: Any) -> list[dict[str, Any]]:
    with scope(organization=cast.ours.organization):
        return list(Snapshot.objects.filter(**of).order_by("month").values(*FIELDS))


def test_snapshot_counts_all_and_each_team(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        other = Team.objects.create(organization=cast.ours.organization, name="Search")
    one = {"verdict": "rag", "team": other, "stage": Stage.LIVE, "state": "in_review"}
    make_rows(cast.ours, 1, spend=Decimal("30.50"), at_risk=True, **one)
    make_rows(cast.ours, 1, spend=Decimal(12), at_risk=False, **one)
    plans = (("planned", 40), ("training", 2), ("stopped", 7000))
    for stage, spend in plans:
        money = {"spend": Decimal(spend), "proposed": Decimal(spend + 1)}
        also = one | {"stage": stage, "at_risk": True}
        make_rows(cast.ours, 1, **also, **money)

    assert take_snapshots(MAY) == 2

    [of_team] = shots(cast, team=other)
    assert of_team == {
        "use_cases": 5,
        "verdicts": {"rag": 5},
        "states": {"in_review": 5},
        "stages": {"live": 2, "planned": 1, "training": 1, "stopped": 1},
        "running": Decimal("42.50"),
        "planned": Decimal(42),
        "proposed": Decimal(44),
        "stopped": Decimal(7000),
        "at_risk": Decimal("30.50"),
    }
    [of_all] = shots(cast, team=None)
    assert (of_all["use_cases"], of_all["running"]) == (7, Decimal("42.50"))
    assert of_all["verdicts"] == {"": 1, "rag": 6}
    [of_ours] = shots(cast, team=cast.ours.team)
    assert (of_ours["use_cases"], of_ours["running"], of_ours["at_risk"]) == (
        2,
        None,
        None,
    )


def test_running_month_is_refreshed_once_a_day_and_others_stay(cast: Cast) -> None:
    take_snapshots(date(2027, 4, 30))
    take_snapshots(MAY)
    make_rows(cast.ours, 1)

    assert take_snapshots(MAY) == 0
    assert [shot["use_cases"] for shot in shots(cast, team=None)] == [2, 2]
    assert take_snapshots(date(2027, 5, 21)) == 2
    assert [shot["use_cases"] for shot in shots(cast, team=None)] == [2, 3]
    with scopes_disabled():
        assert (
            Snapshot.objects.count() == 8
        )  # two tenants, each with a team, two months


def test_team_without_use_cases_is_not_counted_any_more(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        other = Team.objects.create(organization=cast.ours.organization, name="Search")
        take_snapshots(MAY)
        PortfolioRow.objects.update(team=other)
        take_snapshots(date(2027, 5, 21))

    assert shots(cast, team=cast.ours.team) == []
    assert [shot["use_cases"] for shot in shots(cast, team=other)] == [2]


def test_organization_without_use_cases_has_its_zeros(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.all().delete()

    take_snapshots(MAY)

    [shot] = shots(cast)
    assert (shot["use_cases"], shot["verdicts"], shot["running"]) == (0, {}, None)


def test_year_before_are_the_last_ones_in_order(cast: Cast) -> None:
    days = [date(2026, month, 3) for month in range(3, 13)]
    days += [date(2027, month, 3) for month in range(1, 6)]
    for day in days:
        take_snapshots(day)

    with scope(organization=cast.ours.organization):
        found = {of: year_before(of, MAY) for of in (None, cast.ours.team)}
        for of, shots in found.items():
            assert {shot.team for shot in shots} == {of}
            assert [shot.month.replace(day=3) for shot in shots] == days[2:-1]

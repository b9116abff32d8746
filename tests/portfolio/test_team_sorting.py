"""The teams in every order, with a row for all of them."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Stage, Team
from audits.portfolio.sums.total import Total
from audits.portfolio.teams.sorting import heads, in_order, sort_of
from audits.portfolio.totals import TeamTally
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows

TEAMS = [
    TeamTally(id=uuid4(), name=name, total=total, kinds={"stop": total})
    for name, total in (
        ("A", Total(use_cases=1, running=Decimal(5))),
        ("B", Total(use_cases=3)),
        ("C", Total(use_cases=2, running=Decimal(9))),
    )
]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", "ABC"),
        ("-team", "CBA"),
        ("use_cases", "ACB"),
        ("-use_cases", "BCA"),
        ("stop", "ACB"),
        ("running", "ACB"),
        ("-running", "CAB"),
        ("__class__", "ABC"),
    ],
)
def test_teams_are_ordered_and_what_is_not_known_comes_last(
    asked: str, expected: str
) -> None:
    found = in_order(TEAMS, sort_of(asked))

    assert "".join(team.name for team in found) == expected


def test_heads_sort_by_the_largest_first_and_then_the_other_way() -> None:
    before = {head.key: head for head in heads("team")}
    after = {head.key: head for head in heads("-running")}

    assert before["running"].link == "?sort=-running"
    assert (after["running"].link, after["running"].sorted) == (
        "?sort=running",
        "descending",
    )
    assert (before["team"].link, before["team"].sorted) == ("?sort=-team", "ascending")


@pytest.mark.once
def test_table_of_teams_ends_with_the_sum_of_all(cast: Cast, client: Client) -> None:
    with scope(organization=cast.ours.organization):
        other = Team.objects.create(organization=cast.ours.organization, name="Search")
    live = {"stage": Stage.LIVE, "spend": Decimal(30), "year": Decimal(400)}
    make_rows(cast.ours, 2, team=other, **live)
    make_rows(cast.ours, 1, team=cast.ours.team, **live)

    said = html_of(client.get(reverse("teams"), {"sort": "-running"}))

    body = said.partition("<tbody>")[2].partition("</tbody>")[0]
    assert body.index("Search") < body.index("Northgate claims")
    last = "".join(part.partition("</tr>")[0] for part in said.split('class="sum"')[1:])
    assert "All 2 teams" in " ".join(last.split())
    cells = re.findall(r'data-label="(\w[\w ]*)">\s*([^<\s]+)', last)
    assert ("All", "5") in cells
    assert ("Running", "$90") in cells
    assert said.count('aria-sort="descending"') == 1

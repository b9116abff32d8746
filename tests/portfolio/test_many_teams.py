"""An organization of many teams has pages of a bounded length."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Team
from audits.portfolio_filter import MOST_TEAMS
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows

TEAMS = MOST_TEAMS + 20


@pytest.fixture
def last(cast: Cast) -> Team:
    """The last of many teams."""
    with scope(organization=cast.ours.organization):
        Team.objects.bulk_create(
            Team(organization=cast.ours.organization, name=f"Team {number:03}")
            for number in range(TEAMS)
        )
        return Team.objects.get(name=f"Team {TEAMS - 1:03}")


@pytest.mark.thorough
def test_teams_are_compared_a_hundred_a_page(
    cast: Cast, client: Client, last: Team
) -> None:
    make_rows(cast.ours, TEAMS + 1)

    first = html_of(client.get(reverse("teams")))
    fourth = html_of(client.get(reverse("teams"), {"page": "4"}))

    # The counts, and the money.
    assert [table.count("<tr>") for table in first.split("<tbody>")] == [1, 101, 100]
    assert "Page 1 of 4" in first
    assert last.name not in first
    assert [table.count("<tr>") for table in fourth.split("<tbody>")] == [1, 22, 21]
    assert last.name in fourth


@pytest.mark.parametrize(
    "route", ["portfolio", pytest.param("time_machine", marks=pytest.mark.on_both)]
)
def test_filter_lists_the_first_teams_and_the_chosen_one(
    client: Client, last: Team, route: str
) -> None:
    usual = html_of(client.get(reverse(route)))
    chosen = html_of(client.get(reverse(route), {"team": str(last.public_id)}))

    lists = usual.count("All teams (the first 300 are listed)")
    # One of the first is that of the cast.
    assert len(re.findall("<option[^>]*>Team ", usual)) == lists * (MOST_TEAMS - 1)
    assert len(re.findall("<option[^>]*>Team ", chosen)) == lists * MOST_TEAMS
    assert f"{last.public_id}" not in usual
    assert f'value="{last.public_id}" selected' in chosen
    assert chosen.count(">Team ") <= usual.count(">Team ") + 4 * lists


def test_team_that_is_not_listed_can_still_be_named(
    cast: Cast, client: Client, last: Team
) -> None:
    page = html_of(client.get(reverse("register")))

    assert page.count("<option") == 1 + MOST_TEAMS + 5
    assert "For another, enter its name below." in page
    fields = {"name": "One more", "summary": "Sorts", "stage": "planned"}
    client.post(reverse("register"), {**fields, "new_team": last.name})
    with scope(organization=cast.ours.organization):
        assert last.use_cases.filter(name="One more").exists()
        assert Team.objects.filter(name=last.name).count() == 1
